//! What the document says of the bodies that clients write.

/// Declares what a body holds, and its merge patch: in the patch every field may be absent, and
/// `null` removes one that is optional. The fields have no value of their own: no body is read
/// into these types, the document alone is made from them.
macro_rules! written {
    ($(#[$meta:meta])* $input:ident, $patch:ident {
        required { $($(#[$rm:meta])* $required:ident: $rt:ty,)* }
        optional { $($(#[$om:meta])* $optional:ident: $ot:ty,)* }
    }) => {
        $(#[$meta])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $input {
            $($(#[$rm])* #[schema(value_type = $rt)] pub $required: (),)*
            $($(#[$om])* #[schema(value_type = Option<$ot>, required = false)] pub $optional: (),)*
        }

        /// A merge patch: what is absent stays, `null` removes what is optional.
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $patch {
            $($(#[$rm])* #[schema(value_type = $rt, required = false)] pub $required: (),)*
            $($(#[$om])* #[schema(value_type = Option<$ot>, required = false)] pub $optional: (),)*
        }
    };
}
pub(crate) use written;
