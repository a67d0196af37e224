//! What a company or an organisation writes for, and who answers first.

use crate::{establishments::ContactRole, kernel::code_list};

code_list! {
    /// Why somebody writes.
    pub ContactPurpose, "contact-purposes", "Motifs de contact", open, unordered {
        Production = "production", "Produire en détention";
        Tig = "tig", "Accueillir un travail d'intérêt général";
        Training = "training", "Former en détention";
    }
}

/// The roles that answer for a purpose, the first to write to first.
#[must_use]
pub const fn order(purpose: ContactPurpose) -> &'static [ContactRole] {
    use ContactRole as Role;
    match purpose {
        ContactPurpose::Production => &[
            Role::LocalWorkLead,
            Role::DirectionBusinessLead,
            Role::DirectionWorkReferent,
            Role::Switchboard,
            Role::Agency,
        ],
        ContactPurpose::Tig => &[Role::TigReferent, Role::PjjCorrespondent, Role::Agency],
        ContactPurpose::Training => &[
            Role::LocalWorkLead,
            Role::DirectionWorkReferent,
            Role::Switchboard,
            Role::Agency,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agency_is_always_the_last_resort() {
        for purpose in <ContactPurpose as crate::kernel::Code>::all() {
            assert_eq!(order(*purpose).last(), Some(&ContactRole::Agency));
        }
    }

    #[test]
    fn the_local_head_of_work_comes_first_for_production() {
        assert_eq!(
            order(ContactPurpose::Production).first(),
            Some(&ContactRole::LocalWorkLead)
        );
        assert_eq!(
            order(ContactPurpose::Tig).first(),
            Some(&ContactRole::TigReferent)
        );
    }
}
