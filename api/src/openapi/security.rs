//! Who may call each operation, in the document: from the table of scopes in code.

use domain::{clients::Scope, kernel::Code};
use serde_json::{Map, Value, json};

use crate::kernel::caller::{Access, access};

/// The name of the scheme.
const SCHEME: &str = "oauth2";

/// The `security` of an operation: empty when everyone may, with an empty alternative when a
/// token only widens what is seen.
pub(super) fn of(operation: &str) -> Value {
    let with = |scope: Scope| json!({SCHEME: [scope.code()]});
    match access(operation) {
        Access::Public => json!([]),
        Access::Widened(scope) => json!([{}, with(scope)]),
        Access::Token(Some(scope)) => json!([with(scope)]),
        Access::AnyOf(scopes) => scopes.into_iter().map(with).collect(),
        Access::Token(None) => json!([{SCHEME: []}]),
    }
}

/// Whether an operation is refused without a token.
pub(super) fn is_protected(operation: &Map<String, Value>) -> bool {
    let alternatives = operation.get("security").and_then(Value::as_array);
    alternatives.is_some_and(|all| {
        let needs = |one: &Value| one.as_object().is_some_and(|one| !one.is_empty());
        !all.is_empty() && all.iter().all(needs)
    })
}

/// The scheme: client credentials, with every scope.
pub(super) fn schemes() -> Value {
    let scopes: Map<String, Value> = Scope::all()
        .iter()
        .map(|scope| (scope.code().to_owned(), json!(scope.label())))
        .collect();
    json!({SCHEME: {
        "type": "oauth2",
        "description": "A client proves who it is at `/oauth/token` and is given a token for ten \
            minutes, a JWT (RFC 9068, checked as RFC8725 asks), to be sent in \
            `Authorization: Bearer`.",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes}},
    }})
}
