//! Partners: the organisations that host community service, give work, train, or buy what prison
//! workshops make.
//!
//! A partner is an organisation, never a person: of the people who speak for it the platform holds
//! functions and services, with a mailbox or a telephone, and not a name.

mod contact;
mod host_kind;
mod identifiers;
mod kind;
mod legal_category;
mod partner;
mod rules;

pub use contact::{PartnerContact, PartnerContactFacts};
pub use host_kind::{HabilitationNeed, HostKind};
pub use identifiers::{Rna, RnaError, Siren, SirenError, Siret, SiretError};
pub use kind::{Nature, PartnerKind, PartnerRole};
pub use legal_category::{LegalCategory, LegalCategoryDetails, LegalCategoryError, LegalLevel};
pub use partner::{MAX_CONTACTS, Partner, PartnerFacts};
