//! What answers a need best, criterion by criterion; nothing of what is asked is kept.

mod establishments;
mod offers;
mod refusals;

use serde_json::{Value, json};

use crate::support::{Answer, Server};

/// Asks, as anybody may.
fn ask(server: &Server, path: &str, question: &Value) -> Answer {
    let headers = [("Content-Type", "application/json")];
    server.send("POST", path, &headers, &question.to_string())
}

/// The answer to a question.
#[track_caller]
fn answered(server: &Server, path: &str, question: &Value) -> Value {
    let answer = ask(server, path, question);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

/// What is found of a criterion.
#[track_caller]
fn of<'a>(item: &'a Value, criterion: &str) -> &'a Value {
    let mut criteria = item["criteria"].as_array().unwrap().iter();
    let found = criteria.find(|it| it["criterion"] == criterion);
    found.unwrap_or_else(|| panic!("{criterion}: {item}"))
}

/// Name and outcome of each criterion.
fn outcomes(item: &Value) -> Vec<(&str, &str)> {
    let criteria = item["criteria"].as_array().unwrap().iter();
    criteria
        .map(|it| {
            (
                it["criterion"].as_str().unwrap(),
                it["outcome"]["code"].as_str().unwrap(),
            )
        })
        .collect()
}

/// The scores, which never rise.
#[track_caller]
fn scores(answer: &Value) -> Vec<f64> {
    let items = answer["items"].as_array().unwrap().iter();
    let scores: Vec<f64> = items.map(|it| it["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    scores
}

/// A criterion that must be met.
fn required(value: impl Into<Value>) -> Value {
    json!({"value": value.into(), "required": true})
}
