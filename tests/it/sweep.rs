//! What every operation of the contract does, tested the day it appears.

use persistence::Engine;
use serde_json::Value;

use crate::support::{Parts, Server, on, project_file};

/// An operation of the contract and a request that its answer's example was recorded from.
struct Operation {
    path: String,
    id: String,
    parameters: Vec<Value>,
    /// The methods of its path, and of no other that its path is of the form of.
    methods: Vec<String>,
    example: Option<String>,
}

impl Operation {
    /// The contract itself, which cannot hold itself as an example.
    fn is_contract(&self) -> bool {
        self.id == "getContract"
    }

    /// The path with the examples of its path parameters.
    fn address(&self) -> Option<String> {
        self.example
            .as_ref()
            .map(|example| example.split('?').next().unwrap().to_owned())
    }

    fn queries(&self) -> impl Iterator<Item = &Value> {
        self.parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query")
    }

    fn takes(&self, name: &str) -> bool {
        self.queries().any(|parameter| parameter["name"] == name)
    }
}

/// Whether an operation is refused without a token; those have a sweep of their own.
fn is_protected(operation: &Value) -> bool {
    let alternatives = operation["security"].as_array().unwrap();
    let needs = |one: &Value| !one.as_object().unwrap().is_empty();
    !alternatives.is_empty() && alternatives.iter().all(needs)
}

/// The public reads.
fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
    let resolve = |value: &Value| match value["$ref"].as_str() {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .unwrap()
            .clone(),
        None => value.clone(),
    };
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if method != "get" || is_protected(operation) {
                continue;
            }
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let example = api::openapi::EXAMPLES.iter().find(|(name, _)| *name == id);
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            operations.push(Operation {
                path: path.clone(),
                parameters: parameters.map(resolve).collect(),
                methods: item.as_object().unwrap().keys().cloned().collect(),
                example: example.map(|(_, request)| (*request).to_owned()),
                id,
            });
        }
    }
    assert!(operations.len() >= 20);
    operations
}

fn with_example() -> Vec<(Operation, String)> {
    operations()
        .into_iter()
        .filter_map(|o| Some((o.address()?, o)))
        .map(|(a, o)| (o, a))
        .collect()
}

#[test]
fn every_operation_has_an_example_that_is_answered() {
    on(Parts::Demo, |server| {
        for operation in operations() {
            if operation.is_contract() {
                continue;
            }
            let example = operation.example.as_ref().unwrap_or_else(|| {
                panic!(
                    "{} has no example in api/src/openapi/examples.rs",
                    operation.id
                )
            });
            let answer = server.get(example);
            assert_eq!(
                answer.status,
                200,
                "{}: {example}: {}",
                operation.id,
                answer.text()
            );
        }
    });
}

#[test]
fn every_operation_refuses_a_parameter_it_does_not_know() {
    on(Parts::Demo, |server| {
        for (operation, address) in with_example() {
            let answer = server.get(&format!("{address}?not_a_parameter=1"));
            let refused = answer.refused("unknown-parameter");
            assert!(
                refused.contains(&("not_a_parameter".to_owned(), "unknown".to_owned())),
                "{}",
                operation.id
            );
        }
    });
}

#[test]
fn every_parameter_of_the_contract_is_known_and_given_once() {
    on(Parts::Demo, |server| {
        for (operation, address) in with_example() {
            for parameter in operation.queries() {
                let name = parameter["name"].as_str().unwrap();
                let known = server
                    .get(&format!("{address}?{name}=%00"))
                    .text()
                    .contains("unknown-parameter");
                assert!(!known, "{}: {name} is documented and refused", operation.id);
                let twice = server.get(&format!("{address}?{name}=a&{name}=b"));
                let refused = twice.refused("invalid-parameter");
                assert!(
                    refused.contains(&(name.to_owned(), "multiple".to_owned())),
                    "{}: {name}",
                    operation.id
                );
            }
        }
    });
}

#[test]
fn every_parameter_that_is_accepted_is_in_the_contract() {
    on(Parts::Demo, |server| {
        for (operation, address) in with_example() {
            let problem = server
                .get(&format!("{address}?not_a_parameter=1"))
                .problem(400, "unknown-parameter");
            let detail = problem["errors"]
                .as_array()
                .unwrap()
                .iter()
                .find(|error| error["parameter"] == "not_a_parameter")
                .unwrap()["detail"]
                .as_str()
                .unwrap();
            let accepted = detail.split("accepted: ").nth(1).unwrap_or_default();
            for name in accepted.split(", ").filter(|name| !name.is_empty()) {
                let only_json = name == "format" && !operation.takes("format");
                assert!(
                    only_json || operation.takes(name),
                    "{}: {name} is accepted and not documented",
                    operation.id
                );
            }
        }
    });
}

#[test]
fn head_answers_the_headers_of_get() {
    on(Parts::Demo, |server| {
        for (operation, address) in with_example() {
            let address = operation.example.clone().unwrap_or(address);
            let get = server.get(&address);
            let head = server.ask("HEAD", &address, &[]);
            assert_eq!(head.status, get.status, "{address}");
            assert!(head.body.is_empty(), "{address}");
            for name in [
                "etag",
                "content-type",
                "cache-control",
                "vary",
                "catalogue-revision",
                "link",
                "total-count",
            ] {
                assert_eq!(head.header(name), get.header(name), "{address}: {name}");
            }
        }
    });
}

#[test]
fn a_wrong_method_is_answered_with_those_allowed() {
    on(Parts::Demo, |server| {
        for (operation, address) in with_example() {
            for method in ["POST", "PUT", "PATCH", "DELETE"] {
                if operation.methods.contains(&method.to_lowercase()) {
                    continue;
                }
                let answer = server.ask(method, &address, &[]);
                answer.problem(405, "method-not-allowed");
                assert!(
                    answer.header("allow").contains("GET, HEAD"),
                    "{}: {}",
                    operation.path,
                    answer.header("allow")
                );
            }
            let options = server.ask("OPTIONS", &address, &[]);
            assert!((200..300).contains(&options.status), "{}", operation.path);
            assert!(
                options.header("allow").contains("GET"),
                "{}",
                operation.path
            );
        }
    });
}

#[test]
fn every_list_pages_in_a_stable_order() {
    on(Parts::Demo, |server| {
        for (operation, address) in with_example() {
            if operation.takes("cursor") {
                pages(server, &operation.id, &address);
            }
        }
    });
}

fn pages(server: &Server, id: &str, address: &str) {
    let first = server.get(&format!("{address}?limit=2")).json();
    let items = first["items"]
        .as_array()
        .unwrap_or_else(|| panic!("{id}: {first}"));
    let total = first["total"].as_u64().unwrap();
    assert!(
        first["source"]["licence"].is_string(),
        "{id}: the source is named"
    );
    if total > 2 {
        assert_eq!(items.len(), 2, "{id}");
        let second = server.get(first["next"].as_str().unwrap()).json();
        let four = server.get(&format!("{address}?limit=4")).json();
        let both: Vec<&Value> = items
            .iter()
            .chain(second["items"].as_array().unwrap())
            .collect();
        let four: Vec<&Value> = four["items"].as_array().unwrap().iter().collect();
        assert_eq!(both, four, "{id}");
        assert_eq!(second["total"], total, "{id}");
    }
}

#[test]
fn every_answer_of_a_limited_route_tells_the_limit() {
    let flags = ["--rate-address-per-minute", "100000"];
    let server = Server::start(Engine::Sqlite, Parts::Demo, &flags);
    for (operation, address) in with_example() {
        let answer = server.get(&address);
        let told = !answer.header("ratelimit").is_empty()
            && answer.header("ratelimit-policy") == "\"address\";q=100000;w=60";
        let limited = !operation.path.starts_with("/health/");
        assert_eq!(told, limited, "{}", operation.path);
    }
}
