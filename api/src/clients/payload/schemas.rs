//! What the document says of the bodies that administrators write: no body is read into these
//! types, the document alone is made from them.

use domain::{
    clients::{MagistrateFunction, Role, Scope},
    territories::Direction,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::KeySet;
use crate::kernel::{coded::Bare, patterns::DepartementText};

type RoleCode = Bare<Role>;
type MagistrateFunctionCode = Bare<MagistrateFunction>;
type ScopeCode = Bare<Scope>;
type DirectionCode = Bare<Direction>;

/// A client to be made. Its role says which organisation, perimeter and scopes it may be given.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClientInput)]
pub(crate) struct NewClientBody {
    /// The name of its software, or of what it is for; never a person's.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Portail des ateliers de la DISP de Lille"
    )]
    name: String,
    /// The organisation it belongs to.
    organisation: OrganisationBody,
    /// Its role.
    #[schema(value_type = RoleCode)]
    role: (),
    /// The function: of a magistrate, who has one, and of nobody else.
    #[schema(value_type = Option<MagistrateFunctionCode>, required = false)]
    function: (),
    /// The rows within its reach.
    perimeter: PerimeterBody,
    /// What it may ask a token for.
    #[schema(value_type = Vec<ScopeCode>, min_items = 1, max_items = 100)]
    scopes: (),
    /// Its public keys: it proves who it is by them, and is given no secret.
    #[schema(required = false)]
    jwks: Option<KeySet>,
    /// When the secret that it is given ends; never, when absent.
    #[schema(value_type = Option<String>, required = false, format = DateTime, max_length = 40,
        example = "2027-07-01T00:00:00Z")]
    secret_expires_at: (),
}

/// A merge patch: what is absent stays, `null` removes. Of `organisation` and `perimeter`, the key
/// that no longer says which is removed with `null`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClientPatch)]
pub(crate) struct ClientPatchBody {
    /// The name.
    #[schema(required = false, min_length = 1, max_length = 200)]
    name: String,
    /// The organisation it belongs to.
    #[schema(required = false)]
    organisation: OrganisationPatch,
    /// Its role.
    #[schema(value_type = RoleCode, required = false)]
    role: (),
    /// The function of a magistrate.
    #[schema(value_type = Option<MagistrateFunctionCode>, required = false)]
    function: (),
    /// The rows within its reach.
    #[schema(required = false)]
    perimeter: PerimeterPatch,
    /// What it may ask a token for: the whole list, in place of the one before.
    #[schema(value_type = Vec<ScopeCode>, required = false, min_items = 1, max_items = 100)]
    scopes: (),
}

/// A secret to be made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClientSecretInput)]
pub(crate) struct NewSecretBody {
    /// When it ends; never, when absent.
    #[schema(value_type = Option<String>, required = false, format = DateTime, max_length = 40,
        example = "2027-07-01T00:00:00Z")]
    expires_at: (),
}

/// A move that needs no fact: an object without fields.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClientMove)]
pub(crate) struct MoveBody {}

/// Declares an object of which one key says which, as it is written and as a patch of it.
macro_rules! one_of {
    ($(#[$meta:meta])* $body:ident as $name:ident, $patch:ident as $patch_name:ident {
        $($(#[$field:meta])* $key:ident: $type:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = $name, min_properties = 1, max_properties = 1)]
        pub(crate) struct $body {
            $($(#[$field])* #[schema(value_type = $type, required = false)] $key: (),)*
        }

        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = $patch_name, min_properties = 1)]
        pub(crate) struct $patch {
            $($(#[$field])* #[schema(value_type = Option<$type>, required = false)] $key: (),)*
        }
    };
}

one_of! {
    /// An organisation: one key says which.
    OrganisationBody as OrganisationInput, OrganisationPatch as OrganisationPatch {
        /// The id of a partner.
        #[schema(format = "uuid", min_length = 36, max_length = 36)]
        partner: String,
        /// The id of an establishment.
        #[schema(format = "uuid", min_length = 36, max_length = 36)]
        establishment: String,
        /// The code of a directorate.
        direction: DirectionCode,
        /// The code of a service of probation, of `/v1/code-lists/probation-services`.
        #[schema(min_length = 1, max_length = 40, pattern = "^[a-z]+(_[a-z]+)*$", example = "gironde")]
        probation_service: String,
        /// The code of a court, of `/v1/code-lists/courts`.
        #[schema(min_length = 6, max_length = 6, pattern = "^[0-9]{6}$", example = "100094")]
        court: String,
        /// `true`: the agency.
        agency: bool,
        /// The name of a ministry, or of its service.
        #[schema(min_length = 1, max_length = 200, example = "Préfecture de la Gironde")]
        ministry: String,
    }
}

one_of! {
    /// The rows within a client's reach: one key says which.
    PerimeterBody as PerimeterInput, PerimeterPatch as PerimeterPatch {
        /// The id of a partner.
        #[schema(format = "uuid", min_length = 36, max_length = 36)]
        partner: String,
        /// The id of an establishment.
        #[schema(format = "uuid", min_length = 36, max_length = 36)]
        establishment: String,
        /// The code of a directorate.
        direction: DirectionCode,
        /// INSEE codes of départements.
        #[schema(min_items = 1, max_items = 200)]
        departements: Vec<DepartementText>,
        /// `true`: all rows.
        all: bool,
    }
}
