//! What is known of a request before its handler runs: its id, its language, its coding.

use std::rc::Rc;

use actix_web::{HttpMessage, HttpRequest, http::header::HeaderMap};
use uuid::Uuid;

use super::{
    negotiate::{Coding, choose_coding, choose_language},
    text::Language,
};

/// What the shell found in the request, for all that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestContext {
    /// The request id given back in `X-Request-Id`.
    pub id: Rc<str>,
    /// The identifier of this occurrence, in `instance`; the request id itself when that is a
    /// UUID.
    pub uuid: Uuid,
    /// The language of problems.
    pub language: Language,
    /// The content coding of the answer.
    pub coding: Coding,
}

impl RequestContext {
    /// Reads the headers; `uuid` serves when the caller's request id is not one.
    #[must_use]
    pub fn read(headers: &HeaderMap, uuid: Uuid) -> Self {
        let given = text(headers, "x-request-id").filter(|id| is_request_id(id));
        let uuid = given
            .and_then(|id| Uuid::try_parse(id).ok())
            .unwrap_or(uuid);
        Self {
            id: given.map_or_else(|| uuid.to_string().into(), Into::into),
            uuid,
            language: choose_language(text(headers, "accept-language")),
            coding: choose_coding(text(headers, "accept-encoding")),
        }
    }

    /// The context of a request that went through the shell (a neutral one elsewhere).
    #[must_use]
    pub fn of(req: &HttpRequest) -> Self {
        req.extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self {
                id: Rc::from(""),
                uuid: Uuid::nil(),
                language: Language::En,
                coding: Coding::Identity,
            })
    }
}

/// A header's value, when it is text.
#[must_use]
pub fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a request id may be given back: nothing that could forge a header or a log line.
fn is_request_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read(id: &str) -> RequestContext {
        let request = TestRequest::default()
            .insert_header(("X-Request-Id", id))
            .to_http_request();
        RequestContext::read(request.headers(), Uuid::from_u128(7))
    }

    #[test]
    fn a_request_id_is_echoed_only_when_harmless() {
        assert_eq!(&*read("trace-1.a_b").id, "trace-1.a_b");
        assert_eq!(read("trace-1.a_b").uuid, Uuid::from_u128(7));
        let own = Uuid::from_u128(7).to_string();
        for forged in ["a b", "a\"b", "é", "", &"x".repeat(65)] {
            assert_eq!(*read(forged).id, own, "{forged}");
        }
    }

    #[test]
    fn a_request_id_that_is_a_uuid_is_the_instance() {
        let uuid = Uuid::from_u128(42);
        assert_eq!(read(&uuid.to_string()).uuid, uuid);
    }
}
