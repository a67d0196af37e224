//! What is generated is committed, and what is committed is true.

use serde_json::Value;

use crate::support::{Parts, atigip, on, project_file};

#[test]
fn the_generated_files_are_up_to_date() {
    let db = persistence::testing::TestDb::empty_sqlite();
    let checked = atigip(&db).args(["openapi", "--check"]).output().unwrap();
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(
        checked.status.success(),
        "{said}\nrun: cargo run -- openapi"
    );
}

#[test]
fn the_served_contract_is_the_committed_one() {
    on(Parts::Real, |server| {
        let served: Value = server.get("/openapi.json").body.as_slice().try_into_json();
        let committed: Value = serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
        assert_eq!(served, committed);
    });
}

trait IntoJson {
    fn try_into_json(self) -> Value;
}

impl IntoJson for &[u8] {
    fn try_into_json(self) -> Value {
        serde_json::from_slice(self).unwrap()
    }
}

#[test]
fn every_reference_of_the_contract_leads_somewhere() {
    let document: Value = serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 50);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                references.push(reference.clone());
            }
            members
                .values()
                .for_each(|member| collect(member, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[test]
fn every_problem_of_the_registry_is_in_the_pages() {
    let pages = project_file("docs/problems.md");
    for spec in api::kernel::problem::Kind::ALL {
        let slug = spec.spec().slug;
        assert!(pages.contains(slug), "{slug}");
    }
}
