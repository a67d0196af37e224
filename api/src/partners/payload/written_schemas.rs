//! What the document says of the bodies that clients write; the readers are in `input`, and
//! refuse every field that is not told here.

use domain::partners::{HostKind, PartnerKind, PartnerRole};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    kernel::{coded::Bare, patterns::LegalCategoryText},
    territories::{AddressInput, AddressPatch},
};

type HostKindCode = Bare<HostKind>;
type PartnerKindCode = Bare<PartnerKind>;
type PartnerRoleCode = Bare<PartnerRole>;

/// Declares a partner as it is written, or its merge patch.
macro_rules! partner {
    ($(#[$meta:meta])* $name:ident, $address:ident, $required:literal) => {
        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The name of the organisation.
            #[schema(value_type = String, required = $required, min_length = 1, max_length = 200,
                example = "Association fictive du Jardin d'Exemple")]
            pub name: (),
            /// What it is.
            #[schema(value_type = PartnerKindCode, required = $required)]
            pub kind: (),
            /// Its address: the commune is public, the street is not.
            #[schema(value_type = $address, required = $required)]
            pub address: (),
            /// What it does with the agency, each once; a patch replaces the whole list.
            #[schema(value_type = Option<Vec<PartnerRoleCode>>, required = false, max_items = 4)]
            pub roles: (),
            /// As what it hosts community service: with the role `tig_host`, and only with it.
            #[schema(value_type = Option<HostKindCode>, required = false)]
            pub host_kind: (),
            /// The number of its site; spaces do not count. A company has one.
            #[schema(value_type = Option<String>, required = false, min_length = 14, max_length = 20,
                pattern = "^[0-9 ]+$", example = "000 000 018 00010")]
            pub siret: (),
            /// Its number in the national register of associations.
            #[schema(value_type = Option<String>, required = false, min_length = 10, max_length = 10,
                pattern = "^W[0-9][0-9A-Z][0-9]{7}$", example = "W000000001")]
            pub rna: (),
            /// How the register of associations of a court names it, in Alsace-Moselle.
            #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 100,
                example = "Tribunal judiciaire fictif, volume 0, folio 0")]
            pub local_register: (),
            /// Its legal category, a code of `/v1/code-lists/legal-categories`.
            #[schema(value_type = Option<LegalCategoryText>, required = false)]
            pub legal_category: (),
            /// Whom to write to; never public. A patch replaces the whole list.
            #[schema(value_type = Option<Vec<PartnerContactInput>>, required = false, max_items = 20)]
            pub contacts: (),
        }
    };
}

partner! {
    /// A partner as it is written.
    PartnerInput, AddressInput, true
}
partner! {
    /// A merge patch: what is absent stays, `null` removes what is optional.
    PartnerPatch, AddressPatch, false
}

/// A function to write to, with a mailbox, a telephone, or both.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerContactInput {
    /// The function of who answers; never a person's name.
    #[schema(value_type = String, min_length = 1, max_length = 120,
        example = "Référent des partenariats")]
    pub function: (),
    /// The name of the service.
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 200,
        example = "Service des ressources humaines")]
    pub service_name: (),
    /// The mailbox of the function or of the service, never a person's.
    #[schema(value_type = Option<String>, required = false, format = "email", max_length = 254,
        example = "partenariats@partenaire.example")]
    pub email: (),
    /// The telephone of the function or of the service: ten digits in France, or `+` and 7 to 15.
    #[schema(value_type = Option<String>, required = false, min_length = 8, max_length = 30,
        example = "05 36 49 00 00")]
    pub phone: (),
}
