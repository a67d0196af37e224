//! The bounds that hold everywhere, stated where a type alone does not state them.

use serde_json::{Map, Value, json};

use crate::kernel::shell::MAX_URI;

/// The longest name of a member that is itself a code (a facet, a list).
const MAX_NAME: u64 = 100;

/// States them: a whole number has at most 64 bits, a value in a list of the query is no longer
/// than the address that carries it, a name is short.
pub(super) fn state(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(state),
        Value::Object(members) => {
            if is(members, "integer") {
                members.entry("format").or_insert_with(|| json!("int64"));
            }
            bound(members.get_mut("propertyNames"), json!(MAX_NAME));
            if members.get("in").is_some_and(|place| place == "query") {
                let items = members
                    .get_mut("schema")
                    .and_then(|schema| schema.get_mut("items"));
                bound(items, json!(MAX_URI));
            }
            // What is below an example is a value, not a schema.
            let below = members
                .iter_mut()
                .filter(|(name, _)| !name.starts_with("example"));
            below.for_each(|(_, member)| state(member));
        }
        _ => {}
    }
}

fn bound(schema: Option<&mut Value>, max: Value) {
    let Some(schema) = schema.and_then(Value::as_object_mut) else {
        return;
    };
    let told = ["maxLength", "enum", "const"];
    if is(schema, "string") && !told.iter().any(|name| schema.contains_key(*name)) {
        schema.insert("maxLength".to_owned(), max);
    }
}

fn is(schema: &Map<String, Value>, kind: &str) -> bool {
    schema.get("type").is_some_and(|own| own == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_stated_where_they_are_not() {
        let mut value = json!({
            "parameters": [{"in": "query", "schema": {"items": {"type": "string"}}}],
            "total": {"type": "integer"},
            "small": {"type": "integer", "format": "int32"},
            "facets": {"propertyNames": {"type": "string"}},
            "example": {"type": "integer"},
        });
        state(&mut value);
        assert_eq!(
            value["parameters"][0]["schema"]["items"]["maxLength"],
            MAX_URI
        );
        assert_eq!(value["total"]["format"], "int64");
        assert_eq!(value["small"]["format"], "int32");
        assert_eq!(value["facets"]["propertyNames"]["maxLength"], MAX_NAME);
        assert_eq!(value["example"], json!({"type": "integer"}));
    }
}
