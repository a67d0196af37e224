//! What the document owes to its readers, whatever the operations.

use std::collections::BTreeSet;

use super::*;

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str().filter(|_| name == "$ref") {
                    Some(reference) => {
                        found.insert(reference.to_owned());
                    }
                    None => references(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let mut found = BTreeSet::new();
    references(document(), &mut found);
    assert!(found.contains("#/components/schemas/Problem"));
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(
            document().pointer(pointer).is_some(),
            "{reference} leads nowhere"
        );
    }
}

#[test]
fn every_operation_is_named_told_and_grouped() {
    let mut ids = BTreeSet::new();
    for (path, method, operation) in each_operation(&document()["paths"]) {
        let text = |name: &str| {
            operation
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        assert!(
            ids.insert(text("operationId").to_owned()),
            "{method} {path}: same operationId"
        );
        assert!(
            !text("summary").is_empty() && !text("description").is_empty(),
            "{method} {path}"
        );
        let tag = operation["tags"][0].as_str().unwrap();
        assert!(
            TAGS.iter().any(|(name, _)| *name == tag),
            "{path}: unknown tag {tag}"
        );
        assert!(operation.contains_key("security"), "{method} {path}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            let told = response["description"]
                .as_str()
                .is_some_and(|text| !text.is_empty());
            assert!(
                told || response.get("$ref").is_some(),
                "{method} {path} {status}"
            );
        }
    }
    assert!(ids.contains("getLimits"));
}

#[test]
fn every_example_is_of_an_operation() {
    let paths = &document()["paths"];
    let known = |id: &str| each_operation(paths).any(|(_, _, it)| it["operationId"] == id);
    for (id, _) in EXAMPLES {
        assert!(known(id), "{id}");
    }
    for (id, _, question) in QUESTIONS {
        assert!(known(id), "{id}");
        assert!(serde_json::from_str::<Value>(question).is_ok(), "{id}");
    }
}

#[test]
fn the_inventory_has_a_line_an_operation() {
    let lines = operations(document());
    assert!(lines.contains("GET /v1/limits getLimits service public The limits\n"));
    assert_eq!(
        lines.lines().count(),
        each_operation(&document()["paths"]).count()
    );
}
