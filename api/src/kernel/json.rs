//! The JSON body of a request, read as it arrives: of the right type, in time, not too long.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    rt::time::timeout,
    web::{BytesMut, Data},
};
use futures_util::StreamExt;

use super::{
    body::{Bounds, Node, parse},
    caller::{Caller, ScopeMarker},
    context::text,
    idempotency::Once,
    problem::{ApiError, Kind},
    text::Text,
};
use crate::platform::Platform;

/// The media types of a whole representation.
const JSON: &[&str] = &["application/json"];
/// The media types of a merge patch (RFC 7396).
const MERGE_PATCH: &[&str] = &["application/merge-patch+json", "application/json"];
/// The media type of a form (RFC 6749 asks for it).
const FORM: &[&str] = &["application/x-www-form-urlencoded"];
/// The longest form.
const MAX_FORM: usize = 16 * 1024;

/// The body of a request, not read yet: who may not write is refused before it is.
///
/// A handler takes it as an argument, finds whether the caller may write, then reads it.
pub struct JsonBody {
    payload: Payload,
    headers: HeaderMap,
    time: std::time::Duration,
}

impl FromRequest for JsonBody {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let Some(platform) = req.app_data::<Data<Platform>>() else {
            return ready(Err(ApiError::internal(&"the application has no platform")));
        };
        // What is left is for the handler, within the time of the whole request.
        let time = platform.config.request_timeout() / 3 * 2;
        ready(Ok(Self {
            payload: payload.take(),
            headers: req.headers().clone(),
            time,
        }))
    }
}

impl JsonBody {
    /// A whole representation: `415` unless it is `application/json`, `413` beyond one
    /// mebibyte, `408` when it stalls, `400` when it is not JSON.
    pub async fn representation(self) -> Result<Node, ApiError> {
        self.tree(JSON).await
    }

    /// A whole representation sent by `POST`, and the key under which its sender may send it again.
    pub async fn once<S: ScopeMarker>(
        self,
        req: &HttpRequest,
        caller: &Caller<S>,
    ) -> Result<(Node, Once), ApiError> {
        check_type(&self.headers, JSON)?;
        let bounds = Bounds::default();
        let body = self.bytes(bounds.bytes).await?;
        let once = Once::read(req, caller.client().id, &body)?;
        Ok((parse(&body, bounds)?, once))
    }

    /// A merge patch, in which an absent member and `null` differ; refused like
    /// [`Self::representation`], but for its own media type, which is accepted too.
    pub async fn merge_patch(self) -> Result<Node, ApiError> {
        self.tree(MERGE_PATCH).await
    }

    async fn tree(self, accepted: &'static [&'static str]) -> Result<Node, ApiError> {
        check_type(&self.headers, accepted)?;
        let bounds = Bounds::default();
        let body = self.bytes(bounds.bytes).await?;
        Ok(parse(&body, bounds)?)
    }

    /// A form, as it was sent.
    pub(crate) async fn form(self) -> Result<Vec<u8>, ApiError> {
        check_type(&self.headers, FORM)?;
        Ok(self.bytes(MAX_FORM).await?.to_vec())
    }

    async fn bytes(mut self, most: usize) -> Result<BytesMut, ApiError> {
        let reading = timeout(self.time, async {
            let mut body = BytesMut::new();
            while let Some(chunk) = self.payload.next().await {
                let chunk = chunk.map_err(|error| unreadable(&error))?;
                if body.len().saturating_add(chunk.len()) > most {
                    return Err(ApiError::new(Kind::PayloadTooLarge).with("max_bytes", most));
                }
                body.extend_from_slice(&chunk);
            }
            Ok(body)
        });
        let late = |_elapsed| ApiError::new(Kind::RequestTimeout);
        reading.await.map_err(late)?
    }
}

/// The connection broke or its framing is wrong: nothing that the caller sent is repeated.
fn unreadable(error: &actix_web::error::PayloadError) -> ApiError {
    log::debug!(target: "atigip", cause:% = error; "A body could not be read.");
    ApiError::new(Kind::MalformedRequest)
}

/// Refuses a body of another type, or in a coding.
pub(super) fn check_type(
    headers: &HeaderMap,
    accepted: &'static [&'static str],
) -> Result<(), ApiError> {
    let essence = |value: &str| {
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase()
    };
    let given = text(headers, header::CONTENT_TYPE.as_str()).map(essence);
    let known = given.is_some_and(|given| accepted.contains(&given.as_str()));
    let coding = text(headers, header::CONTENT_ENCODING.as_str());
    let plain = coding.is_none_or(|coding| coding.trim().eq_ignore_ascii_case("identity"));
    if known && plain {
        return Ok(());
    }
    let list = accepted.join(", ");
    let detail = Text::made(
        format!("The body is read as {list}, without a content coding."),
        format!("Le corps est lu comme {list}, sans codage de contenu."),
    );
    Err(ApiError::new(Kind::UnsupportedMediaType).detail(detail))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::config::Config;

    async fn read(kind: &str, coding: Option<&str>, body: &[u8]) -> Result<Node, Kind> {
        let platform = Data::new(Platform::new(Config::default()).unwrap());
        let mut request = TestRequest::default()
            .app_data(platform)
            .insert_header((header::CONTENT_TYPE, kind))
            .set_payload(body.to_vec());
        if let Some(coding) = coding {
            request = request.insert_header((header::CONTENT_ENCODING, coding));
        }
        let (request, mut payload) = request.to_http_parts();
        let body = JsonBody::from_request(&request, &mut payload).await;
        let tree = body.unwrap().merge_patch().await;
        tree.map_err(|error| error.kind())
    }

    #[actix_web::test]
    async fn a_body_is_read_into_its_tree() {
        for kind in [
            "application/json",
            "application/merge-patch+json",
            "Application/JSON; charset=utf-8",
        ] {
            let tree = read(kind, None, b"{\"a\": null}").await.unwrap();
            assert_eq!(tree, Node::Object(vec![("a".to_owned(), Node::Null)]));
        }
    }

    #[actix_web::test]
    async fn each_wrong_body_has_its_problem() {
        let json = "application/json";
        let large = vec![b' '; 1024 * 1024 + 1];
        let refusals = [
            ("text/plain", None, &b"{}"[..], Kind::UnsupportedMediaType),
            ("", None, b"{}", Kind::UnsupportedMediaType),
            (json, Some("gzip"), b"{}", Kind::UnsupportedMediaType),
            (json, None, b"", Kind::MalformedJson),
            (json, None, b"{", Kind::MalformedJson),
            (json, None, b"{\"a\":1,\"a\":2}", Kind::MalformedJson),
            (json, None, b"\"\xff\"", Kind::MalformedJson),
            (json, None, large.as_slice(), Kind::PayloadTooLarge),
        ];
        for (kind, coding, body, expected) in refusals {
            assert_eq!(read(kind, coding, body).await, Err(expected), "{kind}");
        }
    }

    #[actix_web::test]
    async fn a_body_that_stalls_is_not_waited_for() {
        let config = Config {
            request_timeout_ms: 30,
            ..Config::default()
        };
        let platform = Data::new(Platform::new(config).unwrap());
        let request = TestRequest::default()
            .app_data(platform)
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .to_http_request();
        let mut payload: Payload = Payload::Stream {
            payload: Box::pin(futures_util::stream::pending()),
        };
        let body = JsonBody::from_request(&request, &mut payload)
            .await
            .unwrap();
        let refused = body.representation().await.unwrap_err();
        assert_eq!(refused.kind(), Kind::RequestTimeout);
    }
}
