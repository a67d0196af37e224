//! What the header says: one key of 1 to 255 characters, quoted (RFC 9651, section 3.3.3) or not.

use actix_web::http::header::{HeaderMap, HeaderValue};

use crate::kernel::{
    problem::{ApiError, Fault},
    text::Text,
};

/// The name of the header.
pub(super) const HEADER: &str = "idempotency-key";
/// Its name, as it is written to be read.
const NAME: &str = "Idempotency-Key";
/// The longest key, its quotes and escapes not counted.
const MAX_KEY: usize = 255;

/// The key, if there is one.
pub(super) fn read(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let mut lines = headers.get_all(HEADER);
    let Some(line) = lines.next() else {
        return Ok(None);
    };
    if lines.next().is_some() {
        let once = Text::new("given more than once", "donné plus d'une fois");
        return Err(ApiError::parameter(NAME, Fault::Multiple, once));
    }
    let Some(key) = text(line).and_then(parse) else {
        let form = Text::new(
            "visible ASCII without a comma, or any printable ASCII between double quotes",
            "de l'ASCII visible sans virgule, ou de l'ASCII imprimable entre guillemets droits",
        );
        return Err(ApiError::parameter(NAME, Fault::Format, form));
    };
    if !(1..=MAX_KEY).contains(&key.len()) {
        let length = Text::made(
            format!("1 to {MAX_KEY} characters"),
            format!("1 à {MAX_KEY} caractères"),
        );
        return Err(ApiError::parameter(NAME, Fault::Length, length));
    }
    Ok(Some(key))
}

fn text(line: &HeaderValue) -> Option<&str> {
    line.to_str().ok().map(str::trim)
}

/// The key that is written, with or without quotes.
fn parse(written: &str) -> Option<String> {
    if let Some(quoted) = written.strip_prefix('"') {
        return unquote(quoted.strip_suffix('"')?);
    }
    let plain = |b: u8| b.is_ascii_graphic() && !b"\"\\,".contains(&b);
    written.bytes().all(plain).then(|| written.to_owned())
}

/// What stands between quotes, where `\` comes before a quote or itself.
fn unquote(quoted: &str) -> Option<String> {
    let mut key = String::with_capacity(quoted.len());
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        key.push(match character {
            '\\' => characters.next().filter(|c| matches!(c, '"' | '\\'))?,
            ' '..='~' if character != '"' => character,
            _ => return None,
        });
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read_of(lines: &[&[u8]]) -> Result<Option<String>, String> {
        let mut request = TestRequest::default();
        for line in lines {
            request = request.append_header((HEADER, HeaderValue::from_bytes(line).unwrap()));
        }
        read(request.to_http_request().headers())
            .map_err(|error| error.errors()[0].fault.code().to_owned())
    }

    #[test]
    fn a_key_is_the_same_with_and_without_its_quotes() {
        for (written, key) in [
            ("t-1", "t-1"),
            ("\"t-1\"", "t-1"),
            ("\"a \\\"b\\\\\"", "a \"b\\"),
            ("\"a, b\"", "a, b"),
            ("é", ""),
        ] {
            let expected = if key.is_empty() {
                Err("format".to_owned())
            } else {
                Ok(Some(key.to_owned()))
            };
            assert_eq!(read_of(&[written.as_bytes()]), expected, "{written}");
        }
        assert_eq!(read_of(&[]), Ok(None));
    }

    #[test]
    fn a_key_that_cannot_be_used_is_refused() {
        let longest = "k".repeat(255);
        assert_eq!(read_of(&[longest.as_bytes()]), Ok(Some(longest.clone())));
        let quoted = format!("\"{longest}\"");
        assert_eq!(read_of(&[quoted.as_bytes()]), Ok(Some(longest.clone())));
        let longer = format!("{longest}k");
        for (lines, code) in [
            (&[longer.as_bytes()][..], "length"),
            (&[b""], "length"),
            (&[b"\"\""], "length"),
            (&[b"a b"], "format"),
            (&[b"a,b"], "format"),
            (&[b"\"a"], "format"),
            (&[b"a\""], "format"),
            (&[b"\""], "format"),
            (&[b"\"a\"b\""], "format"),
            (&[b"\"a\\\""], "format"),
            (&[b"\"a\\b\""], "format"),
            (&[b"\xff"], "format"),
            (&[b"a", b"a"], "multiple"),
        ] {
            assert_eq!(read_of(lines), Err(code.to_owned()), "{lines:?}");
        }
    }
}
