//! Every operation, asked by a client of every role, is answered as `docs/access.md` says.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Operation, operations};
use crate::support::{Answer, Client, Parts, Server, on, project_file};

/// The last table of the page: what each operation answers to each column.
pub(super) struct Page {
    /// `no token`, then the roles.
    pub(super) columns: Vec<String>,
    /// The cells of each operation, in the order of the columns.
    pub(super) rows: BTreeMap<String, Vec<String>>,
}

impl Page {
    pub(super) fn read() -> Self {
        let page = project_file("docs/access.md");
        let (_, table) = page.split_once("\n## Operations\n").unwrap();
        let mut lines = table.lines().filter(|line| line.starts_with('|'));
        let columns = cells(lines.next().unwrap()).split_off(1);
        let rows = lines.skip(1).map(|line| {
            let mut row = cells(line);
            let own = row.split_off(1);
            assert_eq!(own.len(), columns.len(), "{line}");
            (row.remove(0), own)
        });
        Self {
            rows: rows.collect(),
            columns,
        }
    }
}

fn cells(line: &str) -> Vec<String> {
    let cells = line.trim_matches('|').split('|');
    cells
        .map(|cell| cell.trim().trim_matches('`').to_owned())
        .collect()
}

/// The scopes that each role allows, as the served lists say.
fn allowed(server: &Server, role: &str) -> String {
    let list = server.get("/v1/code-lists/client-roles").json();
    let items = list["items"].as_array().unwrap();
    let found = items.iter().find(|item| item["code"] == role).unwrap();
    let scopes: Vec<String> = serde_json::from_value(found["scopes"].clone()).unwrap();
    scopes.join(",")
}

/// A perimeter of a role: rows that exist.
fn perimeter(server: &Server, role: &str) -> String {
    let first = |list: &str| {
        let page = server.get(&format!("/v1/{list}?limit=1")).json();
        page["items"][0]["id"].as_str().unwrap().to_owned()
    };
    match role {
        "partner" => format!("partner={}", first("partners")),
        "establishment" => format!("establishment={}", first("establishments")),
        "direction" => "direction=lille".to_owned(),
        "probation" | "youth" | "magistrate" | "prefect" => "departements=33".to_owned(),
        _ => String::new(),
    }
}

/// What the answer to somebody who may, or may not, is.
fn holds(cell: &str, answer: &Answer, operation: &Operation) -> bool {
    let challenge = answer.header("www-authenticate");
    let kind = answer.header("content-type");
    let problem = || -> Value { serde_json::from_slice(&answer.body).unwrap_or_default() };
    let slug = |slug: &str| {
        let uri = problem()["type"].as_str().unwrap_or_default().to_owned();
        kind == "application/problem+json" && uri.ends_with(&format!("/problems/{slug}"))
    };
    match cell {
        "401" => answer.status == 401 && slug("unauthorized") && challenge.contains("Bearer"),
        "403" => {
            answer.status == 403
                && slug("insufficient-scope")
                && operation
                    .scopes()
                    .iter()
                    .any(|it| problem()["scope"] == it.as_str())
        }
        "open" | "more" | "yes" | "own" => {
            !challenge.contains("Bearer") && answer.status != 403 && answer.status < 500
        }
        other => panic!("{}: what is {other}?", operation.id),
    }
}

#[test]
fn each_operation_answers_each_role_as_the_page_says() {
    let (page, operations) = (Page::read(), operations());
    let known: Vec<&String> = operations.iter().map(|it| &it.id).collect();
    assert_eq!(
        page.rows.len(),
        known.len(),
        "a line for each, and no other"
    );
    on(Parts::Demo, |server| {
        for (i, column) in page.columns.iter().enumerate() {
            let client = (column != "no token").then(|| {
                let scopes = allowed(server, column);
                Client::new(server, column, &perimeter(server, column), &scopes)
            });
            let bearer = client.as_ref().map(Client::bearer);
            for operation in &operations {
                let row = page.rows.get(&operation.id);
                let row = row.unwrap_or_else(|| panic!("docs/access.md has no {}", operation.id));
                let headers: Vec<_> = bearer.map(|it| ("Authorization", it)).into_iter().collect();
                let answer = super::send(server, operation, &headers);
                assert!(
                    holds(&row[i], &answer, operation),
                    "{} for {column} should be {}: {} {}",
                    operation.id,
                    row[i],
                    answer.status,
                    answer.text()
                );
            }
        }
    });
}

#[test]
fn a_widened_operation_is_open_to_everyone_and_the_page_leaves_no_role_out() {
    let page = Page::read();
    assert_eq!(page.columns.len(), 11, "{:?}", page.columns);
    for (operation, row) in &page.rows {
        let open = ["open", "more"].contains(&row[0].as_str());
        let others = row.iter().skip(1);
        let agree = others
            .clone()
            .all(|cell| ["open", "more"].contains(&cell.as_str()) == open);
        assert!(agree, "{operation}: {row:?}");
        assert!(open || row[0] == "401", "{operation}: {row:?}");
    }
}
