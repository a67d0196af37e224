//! HTTP/1.1 as far as a measure needs it: requests made beforehand, answers read to their end.

use std::io;

/// A request as it goes over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Request {
    /// A `GET` that takes no content coding, with a tag to compare when one is known.
    pub(crate) fn get(target: &str, known: Option<&str>) -> Self {
        let condition = known.map_or_else(String::new, |tag| format!("If-None-Match: {tag}\r\n"));
        Self {
            bytes: format!(
                "GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\
                 {condition}\r\n"
            )
            .into_bytes(),
        }
    }
}

/// What the beginning of a buffer holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// The status.
    pub(crate) status: u16,
    /// Where the body begins.
    pub(crate) body: usize,
    /// Where the answer ends.
    pub(crate) end: usize,
}

/// The head of an answer, once it has arrived whole.
pub(crate) fn head(buffer: &[u8]) -> io::Result<Option<Head>> {
    let Some(ends) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = buffer.get(..ends).unwrap_or_default();
    let text = std::str::from_utf8(text).map_err(io::Error::other)?;
    let status = text.get(9..12).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("an answer without a status"))?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            value.trim().parse::<usize>().ok()
        } else {
            None
        }
    });
    let body = ends + 4;
    let length = if status == 304 {
        0
    } else {
        length.unwrap_or(0)
    };
    Ok(Some(Head {
        status,
        body,
        end: body + length,
    }))
}

/// A header of an answer whose head is whole.
pub(crate) fn header<'a>(buffer: &'a [u8], head: Head, wanted: &str) -> Option<&'a str> {
    let text = std::str::from_utf8(buffer.get(..head.body)?).ok()?;
    text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case(wanted).then_some(value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_where_its_length_says() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nETag: \"a\"\r\n\r\nabc";
        let whole = head(answer).unwrap().unwrap();
        assert_eq!((whole.status, whole.end), (200, answer.len()));
        assert_eq!(header(answer, whole, "etag"), Some("\"a\""));
        assert!(head(&answer[..20]).unwrap().is_none());
    }

    #[test]
    fn a_304_has_no_body_whatever_its_length_says() {
        let answer = b"HTTP/1.1 304 Not Modified\r\ncontent-length: 12\r\n\r\n";
        let whole = head(answer).unwrap().unwrap();
        assert_eq!(whole.end, answer.len());
    }
}
