//! The position of a page as bytes, to be sealed in a cursor.

use search::{Cursor, SortValue};
use uuid::Uuid;

/// Writes a position.
pub(crate) fn to_bytes(cursor: &Cursor) -> Vec<u8> {
    let mut bytes = cursor.id.as_bytes().to_vec();
    bytes.extend_from_slice(&cursor.approximate.to_be_bytes());
    match &cursor.value {
        SortValue::Score(score) => {
            bytes.push(b's');
            bytes.extend_from_slice(&score.to_be_bytes());
        }
        SortValue::Distance(distance) => {
            bytes.push(b'd');
            bytes.extend_from_slice(&distance.to_be_bytes());
        }
        SortValue::Key(key) => {
            bytes.push(b'k');
            bytes.extend_from_slice(key.as_bytes());
        }
        SortValue::Number(Some(number)) => {
            bytes.push(b'n');
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        SortValue::Number(None) => bytes.push(b'm'),
    }
    bytes
}

/// Reads a position back; `None` when the bytes are no position.
pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Cursor> {
    let (id, rest) = bytes.split_first_chunk::<16>()?;
    let (approximate, rest) = rest.split_first_chunk::<8>()?;
    let (tag, value) = rest.split_first()?;
    let value = match tag {
        b's' => SortValue::Score(u32::from_be_bytes(value.try_into().ok()?)),
        b'd' => SortValue::Distance(f64::from_be_bytes(value.try_into().ok()?)),
        b'k' => SortValue::Key(String::from_utf8(value.to_vec()).ok()?),
        b'n' => SortValue::Number(Some(f64::from_be_bytes(value.try_into().ok()?))),
        b'm' if value.is_empty() => SortValue::Number(None),
        _ => return None,
    };
    Some(Cursor {
        value,
        id: Uuid::from_bytes(*id),
        approximate: u64::from_be_bytes(*approximate),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_back_as_it_was_written() {
        let values = [
            SortValue::Score(7),
            SortValue::Distance(12.345_678_9),
            SortValue::Key("centre de detention".to_owned()),
            SortValue::Number(Some(-0.1)),
            SortValue::Number(None),
        ];
        for value in values {
            let cursor = Cursor {
                value,
                id: Uuid::from_u128(42),
                approximate: 5,
            };
            assert_eq!(from_bytes(&to_bytes(&cursor)), Some(cursor));
        }
    }

    #[test]
    fn other_bytes_are_no_position() {
        let cursor = Cursor {
            value: SortValue::Score(7),
            id: Uuid::from_u128(42),
            approximate: 0,
        };
        let bytes = to_bytes(&cursor);
        for cut in 0..bytes.len() {
            assert_eq!(from_bytes(&bytes[..cut]), None, "cut at {cut}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(from_bytes(&longer), None);
    }
}
