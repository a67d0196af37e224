//! A query string that was accepted: what a cursor is bound to, and the address of the next page.

use super::{ApiError, Kind, decode_query};
use crate::kernel::{
    encoding::Fnv,
    page::{self, Cursor},
};

/// The parameters that change how a page is shown, not which items follow which.
const NOT_BOUND: &[&str] = &["cursor", "facets", "format", "limit", "min_revision"];

/// An accepted question.
#[derive(Debug, Clone)]
pub struct Question {
    path: String,
    raw: String,
}

impl Question {
    pub(super) fn new(path: String, raw: String) -> Self {
        Self { path, raw }
    }

    /// What a cursor is bound to: the address, the filters and the sort.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut bound = pairs(&self.raw).unwrap_or_default();
        bound.retain(|(name, _)| !NOT_BOUND.contains(&name.as_str()));
        bound.sort();
        let seed = Fnv::new().with(self.path.as_bytes());
        let mix = |hash: Fnv, (name, value): &(String, String)| {
            hash.with(name.as_bytes()).with(value.as_bytes())
        };
        bound.iter().fold(seed, mix).value()
    }

    /// What the cursor holds; `cursor-mismatch` when it was given for another question.
    pub fn open(&self, cursor: &Cursor) -> Result<Vec<u8>, ApiError> {
        page::open(cursor, self.fingerprint()).ok_or_else(|| ApiError::new(Kind::CursorMismatch))
    }

    /// The absolute address of the page that begins after `position`.
    #[must_use]
    pub fn next(&self, public_url: &str, position: &[u8]) -> String {
        let cursor = page::seal(position, self.fingerprint());
        let kept = self.raw.split('&').filter(|pair| !pair.is_empty());
        let mut query: Vec<&str> = kept.filter(|pair| name_of(pair) != "cursor").collect();
        let pair = format!("cursor={cursor}");
        query.push(&pair);
        format!("{public_url}{}?{}", self.path, query.join("&"))
    }
}

/// The decoded names and values of a query string.
pub(super) fn pairs(raw: &str) -> Result<Vec<(String, String)>, ApiError> {
    let decode = |text| decode_query(text).ok_or_else(|| ApiError::new(Kind::MalformedRequest));
    let given = raw.split('&').filter(|pair| !pair.is_empty());
    given
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

fn name_of(pair: &str) -> String {
    decode_query(pair.split('=').next().unwrap_or_default()).unwrap_or_default()
}
