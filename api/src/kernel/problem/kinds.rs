//! Problems by their slug, and by the status of the framework.

use super::registry::Kind;

impl Kind {
    /// The problem that has this slug.
    #[must_use]
    pub fn find(slug: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.spec().slug == slug)
    }

    /// The problem that stands for a status of the framework.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            403 => Self::InsufficientScope,
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            406 => Self::NotAcceptable,
            408 => Self::RequestTimeout,
            409 => Self::TransitionNotAllowed,
            410 => Self::Gone,
            412 => Self::PreconditionFailed,
            413 => Self::PayloadTooLarge,
            414 => Self::UriTooLong,
            415 => Self::UnsupportedMediaType,
            422 => Self::Validation,
            428 => Self::PreconditionRequired,
            429 => Self::RateLimited,
            503 => Self::Overloaded,
            400..=499 => Self::MalformedRequest,
            _ => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_and_sorted_by_status() {
        let mut seen = std::collections::BTreeSet::new();
        let mut last = 0;
        for kind in Kind::ALL {
            let spec = kind.spec();
            assert!(seen.insert(spec.slug), "{} appears twice", spec.slug);
            assert!(spec.status >= last, "{} is out of order", spec.slug);
            assert_eq!(Kind::find(spec.slug), Some(*kind));
            last = spec.status;
        }
    }
}
