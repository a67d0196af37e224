//! The rows of dossiers that break nothing, and what breaks one of their constraints alone.

use super::{AT, DAY, ONE, TWO, insert};

pub(super) const TABLES: [&str; 7] = [
    "habilitations",
    "habilitation_documents",
    "habilitation_incompletenesses",
    "habilitation_changes",
    "habilitation_proceedings",
    "habilitation_opinions",
    "habilitation_notifications",
];

pub(super) fn row(table: &str) -> Option<&'static [(&'static str, &'static str)]> {
    Some(match table {
        "habilitations" => &[
            ("id", ONE),
            ("partner_id", ONE),
            ("authority", "'dspip'"),
            ("departement", "'33'"),
            ("host_kind", "'association'"),
            ("status", "'filed'"),
            ("filed_on", DAY),
            ("version", "1"),
            ("created_at", AT),
            ("updated_at", AT),
        ],
        "habilitation_documents" => &[
            ("habilitation_id", ONE),
            ("kind", "'statutes'"),
            ("rank", "0"),
        ],
        "habilitation_incompletenesses" => &[
            ("habilitation_id", ONE),
            ("rank", "0"),
            ("declared_on", DAY),
            ("missing_documents", "''"),
        ],
        "habilitation_changes" => &[
            ("habilitation_id", ONE),
            ("rank", "0"),
            ("declared_on", DAY),
            ("changed_on", DAY),
            ("documents", "''"),
        ],
        "habilitation_proceedings" => &[
            ("habilitation_id", ONE),
            ("rank", "0"),
            ("stage", "'grant'"),
            ("opened_on", DAY),
        ],
        "habilitation_opinions" => &[
            ("habilitation_id", ONE),
            ("proceeding", "0"),
            ("giver", "'prefect'"),
            ("rank", "0"),
            ("requested_on", DAY),
        ],
        "habilitation_notifications" => &[
            ("habilitation_id", ONE),
            ("proceeding", "0"),
            ("recipient", "'host'"),
            ("rank", "0"),
            ("notified_on", DAY),
        ],
        _ => return None,
    })
}

/// The constraints that one table alone has.
pub(super) fn breaches() -> Vec<(String, String)> {
    let other = [("id", TWO), ("authority", "'dt_pjj'")];
    let dossier = |more| insert("habilitations", &[other[0], other[1], more]);
    let next = ("rank", "1");
    let proceeding = |more: &[_]| {
        let columns: Vec<_> = std::iter::once(next).chain(more.iter().copied()).collect();
        insert("habilitation_proceedings", &columns)
    };
    let decided = [("ruling", "'maintain'"), ("decided_on", DAY)];
    let opinion = [("giver", "'prosecutor'"), ("given_on", DAY)];
    let breaches = [
        (
            "habilitations_open_key",
            insert("habilitations", &[other[0]]),
        ),
        (
            "habilitations_departement_check",
            dossier(("departement", "NULL")),
        ),
        (
            "habilitations_filed_on_check",
            dossier(("filed_on", "NULL")),
        ),
        (
            "habilitation_proceedings_case_check",
            proceeding(&[("observations_invited_on", DAY)]),
        ),
        (
            "habilitation_proceedings_decision_check",
            proceeding(&[("decided_on", DAY)]),
        ),
        (
            "habilitation_proceedings_ended_check",
            proceeding(&[decided[0], decided[1], ("lapsed_on", DAY)]),
        ),
        (
            "habilitation_proceedings_period_check",
            proceeding(&[("valid_from", DAY), ("valid_until", "'2026-06-30'")]),
        ),
        (
            "habilitation_opinions_given_check",
            insert("habilitation_opinions", &opinion),
        ),
    ];
    let named = breaches.into_iter();
    named.map(|(name, it)| (name.to_owned(), it)).collect()
}
