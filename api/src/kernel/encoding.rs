//! Small encodings: percent-decoding that refuses, base64url, and a stable hash.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use sha2::{Digest, Sha256};

/// Decodes one name or value of a query string (`+` is a space); `None` when a `%` is not
/// followed by two hexadecimal digits or when the bytes are not UTF-8.
#[must_use]
pub fn decode_query(text: &str) -> Option<String> {
    if !text.bytes().any(|b| b == b'%' || b == b'+') {
        return Some(text.to_owned());
    }
    let spaced = text.bytes().map(|b| if b == b'+' { b' ' } else { b });
    decode(spaced)
}

/// Decodes a path, where `+` is itself.
#[must_use]
pub fn decode_path(text: &str) -> Option<String> {
    decode(text.bytes())
}

/// The 32 bytes of a key of the configuration, in base64 of either alphabet.
#[must_use]
pub fn key_bytes(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    let bare = text.trim_end_matches('=');
    let bytes = BASE64_STANDARD
        .decode(text)
        .or_else(|_| BASE64_URL_SAFE_NO_PAD.decode(bare));
    bytes.ok()?.try_into().ok()
}

fn decode(mut bytes: impl Iterator<Item = u8>) -> Option<String> {
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

/// The 64-bit FNV-1a hash: the same on every node and in every build.
#[derive(Debug, Clone, Copy)]
pub struct Fnv(u64);

impl Fnv {
    /// The empty hash.
    #[must_use]
    pub const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds bytes, and a mark that no text holds, so that `ab`,`c` is not `a`,`bc`.
    #[must_use]
    pub fn with(self, bytes: &[u8]) -> Self {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(mix(bytes.iter().copied().fold(self.0, mix), 0xff))
    }

    /// The value.
    #[must_use]
    pub const fn value(self) -> u64 {
        self.0
    }
}

impl Default for Fnv {
    fn default() -> Self {
        Self::new()
    }
}

/// The SHA-256 hash of texts, each with its length before it, so that `ab`,`c` is not `a`,`bc`.
#[must_use]
pub fn sha256(texts: &[&[u8]]) -> String {
    let hash = texts.iter().fold(Sha256::new(), |hash, text| {
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        hash.chain_update(length.to_be_bytes()).chain_update(text)
    });
    to_base64(&hash.finalize())
}

/// Bytes as text that needs no escape in a query string.
#[must_use]
pub fn to_base64(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of such a text.
#[must_use]
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_or_refused() {
        assert_eq!(decode_query("a+b%20%C3%A9"), Some("a b é".to_owned()));
        assert_eq!(decode_path("a+b"), Some("a+b".to_owned()));
        for bad in ["%", "%4", "%zz", "%FF", "%C3"] {
            assert_eq!(decode_query(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_hash_sees_where_words_end() {
        let one = Fnv::new().with(b"ab").with(b"c").value();
        let two = Fnv::new().with(b"a").with(b"bc").value();
        assert_ne!(one, two);
        assert_ne!(sha256(&[b"ab", b"c"]), sha256(&[b"a", b"bc"]));
        assert_eq!(sha256(&[b"ab"]), sha256(&[b"ab"]));
    }
}
