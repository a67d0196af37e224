//! `docs/access.md`: who may what, from the one table of roles and the one table of scopes.

use std::fmt::Write as _;

use domain::{
    clients::{OrganisationKind, PerimeterKind, Role, Scope},
    kernel::Code,
};
use serde_json::Value;

use super::{each_operation, operations::text};
use crate::kernel::caller::{Access, access, opened_by};

const HEAD: &str = "# Who may what

This page is made from the code by `cargo run -- openapi`: the rights of roles from `domain/src/clients/role.rs`, what each scope opens from `api/src/kernel/caller/scopes.rs`.
`access::each_operation_answers_each_role_as_the_page_says` tries every cell of its last table on the served executable.

A client has one role, which bounds it.
It may call an operation when its token has the scope of the operation, and it writes the rows of its perimeter alone.

## Roles

| role | | organisation | perimeter |
|---|---|---|---|
";

const SCOPES: &str = "
## Scopes

What a client of each role may be given. A magistrate whose function is `juvenile_judge` has neither `habilitations:opine` nor `offers:opine`.

";

const OPENS: &str = "
## What each scope opens

A scope without operations is one whose resource is not served yet.

| scope | operations |
|---|---|
";

const OPERATIONS: &str = "
## Operations

What a caller is answered who has no token, and a client of each role that has every scope that its role allows:

- `open`: as everyone is;
- `more`: as everyone is, and more;
- `yes`: it may, on every row;
- `own`: it may, on the rows of its perimeter (of holds, on those that it took or that are on its own posts); elsewhere 403 `out-of-perimeter` where it may read the row, 404 where it may not;
- `401`: a token is needed; `403`: its role cannot have the scope.

";

/// The page.
pub(super) fn page(document: &Value) -> String {
    let mut page = HEAD.to_owned();
    let roles: Vec<Role> = clients().collect();
    for role in &roles {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | `{}` |",
            role.code(),
            role.label(),
            keys(role.organisations()),
            role.perimeter_kind().key().unwrap_or_default(),
        );
    }
    page.push_str(SCOPES);
    heading(&mut page, "scope", &roles);
    for scope in Scope::all() {
        let cells = roles.iter().map(|role| {
            let given = role.allowed_scopes().contains(scope);
            if given { "●" } else { "" }
        });
        row(&mut page, &format!("`{}`", scope.code()), cells);
    }
    page.push_str(OPENS);
    for scope in Scope::all() {
        let opened: Vec<String> = opened_by(*scope)
            .iter()
            .map(|id| format!("`{id}`"))
            .collect();
        let _ = writeln!(page, "| `{}` | {} |", scope.code(), opened.join(", "));
    }
    page.push_str(OPERATIONS);
    heading(&mut page, "operation | no token", &roles);
    for id in ids(document) {
        let name = format!("`{id}` | {}", told(id, None));
        row(
            &mut page,
            &name,
            roles.iter().map(|role| told(id, Some(*role))),
        );
    }
    page
}

/// The roles that clients have.
fn clients() -> impl Iterator<Item = Role> {
    let all = Role::all().iter().copied();
    all.filter(|role| *role != Role::Public)
}

fn keys(kinds: &[OrganisationKind]) -> String {
    let keys = kinds.iter().map(|kind| format!("`{}`", kind.key()));
    keys.collect::<Vec<_>>().join(" or ")
}

fn heading(page: &mut String, first: &str, roles: &[Role]) {
    let columns: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    let _ = writeln!(page, "| {first} | {} |", columns.join(" | "));
    let number = first.split('|').count() + roles.len();
    let _ = writeln!(page, "|{}", "---|".repeat(number));
}

fn row<'a>(page: &mut String, first: &str, cells: impl Iterator<Item = &'a str>) {
    let _ = writeln!(
        page,
        "| {first} | {} |",
        cells.collect::<Vec<_>>().join(" | ")
    );
}

/// The operations of the document, in its order.
fn ids(document: &Value) -> impl Iterator<Item = &str> {
    let paths = document.get("paths").unwrap_or(&Value::Null);
    each_operation(paths).map(|(_, _, operation)| text(operation, "operationId"))
}

/// What a caller is answered.
fn told(operation: &str, role: Option<Role>) -> &'static str {
    let has = |scope: Scope| role.is_some_and(|role| role.allowed_scopes().contains(&scope));
    match (access(operation), role) {
        (Access::Widened(scope), _) if has(scope) => "more",
        (Access::Public | Access::Widened(_), _) => "open",
        (Access::Token(_) | Access::AnyOf(_), None) => "401",
        (Access::Token(None), Some(_)) => "yes",
        (Access::Token(Some(scope)), Some(_)) if !has(scope) => "403",
        (Access::AnyOf(scopes), Some(_)) if !scopes.iter().any(|scope| has(*scope)) => "403",
        (Access::Token(Some(_)) | Access::AnyOf(_), Some(role)) => match role.perimeter_kind() {
            PerimeterKind::All => "yes",
            _ => "own",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_follows_from_the_two_tables() {
        for (operation, role, expected) in [
            ("listEstablishments", None, "open"),
            ("listEstablishments", Some(Role::Ministry), "open"),
            ("listChanges", None, "open"),
            ("listChanges", Some(Role::Administrator), "more"),
            ("getOwnClient", None, "401"),
            ("getOwnClient", Some(Role::Prefect), "yes"),
            ("updateZone", None, "401"),
            ("updateZone", Some(Role::Prefect), "403"),
            ("updateZone", Some(Role::Direction), "own"),
            ("updateZone", Some(Role::Agency), "yes"),
            ("getClient", Some(Role::Agency), "403"),
            ("getClient", Some(Role::Administrator), "yes"),
        ] {
            assert_eq!(told(operation, role), expected, "{operation} {role:?}");
        }
    }

    #[test]
    fn the_page_has_every_role_every_scope_and_every_operation() {
        let document = crate::openapi::document();
        let page = page(document);
        let beginning = |first: &str| {
            let start = format!("| `{first}` |");
            page.lines().filter(|line| line.starts_with(&start)).count()
        };
        for role in clients() {
            assert_eq!(beginning(role.code()), 1, "{role:?}");
        }
        for scope in Scope::all() {
            assert_eq!(beginning(scope.code()), 2, "{scope:?}");
        }
        for id in ids(document) {
            assert_eq!(beginning(id), 1, "{id}");
        }
    }

    #[test]
    fn what_the_table_of_scopes_opens_is_an_operation() {
        let document = crate::openapi::document();
        let opened = Scope::all().iter().flat_map(|scope| opened_by(*scope));
        let opened: Vec<&str> = opened.collect();
        assert!(opened.len() > 20, "{opened:?}");
        for operation in opened {
            assert!(ids(document).any(|id| id == operation), "{operation}");
        }
    }
}
