//! The rows of partners that break nothing.

use super::{AT, ONE};

pub(super) fn row(table: &str) -> Option<&'static [(&'static str, &'static str)]> {
    Some(match table {
        "partners" => &[
            ("id", ONE),
            ("name", "'n'"),
            ("kind", "'company'"),
            ("roles", "''"),
            ("siret", "'1'"),
            ("commune", "'75056'"),
            ("demo", "false"),
            ("version", "1"),
            ("created_at", AT),
            ("updated_at", AT),
        ],
        "partner_contacts" => &[
            ("partner_id", ONE),
            ("rank", "0"),
            ("function", "'f'"),
            ("email", "'e'"),
        ],
        "deleted_partners" => &[("id", ONE), ("version", "1"), ("deleted_at", AT)],
        _ => return None,
    })
}
