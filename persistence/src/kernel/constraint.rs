//! Named constraints: the same name for the same refusal on both engines.

use diesel::QueryResult;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::error::{DbError, RepoError};

/// The unique constraints of the schema by the columns SQLite names in its message, since it
/// names no constraint. A test compares the list with the schema of PostgreSQL.
pub(crate) const UNIQUE: &[(&str, &str)] = &[
    ("activities_in_place.id", "activities_in_place_pkey"),
    ("audit.sequence", "audit_pkey"),
    ("changes.sequence", "changes_pkey"),
    (
        "client_assertions.client_id, client_assertions.jti",
        "client_assertions_pkey",
    ),
    ("client_keys.client_id, client_keys.kid", "client_keys_pkey"),
    ("client_secrets.id", "client_secrets_pkey"),
    (
        "client_usage.client_id, client_usage.day",
        "client_usage_pkey",
    ),
    ("clients.id", "clients_pkey"),
    ("deleted_partners.id", "deleted_partners_pkey"),
    ("establishment_contacts.id", "establishment_contacts_pkey"),
    ("establishments.id", "establishments_pkey"),
    ("establishments.slug", "establishments_slug_key"),
    (
        "habilitation_changes.habilitation_id, habilitation_changes.rank",
        "habilitation_changes_pkey",
    ),
    (
        "habilitation_documents.habilitation_id, habilitation_documents.kind",
        "habilitation_documents_pkey",
    ),
    (
        "habilitation_incompletenesses.habilitation_id, habilitation_incompletenesses.rank",
        "habilitation_incompletenesses_pkey",
    ),
    (
        "habilitation_notifications.habilitation_id, habilitation_notifications.proceeding, habilitation_notifications.recipient",
        "habilitation_notifications_pkey",
    ),
    (
        "habilitation_opinions.habilitation_id, habilitation_opinions.proceeding, habilitation_opinions.giver",
        "habilitation_opinions_pkey",
    ),
    (
        "habilitation_proceedings.habilitation_id, habilitation_proceedings.rank",
        "habilitation_proceedings_pkey",
    ),
    ("habilitations.id", "habilitations_pkey"),
    ("holds.id", "holds_pkey"),
    ("idempotency.request", "idempotency_pkey"),
    ("index 'habilitations_open_key'", "habilitations_open_key"),
    ("loading_docks.id", "loading_docks_pkey"),
    ("meta.key", "meta_pkey"),
    ("offer_employment.offer_id", "offer_employment_pkey"),
    (
        "offer_history.offer_id, offer_history.rank",
        "offer_history_pkey",
    ),
    (
        "offer_opinions.offer_id, offer_opinions.rank",
        "offer_opinions_pkey",
    ),
    ("offer_revisions.offer_id", "offer_revisions_pkey"),
    ("offer_sites.offer_id", "offer_sites_pkey"),
    (
        "offer_suspensions.offer_id, offer_suspensions.origin",
        "offer_suspensions_pkey",
    ),
    (
        "offer_sync_seen.sync_id, offer_sync_seen.reference",
        "offer_sync_seen_pkey",
    ),
    ("offer_syncs.id", "offer_syncs_pkey"),
    ("offer_syncs.open_for", "offer_syncs_open_key"),
    ("offer_tig.offer_id", "offer_tig_pkey"),
    ("offer_training.offer_id", "offer_training_pkey"),
    ("offers.id", "offers_pkey"),
    (
        "offers.partner_id, offers.reference",
        "offers_reference_key",
    ),
    (
        "partner_contacts.partner_id, partner_contacts.rank",
        "partner_contacts_pkey",
    ),
    ("partners.id", "partners_pkey"),
    ("partners.siret", "partners_siret_key"),
    ("possible_activities.id", "possible_activities_pkey"),
    ("production_zones.id", "production_zones_pkey"),
    ("revoked_tokens.jti", "revoked_tokens_jti_key"),
    ("revoked_tokens.sequence", "revoked_tokens_pkey"),
    ("signing_keys.kid", "signing_keys_pkey"),
    ("storage_areas.id", "storage_areas_pkey"),
    (
        "zone_equipment.zone_id, zone_equipment.equipment",
        "zone_equipment_pkey",
    ),
];

/// Gives a violated constraint its meaning.
pub(crate) trait OnConstraint<T, E> {
    /// Turns the violation of the constraint called `name` into a refusal; leaves every other
    /// error alone.
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> E) -> Result<T, RepoError<E>>;
}

impl<T, E> OnConstraint<T, E> for QueryResult<T> {
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> E) -> Result<T, RepoError<E>> {
        self.map_err(|error| {
            if violated(&error).as_deref() == Some(name) {
                RepoError::Refused(refusal())
            } else {
                RepoError::Db(DbError::from(error))
            }
        })
    }
}

/// The name of the constraint that an error is about, where it is about one.
///
/// SQLite does not say which foreign key failed: nothing is answered, and a function that
/// refuses a missing parent looks it up before it writes, under the write lock.
pub(crate) fn violated(error: &DieselError) -> Option<String> {
    let DieselError::DatabaseError(kind, information) = error else {
        return None;
    };
    if let Some(name) = information.constraint_name() {
        return Some(name.to_owned());
    }
    let (_, subject) = information.message().split_once(" constraint failed: ")?;
    match kind {
        DatabaseErrorKind::UniqueViolation => UNIQUE
            .iter()
            .find_map(|(columns, name)| (*columns == subject).then(|| (*name).to_owned())),
        DatabaseErrorKind::CheckViolation => Some(subject.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
