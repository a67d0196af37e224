//! The contract with its recorded examples, and the files that hold it.

use std::collections::HashMap;

use actix_web::{
    body::to_bytes,
    http::header,
    test::{TestRequest, init_service, try_call_service},
    web::Data,
};
use serde_json::Value;

use super::{EXAMPLES, QUESTIONS, access, document, operations, with_examples, with_questions};
use crate::{
    kernel::{context::text, problem::docs_markdown},
    platform::Platform,
    server::app,
};

/// The document with the answers of this node as examples: a node whose time, ids and data are
/// always the same gives always the same document.
pub async fn record(platform: Data<Platform>) -> Value {
    let service = init_service(app(platform)).await;
    let mut answers = HashMap::new();
    let reads = EXAMPLES
        .iter()
        .map(|(_, address)| (*address, TestRequest::with_uri(address)));
    let questions = QUESTIONS.iter().map(|(_, address, question)| {
        let request = TestRequest::post().uri(address);
        let request = request.insert_header(header::ContentType::json());
        (*address, request.set_payload(*question))
    });
    for (address, request) in reads.chain(questions) {
        let request = request.to_request();
        if let Ok(answer) = try_call_service(&service, request).await {
            let media_type = text(answer.headers(), header::CONTENT_TYPE.as_str());
            let media_type = media_type.unwrap_or_default().to_owned();
            let status = answer.status().as_u16();
            let body = to_bytes(answer.into_body()).await.unwrap_or_default();
            answers.insert(address, (status, media_type, body.to_vec()));
        }
    }
    let mut document = document().clone();
    with_questions(&mut document, |address| {
        answers.remove(address).unwrap_or_default()
    });
    with_examples(&mut document, |address| {
        answers.remove(address).unwrap_or_default()
    });
    document
}

/// The files made from a document: their paths from the project's root, and their texts.
#[must_use]
pub fn files(document: &Value) -> [(&'static str, String); 4] {
    [
        ("openapi/openapi.json", format!("{document:#}\n")),
        ("openapi/operations.txt", operations(document)),
        ("docs/problems.md", docs_markdown()),
        ("docs/access.md", access::page(document)),
    ]
}
