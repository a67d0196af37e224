//! What surrounds every handler, seen from a caller in process.

mod pages;
mod reads;
mod refusals;
mod sockets;

use std::num::NonZeroU32;

use actix_web::{
    HttpResponse,
    body::to_bytes,
    dev::ServiceResponse,
    http::{Method, StatusCode, header::HeaderMap},
    test,
};
use serde_json::Value;

use super::*;
use crate::{config::Switch, kernel::problem::Kind, platform::Readiness};

fn platform(change: impl FnOnce(&mut Config)) -> Data<Platform> {
    let mut config = Config {
        public_url: Some("https://api.example.org".to_owned()),
        ..Config::default()
    };
    change(&mut config);
    let platform = Platform::new(config).unwrap();
    platform.set_readiness(Readiness::Ready);
    Data::new(platform)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The slug, having checked all that every problem owes to its caller.
    fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("access-control-allow-origin"), "*");
        assert!(
            self.header("access-control-expose-headers")
                .contains("Retry-After")
        );
        assert_eq!(
            self.header("content-encoding"),
            "",
            "a problem is written as it is"
        );
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16());
        let slug = body["type"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        let kind = Kind::find(&slug).expect("a registered problem");
        assert_eq!(kind.spec().status, self.status.as_u16());
        let instance = body["instance"].as_str().unwrap();
        assert!(instance.starts_with("urn:uuid:"), "{instance}");
        slug
    }
}

async fn panicking() -> HttpResponse {
    panic!("secret of the house")
}

async fn slow() -> HttpResponse {
    rt::time::sleep(Duration::from_mins(1)).await;
    HttpResponse::Ok().finish()
}

fn with_traps(config: &mut web::ServiceConfig) {
    config
        .route("/trap/panic", web::get().to(panicking))
        .route("/trap/slow", web::get().to(slow));
    configure(config);
}

/// One request after another to one application.
async fn ask_all(platform: Data<Platform>, requests: Vec<test::TestRequest>) -> Vec<Answer> {
    let app = test::init_service(assemble(platform, with_traps)).await;
    let mut answers = Vec::new();
    for request in requests {
        let answer = match test::try_call_service(&app, request.to_request()).await {
            Ok(answer) => read(answer).await,
            Err(error) => {
                let (head, body) = error.error_response().into_parts();
                Answer {
                    status: head.status(),
                    headers: head.headers().clone(),
                    body: to_bytes(body).await.unwrap().to_vec(),
                }
            }
        };
        answers.push(answer);
    }
    answers
}

async fn read<B: MessageBody>(answer: ServiceResponse<B>) -> Answer {
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = to_bytes(answer.into_body())
        .await
        .map_err(Into::into)
        .unwrap()
        .to_vec();
    Answer {
        status,
        headers,
        body,
    }
}

async fn ask(request: test::TestRequest) -> Answer {
    ask_all(platform(|_| {}), vec![request]).await.remove(0)
}

fn get(path: &str) -> test::TestRequest {
    test::TestRequest::with_uri(path)
}
