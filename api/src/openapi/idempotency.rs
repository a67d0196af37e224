//! `Idempotency-Key` in the document: on every write by `POST`, said once.

use serde_json::{Map, Value, json};

use super::security;

/// How a key is written: between quotes, or without them in visible ASCII.
const IDEMPOTENCY_KEY: &str = r#"^("([ !#-\[\]-~]|\\["\\]){1,255}"|[!#-+\--\[\]-~]{1,255})$"#;

/// Whether an operation takes a key: it writes, by the one method that does not repeat without
/// harm. What anybody may ask by `POST` writes nothing.
pub(super) fn applies(method: &str, operation: &Map<String, Value>) -> bool {
    method == "post" && security::is_protected(operation) && !is_of_lines(operation)
}

/// Whether the body is lines: their names make them repeat without harm, and a key is refused.
fn is_of_lines(operation: &Map<String, Value>) -> bool {
    let content = operation
        .get("requestBody")
        .and_then(|body| body.get("content"));
    content.is_some_and(|content| content.get("application/x-ndjson").is_some())
}

/// Lets a write name a key, and says in its answer when it was given before.
pub(super) fn allow(operation: &mut Map<String, Value>) {
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(parameters) = parameters.as_array_mut() {
        parameters.push(json!({"$ref": "#/components/parameters/Idempotency-Key"}));
    }
    let responses = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut);
    let successes = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| status.starts_with('2'));
    for success in successes.filter_map(|(_, success)| success.as_object_mut()) {
        let headers = success.entry("headers").or_insert_with(|| json!({}));
        if let Some(headers) = headers.as_object_mut() {
            let reference = json!({"$ref": "#/components/headers/Idempotency-Replayed"});
            headers.insert("Idempotency-Replayed".to_owned(), reference);
        }
    }
}

/// The header, said once for all of them.
pub(super) fn parameters() -> Value {
    json!({"Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": "A key of your choice, 1 to 255 characters, quoted or not. Sent again by the \
            same client to the same address with the same bytes, the request has no second effect \
            and is given the same answer, for 24 hours unless this service keeps it longer. What \
            was refused is not kept: it is looked at again.",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512,
            "pattern": IDEMPOTENCY_KEY,
            "example": "\"0193a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f\"",
        },
    }})
}
