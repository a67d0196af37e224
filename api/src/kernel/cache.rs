//! Validators and freshness: tags, `304`, `Vary`, `Catalogue-Revision`.

use std::{hash::Hasher, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    web::Data,
};
use chrono::{Datelike, NaiveDate};
use search::Revision;
use siphasher::sip::SipHasher13;

use super::{
    context::{RequestContext, text},
    encoding::Fnv,
    negotiate::Format,
};
use crate::platform::Platform;

/// The header that says up to which change an answer has seen.
pub const CATALOGUE_REVISION: HeaderName = HeaderName::from_static("catalogue-revision");
/// The header that repeats `total` where the body has no place for it.
pub const TOTAL_COUNT: HeaderName = HeaderName::from_static("total-count");
/// What selects the form of a read.
const VARY: &str = "Accept, Accept-Encoding, Authorization";

/// Changes whenever this build may render the same data otherwise: the version, the contract
/// and the tables it was built with. Raise the number when bytes change and none of them does.
static RENDER: LazyLock<String> = LazyLock::new(|| {
    let hash = Fnv::new()
        .with(b"1")
        .with(env!("CARGO_PKG_VERSION").as_bytes())
        .with(crate::openapi::COMMITTED.as_bytes());
    let tables = data::TABLES.iter();
    let hash = tables.fold(hash, |hash, table| hash.with(table.as_bytes()));
    format!("{:08x}", hash.value() >> 32)
});

/// Makes ready what every tag tells of the build.
pub fn prepare() {
    LazyLock::force(&RENDER);
}

/// What tells the answers of one installation from those of another, whose revisions and
/// versions count from the same beginning: its own mark, and the address it is known by.
#[must_use]
pub fn installation_mark(public_url: &str, installation: &str) -> String {
    let hash = Fnv::new()
        .with(public_url.as_bytes())
        .with(installation.as_bytes());
    format!("{:04x}", hash.value() >> 48)
}

/// What the caller sees, from little to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// What everyone may read.
    Public,
    /// What those may read who are authenticated.
    Professionals,
    /// What authorities may read.
    Authorities,
    /// What some may read.
    Restricted,
}

impl View {
    const fn token(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Professionals => "professionals",
            Self::Authorities => "authorities",
            Self::Restricted => "restricted",
        }
    }

    const fn cache_control(self) -> &'static str {
        match self {
            Self::Public => "public, max-age=60, stale-while-revalidate=600",
            Self::Professionals | Self::Authorities | Self::Restricted => "private, no-cache",
        }
    }
}

/// A read about to be answered: its tag and the headers that go with it.
#[derive(Debug, Clone)]
pub struct Read {
    etag: String,
    format: Format,
    view: View,
    revision: Option<u64>,
}

impl Read {
    /// A list or a search: it changes with the catalogue, and at midnight in Paris.
    #[must_use]
    pub fn list(req: &HttpRequest, revision: Revision, day: NaiveDate, format: Format) -> Self {
        Self::seen_list(req, (revision, day), format, View::Public)
    }

    /// The same, as those see it who see as far as `view`.
    #[must_use]
    pub fn seen_list(
        req: &HttpRequest,
        (Revision { number, pieces }, day): (Revision, NaiveDate),
        format: Format,
        view: View,
    ) -> Self {
        let (year, month, day) = (day.year(), day.month(), day.day());
        // What is seen while a large batch goes in is seen under no other tag.
        let between = if pieces > 0 {
            format!("+{pieces}")
        } else {
            String::new()
        };
        let subject = format!("r{number}{between}.{year:04}{month:02}{day:02}");
        Self::tagged(req, &subject, format, view, Some(number))
    }

    /// A single object that shows something of others too, as those see it who see as far as
    /// `view`: it changes with its version, and with what it says, whose [`mark`] is `said`.
    #[must_use]
    pub fn composed(
        req: &HttpRequest,
        (version, said): (u64, u64),
        revision: u64,
        view: View,
    ) -> Self {
        let subject = format!("v{version}.{said:016x}");
        Self::tagged(req, &subject, Format::Json, view, Some(revision))
    }

    /// A single object: it changes with its version.
    #[must_use]
    pub fn object(req: &HttpRequest, version: u64, revision: u64, format: Format) -> Self {
        Self::tagged(
            req,
            &format!("v{version}"),
            format,
            View::Public,
            Some(revision),
        )
    }

    /// A single object as some may read it: another tag, and no cache but the caller's own.
    #[must_use]
    pub fn restricted(req: &HttpRequest, version: u64, revision: u64, format: Format) -> Self {
        Self::tagged(
            req,
            &format!("v{version}"),
            format,
            View::Restricted,
            Some(revision),
        )
    }

    /// What is compiled in: it changes with the build, and with what `subject` says (the
    /// language, a setting; visible ASCII without quotes).
    #[must_use]
    pub fn fixed(req: &HttpRequest, subject: &str, format: Format) -> Self {
        Self::tagged(req, subject, format, View::Public, None)
    }

    fn tagged(
        req: &HttpRequest,
        subject: &str,
        format: Format,
        view: View,
        revision: Option<u64>,
    ) -> Self {
        let coding = RequestContext::of(req).coding.token();
        let (form, sight) = (format.code(), view.token());
        let platform = req.app_data::<Data<Platform>>();
        let mark = platform.map_or("", |platform| platform.mark());
        let etag = format!("\"{subject}.{}{mark}.{form}.{sight}.{coding}\"", *RENDER);
        Self {
            etag,
            format,
            view,
            revision,
        }
    }

    /// The tag.
    #[must_use]
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// The `304` that suffices when the caller already has this answer.
    #[must_use]
    pub fn not_modified(&self, req: &HttpRequest) -> Option<HttpResponse> {
        let known = text(req.headers(), header::IF_NONE_MATCH.as_str())?;
        matches(known, &self.etag).then(|| self.build(StatusCode::NOT_MODIFIED).finish())
    }

    /// The answer, to be given its body.
    #[must_use]
    pub fn ok(&self) -> HttpResponseBuilder {
        let mut response = self.build(StatusCode::OK);
        response.insert_header((header::CONTENT_TYPE, self.format.content_type()));
        response
    }

    fn build(&self, status: StatusCode) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        response
            .insert_header((header::ETAG, self.etag.as_str()))
            .insert_header((header::CACHE_CONTROL, self.view.cache_control()))
            .insert_header((header::VARY, VARY));
        if let Some(revision) = self.revision {
            response.insert_header((CATALOGUE_REVISION, revision));
        }
        response
    }
}

/// What tells a text from another, here as on every other node.
#[must_use]
pub fn mark(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// `Link: <…>; rel="next"`, which repeats `next`.
#[must_use]
pub fn link_next(next: &str) -> (HeaderName, HeaderValue) {
    let value = HeaderValue::from_str(&format!("<{next}>; rel=\"next\""));
    // An address is built from visible ASCII only; if it were not, the body still has it.
    (
        header::LINK,
        value.unwrap_or_else(|_| HeaderValue::from_static("")),
    )
}

/// Whether an `If-None-Match` names this tag, by the weak comparison.
fn matches(known: &str, etag: &str) -> bool {
    known.trim() == "*"
        || known
            .split(',')
            .map(str::trim)
            .any(|tag| tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use actix_web::{HttpMessage, test::TestRequest};

    use super::*;
    use crate::kernel::negotiate::Coding;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_text_has_the_same_mark_on_every_node() {
        // SipHash-1-3 under a key of zeros.
        assert_eq!(mark("atelier bois"), 0x5770_8a98_6b2d_5b16);
        assert_ne!(mark("atelier bois"), mark("atelier Bois"));
    }

    #[test]
    fn tags_are_compared_weakly_in_lists() {
        let own = "\"r1\"";
        for known in [
            "*",
            "\"r1\"",
            "W/\"r1\"",
            "\"x\", \"r1\"",
            "\"x\",W/\"r1\" ,\"y\"",
        ] {
            assert!(matches(known, own), "{known}");
        }
        for other in ["", "r1", "\"r2\"", "\"r1", "w/\"r1\""] {
            assert!(!matches(other, own), "{other}");
        }
    }

    #[test]
    fn a_list_changes_with_revision_day_form_and_coding() {
        let req = TestRequest::default().to_http_request();
        let read =
            |number: u64, date, format| Read::list(&req, number.into(), day(date), format).etag;
        let tag = read(7, "2026-07-01", Format::Json);
        assert_eq!(tag, read(7, "2026-07-01", Format::Json));
        assert_ne!(tag, read(8, "2026-07-01", Format::Json));
        let between = Revision {
            number: 7,
            pieces: 1,
        };
        let between = Read::list(&req, between, day("2026-07-01"), Format::Json);
        assert_ne!(tag, between.etag);
        assert_eq!(between.revision, Some(7));
        assert_ne!(tag, read(7, "2026-07-02", Format::Json));
        assert_ne!(tag, read(7, "2026-07-01", Format::Csv));
        let mut context = RequestContext::of(&req);
        context.coding = Coding::Gzip;
        req.extensions_mut().insert(context);
        assert_ne!(tag, read(7, "2026-07-01", Format::Json));
    }

    #[test]
    fn an_object_changes_with_its_version_not_with_the_catalogue() {
        let req = TestRequest::default().to_http_request();
        let read = |version, revision| Read::object(&req, version, revision, Format::Json).etag;
        assert_eq!(read(3, 7), read(3, 8));
        assert_ne!(read(3, 7), read(4, 7));
    }

    #[test]
    fn what_some_may_read_has_a_tag_of_its_own_and_stays_with_them() {
        let req = TestRequest::default().to_http_request();
        let read =
            |view: fn(&HttpRequest, u64, u64, Format) -> Read| view(&req, 3, 9, Format::Json);
        let (public, restricted) = (read(Read::object), read(Read::restricted));
        assert_ne!(public.etag, restricted.etag);
        let answer = restricted.ok().finish();
        let cache = answer.headers().get(header::CACHE_CONTROL).unwrap();
        assert_eq!(cache, "private, no-cache");
    }

    #[test]
    fn a_known_answer_is_not_repeated() {
        let bare = TestRequest::default().to_http_request();
        let read = Read::object(&bare, 3, 9, Format::Json);
        assert!(read.not_modified(&bare).is_none());
        let known = TestRequest::default().insert_header((header::IF_NONE_MATCH, read.etag()));
        let answer = read.not_modified(&known.to_http_request()).unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        for name in ["etag", "cache-control", "vary", "catalogue-revision"] {
            assert_eq!(
                answer.headers().get(name),
                read.ok().finish().headers().get(name)
            );
        }
    }
}
