//! The rows of offers and holds, and what breaks each of their constraints and no other.

use super::{AT, DAY, NONE, ONE, TWO, insert};

type Columns = &'static [(&'static str, &'static str)];

const HASH: &str = "'0000000000000000000000000000000000000000000000000000000000000000'";

/// The tables, a parent before its parts.
pub(super) const TABLES: &[&str] = &[
    "offers",
    "offer_sites",
    "offer_tig",
    "offer_revisions",
    "offer_employment",
    "offer_training",
    "offer_opinions",
    "offer_suspensions",
    "offer_history",
    "offer_syncs",
    "offer_sync_seen",
    "holds",
];

/// The columns of a row that breaks nothing.
pub(super) fn row(table: &str) -> Option<Columns> {
    Some(match table {
        "offers" => &[
            ("id", ONE),
            ("partner_id", ONE),
            ("reference", "'r'"),
            ("demo", "false"),
            ("kind", "'tig'"),
            ("title", "'t'"),
            ("description", "'d'"),
            ("commune", "'75056'"),
            ("departement", "'75'"),
            ("region", "'11'"),
            ("diffusion", "'public'"),
            ("starts_on", DAY),
            ("ends_on", DAY),
            ("places", "2"),
            ("establishment_id", ONE),
            ("status", "'draft'"),
            ("places_taken", "1"),
            ("told_decidable", "false"),
            ("told_expired", "false"),
            ("told_habilitation_lost", "false"),
            ("version", "1"),
            ("created_at", AT),
            ("updated_at", AT),
        ],
        "offer_syncs" => &[
            ("id", ONE),
            ("partner_id", ONE),
            ("open_for", ONE),
            ("status", "'open'"),
            ("created", "0"),
            ("updated", "0"),
            ("unchanged", "0"),
            ("refused", "0"),
            ("withdrawn", "0"),
            ("version", "1"),
            ("created_at", AT),
            ("updated_at", AT),
        ],
        "offer_sync_seen" => &[("sync_id", ONE), ("reference", "'r'")],
        "holds" => &[
            ("id", ONE),
            ("offer_id", ONE),
            ("holder_id", ONE),
            ("places", "1"),
            ("hours", "20"),
            ("starts_on", DAY),
            ("case_hash", HASH),
            ("status", "'held'"),
            ("expires_at", AT),
            ("version", "1"),
            ("created_at", AT),
            ("updated_at", AT),
        ],
        other => return part(other),
    })
}

/// The columns of a row that belongs to an offer.
fn part(table: &str) -> Option<Columns> {
    Some(match table {
        "offer_sites" => &[("offer_id", ONE), ("street", "'s'")],
        "offer_tig" => &[
            ("offer_id", ONE),
            ("measures", "'tig'"),
            ("form", "'individual'"),
            ("field", "'other'"),
            ("audiences", "'adults'"),
            ("slots", "'night'"),
            ("licence_needed", "false"),
            ("vehicle_needed", "false"),
            ("particular_risks", "false"),
            ("care_establishment", "false"),
            ("host_named", "false"),
            ("supervisor_function", "'f'"),
            ("supervisor_phone", "'p'"),
            ("registered_for", "''"),
            ("refused_for", "''"),
        ],
        "offer_revisions" => &[
            ("offer_id", ONE),
            ("field", "'other'"),
            ("commune", "'75056'"),
            ("departement", "'75'"),
            ("region", "'11'"),
            ("slots", "'night'"),
            ("places", "1"),
        ],
        "offer_employment" => &[
            ("offer_id", ONE),
            ("regime", "'sep'"),
            ("activity", "'packaging'"),
            ("rome", "'H3301'"),
            ("pay_class", "'production'"),
            ("smic_percent", "45.0"),
            ("contract", "'open_ended'"),
        ],
        "offer_training" => &[("offer_id", ONE), ("region", "'11'"), ("rome", "''")],
        "offer_opinions" => &[
            ("offer_id", ONE),
            ("rank", "0"),
            ("subject", "'registration'"),
            ("giver", "'prosecutor'"),
            ("requested_on", DAY),
            ("closed", "false"),
        ],
        "offer_suspensions" => &[
            ("offer_id", ONE),
            ("origin", "'host'"),
            ("since", AT),
            ("reasons", "'works'"),
        ],
        "offer_history" => &[
            ("offer_id", ONE),
            ("rank", "0"),
            ("at", AT),
            ("event", "'offer.created'"),
        ],
        _ => return None,
    })
}

/// Each constraint with an insertion that breaks it and no other.
pub(super) fn breaches() -> Vec<(String, String)> {
    let mut breaches: Vec<(String, String)> = EACH
        .iter()
        .map(|(name, table, otherwise)| ((*name).to_owned(), insert(table, otherwise)))
        .collect();
    for table in TABLES.iter().filter(|table| part(table).is_some()) {
        breaches.push((format!("{table}_pkey"), insert(table, &[])));
        let orphan = insert(table, &[("offer_id", NONE)]);
        breaches.push((format!("{table}_offer_id_fkey"), orphan));
    }
    breaches
}

/// A constraint, its table, and the columns that break it.
const EACH: &[(&str, &str, Columns)] = &[
    ("offers_pkey", "offers", &[("reference", "'other'")]),
    ("offers_reference_key", "offers", &[("id", TWO)]),
    (
        "offers_partner_id_fkey",
        "offers",
        &[("id", TWO), ("partner_id", NONE)],
    ),
    (
        "offers_establishment_id_fkey",
        "offers",
        &[
            ("id", TWO),
            ("reference", "'other'"),
            ("establishment_id", NONE),
        ],
    ),
    (
        "offers_reference_check",
        "offers",
        &[("id", TWO), ("partner_id", "NULL")],
    ),
    (
        "offers_days_check",
        "offers",
        &[("id", TWO), ("ends_on", "'2026-06-30'")],
    ),
    (
        "offers_places_check",
        "offers",
        &[("id", TWO), ("places_taken", "3")],
    ),
    (
        "offers_centre_check",
        "offers",
        &[("id", TWO), ("centre_lat", "48.0")],
    ),
    (
        "offers_version_check",
        "offers",
        &[("id", TWO), ("version", "0")],
    ),
    (
        "offer_sites_position_check",
        "offer_sites",
        &[("offer_id", TWO), ("lat", "48.0")],
    ),
    (
        "offer_tig_supervisor_check",
        "offer_tig",
        &[("offer_id", TWO), ("supervisor_phone", "NULL")],
    ),
    (
        "offer_revisions_places_check",
        "offer_revisions",
        &[("offer_id", TWO), ("places", "0")],
    ),
    (
        "offer_revisions_position_check",
        "offer_revisions",
        &[("offer_id", TWO), ("lon", "2.0")],
    ),
    (
        "offer_training_certification_check",
        "offer_training",
        &[("offer_id", TWO), ("certification_code", "'RS1'")],
    ),
    (
        "offer_training_session_check",
        "offer_training",
        &[("offer_id", TWO), ("session_first", DAY)],
    ),
    (
        "offer_opinions_given_check",
        "offer_opinions",
        &[("rank", "1"), ("given_on", DAY)],
    ),
    (
        "offer_history_signatory_check",
        "offer_history",
        &[("rank", "1"), ("capacity", "'c'")],
    ),
    (
        "offer_history_statement_check",
        "offer_history",
        &[("rank", "1"), ("statement", "'s'")],
    ),
    ("offer_syncs_pkey", "offer_syncs", &[("open_for", "NULL")]),
    ("offer_syncs_open_key", "offer_syncs", &[("id", TWO)]),
    (
        "offer_syncs_partner_id_fkey",
        "offer_syncs",
        &[("id", TWO), ("open_for", "NULL"), ("partner_id", NONE)],
    ),
    (
        "offer_syncs_open_check",
        "offer_syncs",
        &[("id", TWO), ("open_for", TWO)],
    ),
    (
        "offer_syncs_version_check",
        "offer_syncs",
        &[("id", TWO), ("version", "0")],
    ),
    ("offer_sync_seen_pkey", "offer_sync_seen", &[]),
    (
        "offer_sync_seen_sync_id_fkey",
        "offer_sync_seen",
        &[("sync_id", NONE)],
    ),
    ("holds_pkey", "holds", &[]),
    (
        "holds_offer_id_fkey",
        "holds",
        &[("id", TWO), ("offer_id", NONE)],
    ),
    (
        "holds_holder_id_fkey",
        "holds",
        &[("id", TWO), ("holder_id", NONE)],
    ),
    (
        "holds_places_check",
        "holds",
        &[("id", TWO), ("places", "0")],
    ),
    ("holds_hours_check", "holds", &[("id", TWO), ("hours", "0")]),
    (
        "holds_case_hash_check",
        "holds",
        &[("id", TWO), ("case_hash", "'plain'")],
    ),
    (
        "holds_version_check",
        "holds",
        &[("id", TWO), ("version", "0")],
    ),
];
