//! An object as it is answered to who wrote it: made whole in the transaction of the write, so
//! that it can be kept there for who asks again.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderName},
    },
};
use persistence::idempotency::KeptAnswer;

use super::{
    cache::{CATALOGUE_REVISION, Read},
    negotiate::Format,
    problem::ApiError,
};
use crate::platform::Platform;

/// The header of an answer that was given before.
const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What a write answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Representation {
    status: StatusCode,
    version: Option<i64>,
    location: Option<String>,
    body: String,
    /// What is kept in place of the body.
    without_secret: Option<String>,
}

/// The answer to a write, and whether it was given before.
#[derive(Debug)]
#[must_use = "it is to be answered"]
pub struct Answered {
    representation: Representation,
    replayed: bool,
}

impl Representation {
    /// An object that was changed, as JSON, at its version.
    #[must_use]
    pub fn changed(version: i64, body: String) -> Self {
        Self {
            status: StatusCode::OK,
            version: Some(version),
            location: None,
            body,
            without_secret: None,
        }
    }

    /// An object that is new, as JSON, at its version, and the address where it is read.
    #[must_use]
    pub fn created(version: i64, location: String, body: String) -> Self {
        Self {
            status: StatusCode::CREATED,
            location: Some(location),
            ..Self::changed(version, body)
        }
    }

    /// Nothing is left to show.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            version: None,
            location: None,
            body: String::new(),
            without_secret: None,
        }
    }

    /// The same without a tag: what is shown has no version of its own.
    #[must_use]
    pub fn without_version(self) -> Self {
        Self {
            version: None,
            ..self
        }
    }

    /// The body holds a secret, which is shown once and kept nowhere: whoever asks again is given
    /// `body`, which says so.
    #[must_use]
    pub fn shown_again_as(self, body: String) -> Self {
        Self {
            without_secret: Some(body),
            ..self
        }
    }

    /// An answer that was kept.
    pub(super) fn again(kept: KeptAnswer) -> Result<Self, ApiError> {
        let KeptAnswer {
            status,
            version,
            location,
            body,
        } = kept;
        Ok(Self {
            status: StatusCode::from_u16(status).map_err(|error| ApiError::internal(&error))?,
            version,
            location,
            body,
            without_secret: None,
        })
    }
}

impl From<&Representation> for KeptAnswer {
    fn from(made: &Representation) -> Self {
        let Representation {
            status,
            version,
            location,
            body,
            without_secret,
        } = made;
        Self {
            status: status.as_u16(),
            version: *version,
            location: location.clone(),
            body: without_secret.as_ref().unwrap_or(body).clone(),
        }
    }
}

impl Answered {
    /// The first answer.
    pub(super) fn first(representation: Representation) -> Self {
        Self {
            representation,
            replayed: false,
        }
    }

    /// An answer that was given before.
    pub(super) fn again(representation: Representation) -> Self {
        Self {
            representation,
            replayed: true,
        }
    }

    /// The answer: nothing of it is kept by a cache, and it says which revision holds the write.
    #[must_use]
    pub fn respond(self, req: &HttpRequest, platform: &Platform) -> HttpResponse {
        let Representation {
            status,
            version,
            location,
            body,
            without_secret: _,
        } = self.representation;
        let mut response = HttpResponse::build(status);
        response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
        if let Ok(catalogue) = platform.catalogue() {
            let revision = catalogue.revision();
            response.insert_header((CATALOGUE_REVISION, revision));
            if let Some(version) = version.and_then(|version| u64::try_from(version).ok()) {
                let read = Read::object(req, version, revision, Format::Json);
                response.insert_header((header::ETAG, read.etag()));
            }
        }
        if let Some(location) = location {
            response.insert_header((header::LOCATION, location));
        }
        if self.replayed {
            response.insert_header((IDEMPOTENCY_REPLAYED, "true"));
        }
        if status == StatusCode::NO_CONTENT {
            return response.finish();
        }
        response.insert_header((header::CONTENT_TYPE, Format::Json.content_type()));
        response.body(body)
    }
}
