//! What texts of one form have in common: the pieces between the places that each of them fills.

use std::{
    borrow::Borrow,
    hash::{Hash, Hasher},
    sync::Arc,
};

/// What fills a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// What is the text's own.
    Own,
    /// What it shares with others.
    Shared,
    /// The identifier of what it tells of.
    Id,
}

impl Place {
    /// How a place is written in a form: by a character that no JSON has (RFC 8259, section 7).
    pub(crate) const fn mark(self) -> char {
        match self {
            Self::Own => '\u{1}',
            Self::Shared => '\u{2}',
            Self::Id => '\u{3}',
        }
    }

    const fn of(mark: char) -> Option<Self> {
        match mark {
            '\u{1}' => Some(Self::Own),
            '\u{2}' => Some(Self::Shared),
            '\u{3}' => Some(Self::Id),
            _ => None,
        }
    }
}

/// A form, as cheap to have again as a pointer.
#[derive(Debug, Clone)]
pub(crate) struct Form(Arc<Pieces>);

#[derive(Debug)]
struct Pieces {
    /// The pieces, with the marks of the places between them.
    text: Box<str>,
    /// Where each mark stands.
    places: Box<[(usize, Place)]>,
}

impl Form {
    /// Its pieces, each with the place behind it; behind the last there is none.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (&str, Option<Place>)> {
        let mut rest = &*self.0.text;
        let mut before = 0;
        let places = self.0.places.iter().map(|(at, place)| (*at, Some(*place)));
        places
            .chain([(self.0.text.len(), None)])
            .map(move |(at, place)| {
                let (piece, after) = rest.split_at_checked(at - before).unwrap_or((rest, ""));
                // The mark is one byte long.
                rest = after.get(1..).unwrap_or_default();
                before = at + 1;
                (piece, place)
            })
    }

    /// How many have it.
    pub(crate) fn holders(&self) -> usize {
        Arc::strong_count(&self.0)
    }
}

impl From<&str> for Form {
    fn from(text: &str) -> Self {
        let places = text.char_indices();
        let places = places.filter_map(|(at, mark)| Some((at, Place::of(mark)?)));
        Self(Arc::new(Pieces {
            text: Box::from(text),
            places: places.collect(),
        }))
    }
}

impl Borrow<str> for Form {
    fn borrow(&self) -> &str {
        &self.0.text
    }
}

impl Hash for Form {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Form {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_written() {
        let (own, shared, id) = (Place::Own, Place::Shared, Place::Id);
        let written = format!(
            "{{\"é\":{}{},\"id\":\"{}\"}}",
            own.mark(),
            shared.mark(),
            id.mark()
        );
        let form = Form::from(written.as_str());
        let pieces: Vec<_> = form.pieces().collect();
        let expected = [
            ("{\"é\":", Some(own)),
            ("", Some(shared)),
            (",\"id\":\"", Some(id)),
            ("\"}", None),
        ];
        assert_eq!(pieces, expected);
        assert_eq!(Form::from("").pieces().collect::<Vec<_>>(), [("", None)]);
    }
}
