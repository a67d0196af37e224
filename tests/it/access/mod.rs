//! Who may call each operation, as the contract says, tried on every one of them.

mod matrix;
mod rows;

use serde_json::Value;

use crate::support::{Client, Parts, Server, on, project_file};

/// An operation of the contract and who may call it.
struct Operation {
    id: String,
    method: String,
    path: String,
    /// Its path, with something in the place of each parameter.
    address: String,
    /// Each way to be let in: no scheme, or the scopes one must have.
    ways: Vec<Option<Vec<String>>>,
}

impl Operation {
    fn is_protected(&self) -> bool {
        !self.ways.is_empty() && self.ways.iter().all(Option::is_some)
    }

    /// The scopes that are looked for, whether they are needed or widen what is seen.
    fn scopes(&self) -> Vec<&String> {
        self.ways.iter().flatten().flatten().collect()
    }
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let way = |one: &Value| {
                let scopes = one.as_object().unwrap().values().next()?;
                Some(serde_json::from_value(scopes.clone()).unwrap())
            };
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                address: filled(path),
                ways: operation["security"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(way)
                    .collect(),
            });
        }
    }
    operations
}

/// An id that nothing has.
const NOTHING: &str = "0193a000-0000-7000-8000-00000000dead";

/// `/v1/establishments/{id}` with an id that nothing has; what follows a parameter in its segment
/// stays, as in `{y}.mvt`.
fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        let parameter = segment.strip_prefix('{');
        let rest = parameter.and_then(|parameter| parameter.split_once('}'));
        rest.map_or_else(
            || segment.to_owned(),
            |(_, rest)| format!("{NOTHING}{rest}"),
        )
    });
    segments.collect::<Vec<_>>().join("/")
}

fn send(
    server: &Server,
    operation: &Operation,
    headers: &[(&str, &str)],
) -> crate::support::Answer {
    server.ask(&operation.method, &operation.address, headers)
}

#[test]
fn without_a_token_what_is_public_is_open_and_what_is_not_is_refused() {
    let operations = operations();
    assert!(operations.iter().any(Operation::is_protected));
    on(Parts::Real, |server| {
        for operation in &operations {
            let answer = send(server, operation, &[]);
            let id = &operation.id;
            if operation.is_protected() {
                answer.problem(401, "unauthorized");
                assert_eq!(
                    answer.header("www-authenticate"),
                    "Bearer realm=\"atigip\"",
                    "{id}"
                );
            } else {
                let challenged = answer.header("www-authenticate").contains("Bearer");
                assert!(
                    !challenged && answer.status != 403,
                    "{id}: {}",
                    answer.text()
                );
            }
        }
    });
}

#[test]
fn a_token_that_is_not_good_is_refused_wherever_tokens_are_looked_at() {
    on(Parts::Real, |server| {
        let headers = [("Authorization", "Bearer e30.e30.c2ln")];
        for operation in operations()
            .iter()
            .filter(|operation| !operation.ways.is_empty())
        {
            let answer = send(server, operation, &headers);
            answer.problem(401, "unauthorized");
            let challenge = answer.header("www-authenticate");
            assert!(
                challenge.contains("error=\"invalid_token\""),
                "{}",
                operation.id
            );
        }
    });
}

#[test]
fn a_token_without_the_scope_is_refused_and_the_scope_is_named() {
    on(Parts::Real, |server| {
        // Every scope of the contract is missing from one of the two.
        let agency = Client::new(server, "agency", "", "audit:read");
        let administrator = Client::new(server, "administrator", "", "clients:admin");
        for operation in operations()
            .iter()
            .filter(|operation| operation.is_protected())
        {
            for (client, own) in [(&agency, "audit:read"), (&administrator, "clients:admin")] {
                let bearer = [("Authorization", client.bearer())];
                let needed = operation.scopes();
                let answer = send(server, operation, &bearer);
                let id = &operation.id;
                let Some(scope) = needed.iter().find(|scope| **scope != own) else {
                    assert!(
                        ![401, 403].contains(&answer.status),
                        "{id}: {}",
                        answer.text()
                    );
                    continue;
                };
                let problem = answer.problem(403, "insufficient-scope");
                assert_eq!(problem["scope"], scope.as_str(), "{id}");
                let challenge = format!("error=\"insufficient_scope\", scope=\"{scope}\"");
                assert!(
                    answer.header("www-authenticate").contains(&challenge),
                    "{id}"
                );
            }
        }
    });
}

#[test]
fn a_refusal_for_want_of_a_right_comes_before_the_body_is_looked_at() {
    on(Parts::Real, |server| {
        let json = ("Content-Type", "text/plain");
        for operation in operations()
            .iter()
            .filter(|operation| operation.is_protected())
        {
            if operation.method == "GET" {
                continue;
            }
            let answer = server.send(&operation.method, &operation.address, &[json], "not json");
            answer.problem(401, "unauthorized");
        }
    });
}
