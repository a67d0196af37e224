//! A body of many lines, read as it arrives: some lines at a time, and never the whole.

use std::{
    future::{Ready, ready},
    time::Duration,
};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    rt::time::timeout,
    web::{Bytes, BytesMut},
};
use futures_util::StreamExt;

use super::{
    context::text,
    json::check_type,
    problem::{ApiError, Kind},
};

/// The media types of a body of lines.
const NDJSON: &[&str] = &["application/x-ndjson"];
/// The largest body.
pub(crate) const MAX_BYTES: u64 = 50 * 1024 * 1024;
/// The most lines of a body.
pub(crate) const MAX_LINES: usize = 50_000;
/// The longest line.
pub(crate) const MAX_LINE: usize = 128 * 1024;
/// How long the next bytes are waited for.
const IDLE: Duration = Duration::from_secs(30);

/// Whether a media type is that of lines.
pub(crate) fn is_ndjson(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    NDJSON.iter().any(|own| essence.eq_ignore_ascii_case(own))
}

/// The body of a request, not read yet: who may not write is refused before it is.
pub(crate) struct LinesBody {
    payload: Payload,
    headers: HeaderMap,
}

impl FromRequest for LinesBody {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self {
            payload: payload.take(),
            headers: req.headers().clone(),
        }))
    }
}

/// A line that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its place in the body, from 1.
    pub(crate) number: usize,
    /// Its bytes; `None` when they are more than are read.
    pub(crate) bytes: Option<Bytes>,
}

/// The lines of a body that are still to be read.
pub(crate) struct Lines {
    payload: Payload,
    held: BytesMut,
    /// What follows belongs to a line that is too long.
    skipping: bool,
    ended: bool,
    taken: u64,
    number: usize,
}

impl LinesBody {
    /// Begins to read: `415` unless it is `application/x-ndjson`, `413` when it says that it is
    /// too large.
    pub(crate) fn open(self) -> Result<Lines, ApiError> {
        check_type(&self.headers, NDJSON)?;
        let length = text(&self.headers, header::CONTENT_LENGTH.as_str());
        let told: Option<u64> = length.and_then(|text| text.parse().ok());
        if told.is_some_and(|bytes| bytes > MAX_BYTES) {
            return Err(too_large());
        }
        Ok(Lines {
            payload: self.payload,
            held: BytesMut::new(),
            skipping: false,
            ended: false,
            taken: 0,
            number: 0,
        })
    }
}

impl Lines {
    /// At most `most` lines; none once the body has ended. Those that have arrived are given when
    /// the next ones are refused.
    pub(crate) async fn next(&mut self, most: usize) -> Result<Vec<Line>, ApiError> {
        let mut lines = Vec::new();
        loop {
            while lines.len() < most {
                let Some(line) = self.cut() else { break };
                if line.number > MAX_LINES {
                    return Err(too_many());
                }
                lines.extend(Some(line).filter(|line| !line.is_blank()));
            }
            if lines.len() >= most || self.ended {
                return Ok(lines);
            }
            self.receive().await?;
        }
    }

    /// The next line of what has arrived, its end included when the body has one.
    fn cut(&mut self) -> Option<Line> {
        let end = self.held.iter().position(|byte| *byte == b'\n');
        let whole = end.is_some() || self.ended && !self.held.is_empty();
        if !whole {
            if self.held.len() > MAX_LINE {
                self.skipping = true;
                self.held.clear();
            }
            if !(self.ended && self.skipping) {
                return None;
            }
        }
        let length = end.unwrap_or(self.held.len());
        let mut bytes = self.held.split_to(length).freeze();
        if end.is_some() {
            let _newline = self.held.split_to(1);
        }
        if bytes.ends_with(b"\r") {
            bytes.truncate(bytes.len().saturating_sub(1));
        }
        self.number += 1;
        let long = std::mem::take(&mut self.skipping) || bytes.len() > MAX_LINE;
        Some(Line {
            number: self.number,
            bytes: (!long).then_some(bytes),
        })
    }

    async fn receive(&mut self) -> Result<(), ApiError> {
        let next = timeout(IDLE, self.payload.next()).await;
        match next.map_err(|_elapsed| ApiError::new(Kind::RequestTimeout))? {
            None => self.ended = true,
            Some(Err(error)) => {
                log::debug!(target: "atigip", cause:% = error; "A body of lines could not be read.");
                return Err(ApiError::new(Kind::MalformedRequest));
            }
            Some(Ok(bytes)) => {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                self.taken = self.taken.saturating_add(length);
                if self.taken > MAX_BYTES {
                    return Err(too_large());
                }
                self.held.extend_from_slice(&bytes);
            }
        }
        Ok(())
    }
}

impl Line {
    fn is_blank(&self) -> bool {
        let blank = |bytes: &Bytes| bytes.iter().all(u8::is_ascii_whitespace);
        self.bytes.as_ref().is_some_and(blank)
    }
}

fn too_large() -> ApiError {
    ApiError::new(Kind::PayloadTooLarge).with("max_bytes", MAX_BYTES)
}

fn too_many() -> ApiError {
    ApiError::new(Kind::PayloadTooLarge).with("max_lines", MAX_LINES)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    async fn lines(body: Vec<u8>) -> Result<Vec<Line>, Kind> {
        let request = TestRequest::default()
            .insert_header((header::CONTENT_TYPE, "application/x-ndjson"))
            .set_payload(body);
        let (request, mut payload) = request.to_http_parts();
        let body = LinesBody::from_request(&request, &mut payload).await;
        let mut lines = body.unwrap().open().map_err(|error| error.kind())?;
        let mut all = Vec::new();
        loop {
            let some = lines.next(2).await.map_err(|error| error.kind())?;
            if some.is_empty() {
                return Ok(all);
            }
            all.extend(some);
        }
    }

    #[actix_web::test]
    async fn lines_are_numbered_as_they_stand_and_blank_ones_left_out() {
        let found = lines(b"a\r\n\n  \nbc\nd".to_vec()).await.unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|line| (line.number, line.bytes.as_deref().unwrap()))
            .collect();
        assert_eq!(told, [(1, &b"a"[..]), (4, b"bc"), (5, b"d")]);
        assert_eq!(lines(Vec::new()).await.unwrap(), []);
    }

    #[actix_web::test]
    async fn a_line_that_is_too_long_is_told_and_the_next_is_read() {
        let mut body = vec![b'x'; MAX_LINE + 1];
        body.extend_from_slice(b"\nnext\n");
        let found = lines(body).await.unwrap();
        assert_eq!(found[0].bytes, None);
        assert_eq!(found[1].bytes.as_deref(), Some(&b"next"[..]));
        let last = lines(vec![b'x'; 3 * MAX_LINE]).await.unwrap();
        assert_eq!(
            last,
            [Line {
                number: 1,
                bytes: None
            }]
        );
    }

    #[actix_web::test]
    async fn a_body_has_so_many_lines_at_most() {
        let most = "x\n".repeat(MAX_LINES);
        assert_eq!(
            lines(most.clone().into_bytes()).await.unwrap().len(),
            MAX_LINES
        );
        let more = format!("{most}x\n").into_bytes();
        assert_eq!(lines(more).await, Err(Kind::PayloadTooLarge));
    }
}
