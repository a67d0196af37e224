//! A row of each table that breaks nothing.

pub(super) const ONE: &str = "'00000000-0000-7000-8000-000000000001'";
pub(super) const TWO: &str = "'00000000-0000-7000-8000-000000000002'";
pub(super) const NONE: &str = "'00000000-0000-7000-8000-000000000003'";
/// Stands for a literal that each engine writes in its own way.
pub(super) const BYTES: &str = "{bytes}";
pub(super) const DAY: &str = "'2026-07-01'";
pub(super) const AT: &str = "'2026-07-01T10:00:00.000000Z'";

/// The columns of a row that breaks nothing, for a table whose rows are no part of anything.
fn row_apart(table: &str) -> Option<&'static [(&'static str, &'static str)]> {
    Some(match table {
        "meta" => &[("key", "'k'"), ("value", "'v'")],
        "changes" => &[
            ("sequence", "1"),
            ("type", "'t'"),
            ("resource", "'r'"),
            ("resource_id", ONE),
            ("version", "1"),
            ("at", AT),
            ("actor", "'a'"),
        ],
        "audit" => &[
            ("sequence", "1"),
            ("action", "'read'"),
            ("resource", "'r'"),
            ("at", AT),
            ("actor", "'a'"),
        ],
        "idempotency" => &[
            ("request", "'r'"),
            ("body_hash", "'h'"),
            ("status", "201"),
            ("answer", "'{}'"),
            ("expires_at", AT),
        ],
        "zone_equipment" => &[("zone_id", ONE), ("equipment", "'forklift'"), ("rank", "0")],
        _ => return None,
    })
}

/// The same, for the tables of who may act.
fn row_of_access(table: &str) -> Option<&'static [(&'static str, &'static str)]> {
    Some(match table {
        "clients" => &[
            ("id", ONE),
            ("name", "'n'"),
            ("role", "'establishment'"),
            ("establishment_id", ONE),
            ("scopes", "'establishments:write'"),
            ("status", "'active'"),
            ("demo", "false"),
            ("version", "1"),
            ("created_at", AT),
            ("updated_at", AT),
        ],
        "client_secrets" => &[
            ("id", ONE),
            ("client_id", ONE),
            ("hash", "'$argon2id$h'"),
            ("created_at", AT),
        ],
        "client_keys" => &[("client_id", ONE), ("kid", "'k'"), ("algorithm", "'EdDSA'")],
        "client_assertions" => &[("client_id", ONE), ("jti", "'j'"), ("expires_at", AT)],
        "client_usage" => &[
            ("client_id", ONE),
            ("day", DAY),
            ("requests", "0"),
            ("refusals", "0"),
        ],
        "signing_keys" => &[
            ("kid", "'k'"),
            ("algorithm", "'EdDSA'"),
            ("private", BYTES),
            ("public_jwk", "'{}'"),
            ("created_at", AT),
        ],
        "revoked_tokens" => &[("sequence", "1"), ("jti", "'j'"), ("expires_at", AT)],
        _ => return None,
    })
}

/// The same, for the tables of partners.
fn row_of_partners(table: &str) -> Option<&'static [(&'static str, &'static str)]> {
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
        other => return super::habilitations::row(other).or_else(|| super::offers::row(other)),
    })
}

/// The columns of a row that breaks nothing.
pub(super) fn row(table: &str) -> Vec<(&'static str, &'static str)> {
    let apart = row_apart(table).or_else(|| row_of_access(table));
    if let Some(row) = apart.or_else(|| row_of_partners(table)) {
        return row.to_vec();
    }
    let own: &[(&str, &str)] = match table {
        "establishments" => &[
            ("slug", "'cp-essai'"),
            ("name", "'n'"),
            ("kind", "'cp'"),
            ("kind_as_of", DAY),
            ("status", "'open'"),
            ("direction", "'paris'"),
            ("commune", "'75056'"),
            ("lat", "48.0"),
            ("lon", "2.0"),
            ("geo_precision", "'site'"),
        ],
        "production_zones" => &[
            ("kind", "'mixed'"),
            ("status", "'available'"),
            ("area_m2", "10"),
        ],
        "storage_areas" => &[("area_m2", "10"), ("zone_id", ONE)],
        "loading_docks" => &[("kind", "'fixed'"), ("zone_id", ONE)],
        "activities_in_place" => &[
            ("activity", "'packaging'"),
            ("regime", "'sep'"),
            ("zone_id", ONE),
        ],
        "possible_activities" => &[("activity", "'packaging'")],
        "establishment_contacts" => &[
            ("role", "'agency'"),
            ("service_name", "'s'"),
            ("email", "'e'"),
        ],
        other => panic!("no row is known for {other}"),
    };
    let mut row = vec![
        ("id", ONE),
        ("version", "1"),
        ("created_at", AT),
        ("updated_at", AT),
    ];
    if table != "establishments" {
        row.extend([("establishment_id", ONE), ("demo", "false")]);
    }
    row.extend(own);
    row
}
