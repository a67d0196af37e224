//! `If-Match`: a write says which version it was thought of.

use actix_web::{HttpRequest, http::header};

use super::{
    problem::{ApiError, Fault, Kind},
    text::Text,
};

/// What the caller last saw of the object it writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(Option<String>);

impl IfMatch {
    /// Reads the header, which may be absent.
    #[must_use]
    pub fn read(req: &HttpRequest) -> Self {
        let lines = req.headers().get_all(header::IF_MATCH);
        let given: Vec<&str> = lines
            .map(|line| line.to_str().unwrap_or_default())
            .collect();
        Self((!given.is_empty()).then(|| given.join(",")))
    }

    /// Holds an object that must not be written blindly against what the caller saw:
    /// `precondition-required` without the header, `precondition-failed` when the object has
    /// another version.
    ///
    /// Any tag of the version matches, whatever the view, the form, the coding or the build it
    /// was made for; a weak one never does (RFC 9110, section 13.1.1).
    pub fn require(&self, version: i64) -> Result<(), ApiError> {
        if self.0.is_none() {
            return Err(ApiError::new(Kind::PreconditionRequired));
        }
        self.allow(version)
    }

    /// The same, for a write that the header may go without; one that names nothing is refused,
    /// since whoever sends it meant something.
    pub fn allow(&self, version: i64) -> Result<(), ApiError> {
        let Some(given) = &self.0 else {
            return Ok(());
        };
        if given.split(',').all(|tag| tag.trim().is_empty()) {
            let accepted = Text::new(
                "a tag of the version that is changed, or *",
                "une étiquette de la version modifiée, ou *",
            );
            return Err(ApiError::parameter("If-Match", Fault::Format, accepted));
        }
        let matched = given
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || version_of(tag) == Some(version));
        if matched {
            return Ok(());
        }
        let detail = Text::made(
            format!("The object is now at version {version}."),
            format!("L'objet en est à la version {version}."),
        );
        Err(ApiError::new(Kind::PreconditionFailed)
            .detail(detail)
            .with("version", version))
    }
}

/// The version that a strong tag of an object names: `"v3.…"`.
fn version_of(tag: &str) -> Option<i64> {
    let opaque = tag.strip_prefix('"')?.strip_suffix('"')?;
    let (version, _) = opaque.strip_prefix('v')?.split_once('.')?;
    let digits = version.bytes().all(|b| b.is_ascii_digit());
    version.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::kernel::{cache::Read, negotiate::Format};

    fn given(tags: &str) -> IfMatch {
        let request = TestRequest::default().insert_header((header::IF_MATCH, tags));
        IfMatch::read(&request.to_http_request())
    }

    #[test]
    fn a_write_names_the_version_it_was_thought_of() {
        let bare = IfMatch::read(&TestRequest::default().to_http_request());
        assert_eq!(
            bare.require(3).unwrap_err().kind(),
            Kind::PreconditionRequired
        );
        assert!(bare.allow(3).is_ok());
        let refused = given("\"v2.x.json.public.br\"").require(3).unwrap_err();
        assert_eq!(refused.kind(), Kind::PreconditionFailed);
        assert!(given("\"v2.x.json.public.br\"").allow(3).is_err());
        for empty in ["", " , ,"] {
            for refused in [given(empty).require(3), given(empty).allow(3)] {
                assert_eq!(refused.unwrap_err().kind(), Kind::InvalidParameter);
            }
        }
    }

    #[test]
    fn any_strong_tag_of_the_version_matches() {
        let req = TestRequest::default().to_http_request();
        for format in [Format::Json, Format::Csv, Format::GeoJson] {
            let read = Read::object(&req, 3, 9, format);
            assert!(given(read.etag()).require(3).is_ok(), "{}", read.etag());
            assert!(given(read.etag()).require(33).is_err());
        }
        for matching in [
            "*",
            "\"v3.0.json.public.gzip\"",
            "\"x\", \"v3.1.csv.public.br\"",
        ] {
            assert!(given(matching).require(3).is_ok(), "{matching}");
        }
        for other in [
            "",
            "v3.x",
            "W/\"v3.x\"",
            "\"v+3.x\"",
            "\"v3\"",
            "\"r3.x\"",
            "\"v3.x",
        ] {
            assert!(given(other).require(3).is_err(), "{other}");
        }
    }
}
