//! Pages of a list: opaque cursors, `next`, and the source that an answer names once.

use serde::Serialize;
use utoipa::ToSchema;

use super::encoding::{Fnv, from_base64, to_base64};

/// A cursor as it was received: not yet opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub(super) String);

/// Writes a position as a cursor bound to a question's fingerprint.
#[must_use]
pub fn seal(position: &[u8], fingerprint: u64) -> String {
    let mut bytes = checksum(position, fingerprint).to_vec();
    bytes.extend_from_slice(position);
    to_base64(&bytes)
}

/// Reads the position back; `None` when the cursor was altered or given for another question.
#[must_use]
pub fn open(cursor: &Cursor, fingerprint: u64) -> Option<Vec<u8>> {
    let bytes = from_base64(&cursor.0)?;
    let (sum, position) = bytes.split_first_chunk::<8>()?;
    (*sum == checksum(position, fingerprint)).then(|| position.to_vec())
}

/// Guards against mistakes, not against malice: a forged cursor shows nothing that its caller
/// could not ask for.
fn checksum(position: &[u8], fingerprint: u64) -> [u8; 8] {
    let hash = Fnv::new().with(&fingerprint.to_be_bytes()).with(position);
    hash.value().to_be_bytes()
}

/// Where the data of an answer comes from, said once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Source {
    /// Who publishes the data, in French.
    #[schema(
        max_length = 500,
        example = "Direction de l'administration pénitentiaire"
    )]
    pub name: &'static str,
    /// The licence of the data.
    #[schema(max_length = 100, example = "Licence Ouverte 2.0")]
    pub licence: &'static str,
    /// The text of the licence.
    #[schema(format = "uri", max_length = 300)]
    pub licence_url: &'static str,
    /// The day the data describes, when the whole answer has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, max_length = 10, required = false, value_type = String)]
    pub as_of: Option<String>,
}

/// The licence of open data of the French State.
pub const LICENCE: &str = "Licence Ouverte 2.0";
/// Its text.
pub const LICENCE_URL: &str = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/";

impl Source {
    /// A source under the Licence Ouverte 2.0.
    #[must_use]
    pub fn open_licence(name: &'static str, as_of: Option<chrono::NaiveDate>) -> Self {
        Self {
            name,
            licence: LICENCE,
            licence_url: LICENCE_URL,
            as_of: as_of.map(|day| day.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_gives_back_its_position() {
        let sealed = seal(b"position", 42);
        assert_eq!(
            open(&Cursor(sealed.clone()), 42),
            Some(b"position".to_vec())
        );
        assert_eq!(open(&Cursor(sealed), 43), None);
        assert_eq!(open(&Cursor(seal(b"", 1)), 1), Some(Vec::new()));
    }

    #[test]
    fn a_cursor_altered_anywhere_is_refused() {
        let sealed = seal(b"position", 42);
        for at in 0..sealed.len() {
            let mut altered: Vec<char> = sealed.chars().collect();
            altered[at] = if altered[at] == 'A' { 'B' } else { 'A' };
            let altered = Cursor(altered.into_iter().collect());
            assert_eq!(open(&altered, 42), None, "altered at {at}");
        }
        for short in ["", "AAAA", "!!", "é"] {
            assert_eq!(open(&Cursor(short.to_owned()), 42), None, "{short}");
        }
    }

    #[test]
    fn a_cursor_of_half_a_kilobyte_fits() {
        assert!(seal(&[7; 700], 42).len() <= super::super::params::MAX_CURSOR);
    }
}
