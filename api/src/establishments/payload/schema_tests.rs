//! What the document says of each shape is bounded and described.

use serde_json::Value as Json;
use utoipa::{PartialSchema, ToSchema};

use super::*;

/// Looks through a schema for what a linter of contracts refuses.
fn lint(schema: &Json, path: &str, found: &mut Vec<String>) {
    let Some(object) = schema.as_object() else {
        return;
    };
    let has = |name: &str| object.contains_key(name);
    match &schema["type"] {
        Json::String(kind) if kind == "string" => {
            if !(has("maxLength") || has("enum")) {
                found.push(format!("{path} has no length"));
            }
            if !(has("pattern")
                || has("format")
                || has("enum")
                || has("example")
                || has("examples"))
            {
                found.push(format!("{path} has no form"));
            }
        }
        Json::String(kind)
            if kind == "integer" && !(has("format") && has("minimum") && has("maximum")) =>
        {
            found.push(format!("{path} has no bounds"));
        }
        Json::String(kind) if kind == "array" && !has("maxItems") => {
            found.push(format!("{path} has no bound"));
        }
        Json::Array(_) => found.push(format!("{path} may be null")),
        _ => {}
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if property["description"].as_str().is_none_or(str::is_empty)
            && !property.to_string().contains("$ref")
        {
            found.push(format!("{path}/{name} is not described"));
        }
        if property.get("oneOf").is_some() {
            found.push(format!("{path}/{name} may be null"));
        }
        lint(property, &format!("{path}/{name}"), found);
    }
    lint(&schema["items"], &format!("{path}[]"), found);
}

#[test]
fn every_schema_bounds_what_it_describes() {
    let mut found = Vec::new();
    let mut schemas = Vec::new();
    EstablishmentSheet::schemas(&mut schemas);
    EstablishmentItem::schemas(&mut schemas);
    EstablishmentFeature::schemas(&mut schemas);
    schemas.push((
        "EstablishmentSheet".to_owned(),
        EstablishmentSheet::schema(),
    ));
    schemas.push(("EstablishmentItem".to_owned(), EstablishmentItem::schema()));
    schemas.push((
        "EstablishmentFeature".to_owned(),
        EstablishmentFeature::schema(),
    ));
    for (name, schema) in schemas {
        lint(&serde_json::to_value(schema).unwrap(), &name, &mut found);
    }
    assert!(found.is_empty(), "{found:#?}");
}
