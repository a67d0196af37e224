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
    let told = |wanted: &str| {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(wanted).then_some(value.trim())
        })
    };
    let body = ends + 4;
    if told("transfer-encoding") == Some("chunked") {
        return Ok(chunked(buffer, body).map(|end| Head { status, body, end }));
    }
    let length = told("content-length").and_then(|length| length.parse::<usize>().ok());
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

/// Where an answer in chunks ends, once its last chunk has arrived.
fn chunked(buffer: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let rest = buffer.get(from..)?;
        let line = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..line)?).ok()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        from += line + 2 + size + 2;
        if size == 0 {
            return (buffer.len() >= from).then_some(from);
        }
    }
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
    fn an_answer_in_chunks_ends_with_the_empty_one() {
        let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        let whole = head(answer).unwrap().unwrap();
        assert_eq!(whole.end, answer.len());
        for cut in 1..answer.len() {
            let whole = head(&answer[..cut]).unwrap();
            assert!(whole.is_none_or(|whole| whole.end > cut), "{cut}");
        }
    }

    #[test]
    fn a_304_has_no_body_whatever_its_length_says() {
        let answer = b"HTTP/1.1 304 Not Modified\r\ncontent-length: 12\r\n\r\n";
        let whole = head(answer).unwrap().unwrap();
        assert_eq!(whole.end, answer.len());
    }
}
