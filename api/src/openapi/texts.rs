//! Bounds of texts that no attribute of a type can give: what a caller may count on.

use serde_json::{Map, Value, json};

/// Says of `Location` what every text of the contract says: how long it may be.
pub(super) fn locations(responses: &mut Map<String, Value>) {
    for (_, response) in responses.iter_mut() {
        let schema = response.pointer_mut("/headers/Location/schema");
        if let Some(schema) = schema.and_then(Value::as_object_mut) {
            schema.insert("format".to_owned(), json!("uri"));
            schema.insert("maxLength".to_owned(), json!(1000));
        }
    }
}

/// Bounds the texts of lists, whose types carry no attribute of their own.
pub(super) fn items(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(items),
        Value::Object(members) => {
            if let Some(own) = members.get_mut("items").and_then(Value::as_object_mut) {
                let text = own.get("type").is_some_and(|kind| kind == "string");
                let bounded = ["maxLength", "enum", "const"];
                if text && bounded.iter().all(|name| !own.contains_key(*name)) {
                    own.insert("maxLength".to_owned(), json!(200));
                }
            }
            members.values_mut().for_each(items);
        }
        _ => {}
    }
}
