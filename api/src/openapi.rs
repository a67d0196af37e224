//! The contract: collected from the handlers, completed, committed.

mod access;
mod bounds;
mod components;
mod examples;
mod headers;
mod idempotency;
mod operations;
mod record;
mod security;
mod texts;

use std::sync::LazyLock;

use actix_web::App;
use serde_json::{Map, Value, json};
use utoipa_actix_web::AppExt;

use crate::kernel::routes::Routes;

pub use examples::{EXAMPLES, QUESTIONS, with_examples, with_questions};
pub use operations::{collections, operations};
pub use record::{files, record};

/// The document as it is committed, and served.
pub const COMMITTED: &str = include_str!("../../openapi/openapi.json");

/// The name of the service.
pub const TITLE: &str = "ATIGIP: work in detention and community service";

const DESCRIPTION: &str = "The digital platform of the French agency for community service and \
    prison employment (ATIGIP): where in detention a company can have work done, what each \
    establishment offers, and whom to write to.\n\n\
    Codes travel with their official French label, numbers about the world with their date. \
    Every answer of 400 or more is an RFC 9457 problem whose `type` leads to a page that says \
    what to do, but for `/oauth/*`, which answers as RFC 6749 says. Unknown parameters are refused, never ignored. Send `If-None-Match`: an answer \
    304 is not counted against your limit.";

/// The groups of operations, in reading order.
const TAGS: &[(&str, &str)] = &[
    (
        "establishments",
        "The prisons: where they are, their workshops, docks and activities.",
    ),
    (
        "partners",
        "The organisations that host community service, give work, train or buy.",
    ),
    (
        "habilitations",
        "The dossiers by which private organisations are habilitated to host community service.",
    ),
    (
        "offers",
        "Posts of community service, jobs in detention and trainings.",
    ),
    (
        "holds",
        "Places of posts that services keep for cases of their own, of which nothing is known here.",
    ),
    (
        "matches",
        "What answers a need best, criterion by criterion: nothing of what is asked is kept.",
    ),
    (
        "suggestions",
        "What somebody may mean who types, of several kinds at once.",
    ),
    ("contacts", "Whom to write to, by function, and why."),
    (
        "territories",
        "Regions, départements, communes and the directorates of the prison service.",
    ),
    (
        "activities",
        "The trades that can be exercised in detention.",
    ),
    (
        "code-lists",
        "Every list of codes, with its official French labels.",
    ),
    (
        "clients",
        "Who acts on the platform, and the tokens it acts with.",
    ),
    (
        "audit",
        "Who did or read what, for the agency that answers for it.",
    ),
    ("changes", "What changed, in order, for who keeps a copy."),
    (
        "service",
        "The service itself: contract, documentation, health, limits, problems.",
    ),
];

static DOCUMENT: LazyLock<Value> = LazyLock::new(build);

/// The document without its recorded examples: what the routes and their types say.
#[must_use]
pub fn document() -> &'static Value {
    &DOCUMENT
}

fn build() -> Value {
    let (_, collected) = App::new()
        .into_utoipa_app()
        .configure(|config| crate::server::routes(&mut Routes::Described(config)))
        .split_for_parts();
    let collected = serde_json::to_value(collected).unwrap_or_default();
    let member = |name: &str| collected.get(name).cloned().unwrap_or_default();
    let mut paths = member("paths");
    components::complete(&mut paths);
    let mut components = member("components");
    components::add(&mut components);
    bounds::state(&mut paths);
    bounds::state(&mut components);
    let used = tags_used(&paths);
    json!({
        "openapi": "3.1.0",
        "info": info(),
        "servers": [{
            "url": "/",
            "description": "This service (production).",
            "x-internal": false,
        }],
        "security": [],
        "tags": TAGS
            .iter()
            .filter(|(name, _)| used.iter().any(|tag| tag == name))
            .map(|(name, description)| json!({"name": name, "description": description}))
            .collect::<Vec<_>>(),
        "paths": paths,
        "components": components,
    })
}

fn info() -> Value {
    json!({
        "title": TITLE,
        "version": env!("CARGO_PKG_VERSION"),
        "summary": "Where in detention to have work done, and whom to write to.",
        "description": DESCRIPTION,
        "contact": {
            "name": "ATIGIP",
            "url": "https://www.justice.gouv.fr/",
        },
        "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
    })
}

fn tags_used(paths: &Value) -> Vec<String> {
    let tags = each_operation(paths).filter_map(|(_, _, operation)| operation.get("tags"));
    let names = tags
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

/// Every operation: its path, its method, and itself.
fn each_operation(paths: &Value) -> impl Iterator<Item = (&str, &str, &Map<String, Value>)> {
    paths
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(path, item)| {
            item.as_object()
                .into_iter()
                .flatten()
                .filter_map(move |(method, operation)| {
                    let methods = ["get", "post", "put", "patch", "delete"];
                    let operation = operation
                        .as_object()
                        .filter(|_| methods.contains(&method.as_str()))?;
                    Some((path.as_str(), method.as_str(), operation))
                })
        })
}

#[cfg(test)]
mod tests;
