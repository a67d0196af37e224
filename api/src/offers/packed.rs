//! A card in memory: its JSON, of which what cards have in common is kept once.
//!
//! Most cards have the same members in the same order: that is their form, which they share. The
//! members that say where an offer is, whose it is and of what sort are the same in many cards:
//! each run of them is a text that those cards share. What is left is an offer's own. Writing a
//! card is copying these pieces in the order of its form, and looking at none.

use std::{collections::VecDeque, ops::Range};

use arcstr::ArcStr;
use uuid::Uuid;

use crate::kernel::{
    form::{Form, Place},
    shared::Shared,
};

/// The members that are an offer's own; all others are shared.
const OWN: [&str; 17] = [
    "id",
    "title",
    "description",
    "starts_on",
    "ends_on",
    "permanent",
    "places",
    "places_left",
    "hours_per_week",
    "published_at",
    "last_confirmed_at",
    "demo",
    "version",
    "created_at",
    "updated_at",
    "transport_m",
    "formative_character",
];

/// The members at which a text that is shared begins anew: what comes before them goes with less.
const APART: [&str; 6] = [
    "commune",
    "audiences",
    "licence_needed",
    "establishment",
    "regime",
    "session",
];

/// The bits of a length that a character has, and the one that says that more follow: characters
/// of seven bits are a text by themselves.
const LENGTH_BITS: u32 = 6;
const MORE: u8 = 1 << LENGTH_BITS;

/// A card as JSON, a whole object.
#[derive(Debug)]
pub(super) struct PackedCard {
    form: Form,
    shared: Box<[ArcStr]>,
    /// Each value after its length.
    own: Box<str>,
    length: u32,
}

impl PackedCard {
    /// Packs the card of an offer.
    pub(super) fn new(json: &str, id: Uuid, shared: &Shared) -> Self {
        let mut packing = Packing::new(json, id);
        // Where what is not packed yet begins, and where what was looked at ends.
        let (mut from, mut seen) = (0, 0);
        for (name, member) in members(json) {
            let is_own = OWN.contains(&name);
            if is_own || APART.contains(&name) {
                packing.share(from..seen, shared);
                from = seen;
            }
            seen += member.len();
            if is_own {
                packing.keep(member);
                from = seen;
            }
        }
        packing.share(from..seen, shared);
        Self {
            form: shared.forms.get(&packing.form),
            shared: packing.shared.into_boxed_slice(),
            own: packing.own.into_boxed_str(),
            length: u32::try_from(json.len()).unwrap_or(u32::MAX),
        }
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }

    /// Writes the card of this offer.
    pub(super) fn write(&self, id: Uuid, json: &mut String) {
        let (mut own, mut shared) = (&*self.own, self.shared.iter());
        let mut buffer = Uuid::encode_buffer();
        let id: &str = id.hyphenated().encode_lower(&mut buffer);
        for (piece, place) in self.form.pieces() {
            json.push_str(piece);
            json.push_str(match place {
                None => "",
                Some(Place::Own) => next_value(&mut own),
                Some(Place::Shared) => shared.next().map_or("", ArcStr::as_str),
                Some(Place::Id) => id,
            });
        }
    }
}

/// A card that is being packed.
#[derive(Debug)]
struct Packing<'j> {
    json: &'j str,
    id: String,
    /// Where the identifier of the offer stands in it, from what comes next on.
    ids: VecDeque<Range<usize>>,
    form: String,
    shared: Vec<ArcStr>,
    own: String,
}

impl<'j> Packing<'j> {
    fn new(json: &'j str, id: Uuid) -> Self {
        let id = id.to_string();
        let ids = json.match_indices(&id);
        Self {
            json,
            ids: ids.map(|(at, id)| at..at + id.len()).collect(),
            id,
            // Each has room for what it may have, so that it does not grow bit by bit.
            form: String::with_capacity(json.len()),
            shared: Vec::with_capacity(OWN.len() + APART.len()),
            own: String::with_capacity(json.len()),
        }
    }

    /// Adds a part of it that cards have in common.
    fn share(&mut self, mut part: Range<usize>, shared: &Shared) {
        let json = self.json;
        while let Some(id) = self.ids.pop_front_if(|id| id.end <= part.end) {
            if id.start >= part.start {
                self.add(json.get(part.start..id.start).unwrap_or_default(), shared);
                self.form.push(Place::Id.mark());
                part.start = id.end;
            }
        }
        self.add(json.get(part).unwrap_or_default(), shared);
    }

    fn add(&mut self, piece: &str, shared: &Shared) {
        if !piece.is_empty() {
            self.shared.push(shared.texts.get(piece));
            self.form.push(Place::Shared.mark());
        }
    }

    /// Adds a member that is the offer's own: its name is of the form.
    fn keep(&mut self, member: &str) {
        let value = member.find(':').map_or(0, |colon| colon + 1);
        let (name, value) = member.split_at_checked(value).unwrap_or(("", member));
        self.form.push_str(name);
        // Its identifier is kept beside its card.
        let quoted = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        if quoted == Some(&self.id) {
            self.form.push('"');
            self.form.push(Place::Id.mark());
            self.form.push('"');
            return;
        }
        push_value(&mut self.own, value);
        self.form.push(Place::Own.mark());
    }
}

/// Adds a value after its length, the lowest bits first.
fn push_value(own: &mut String, value: &str) {
    let mut length = value.len();
    loop {
        let low = u8::try_from(length % usize::from(MORE)).unwrap_or_default();
        length >>= LENGTH_BITS;
        if length == 0 {
            own.push(char::from(low));
            break;
        }
        own.push(char::from(low | MORE));
    }
    own.push_str(value);
}

/// Takes a value away from the front.
fn next_value<'o>(own: &mut &'o str) -> &'o str {
    let (mut length, mut places) = (0, 0);
    for (bytes, byte) in (1..).zip(own.bytes()) {
        length |= usize::from(byte & !MORE) << places;
        places += LENGTH_BITS;
        if byte & MORE == 0 {
            let from = own.get(bytes..).unwrap_or_default();
            let (value, rest) = from.split_at_checked(length).unwrap_or((from, ""));
            *own = rest;
            return value;
        }
    }
    ""
}

/// The members of an object, each with what is before it and, the last, what is after it.
fn members(json: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = json;
    std::iter::from_fn(move || {
        let (member, after) = rest.split_at(end_of_member(rest));
        rest = after;
        let name = member.split('"').nth(1).unwrap_or_default();
        (!member.is_empty()).then_some((name, member))
    })
}

/// Where the first member ends: at a comma outside texts, lists and other objects.
fn end_of_member(json: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (place, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' if place > 0 => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 && place > 0 => return place,
            _ => {}
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const OFFER: Uuid = Uuid::from_u128(0x019f_1af9_b400_7648_ade9_ad66_9729_7590);

    fn again(json: &str, texts: &Shared) -> String {
        let packed = PackedCard::new(json, OFFER, texts);
        let mut written = String::new();
        packed.write(OFFER, &mut written);
        assert_eq!(packed.len(), json.len());
        written
    }

    fn post(title: &str, description: &str) -> Value {
        json!({
            "kind": { "code": "tig", "label": "Poste de travail d'intérêt général" },
            "id": OFFER.to_string(),
            "title": title,
            "description": description,
            "diffusion": { "code": "public", "label": "Tout public" },
            "commune": { "code": "33063", "name": "Bordeaux" },
            "position": { "lat": 44.8572, "lon": -0.5874, "precision": "commune" },
            "permanent": true,
            "places": 2,
            "places_left": 1,
            "hours_per_week": 29.0,
            "published_at": "2026-04-21T21:00:00Z",
            "last_confirmed_at": "2026-04-21T21:00:01Z",
            "demo": true,
            "version": 1,
            "created_at": "2026-07-01T00:00:00Z",
            "updated_at": "2026-07-01T00:00:00Z",
            "url": format!("https://example.org/v1/offers/{OFFER}"),
            "measures": [{ "code": "tig", "label": "Travail d'intérêt général" }],
            "slots": [],
            "transport_m": 1850,
            "licence_needed": false,
        })
    }

    #[test]
    fn a_card_is_written_again_as_it_was() {
        let texts = Shared::default();
        for (title, description) in [
            ("Jardin", "Désherber, planter."),
            ("\",\"description\":\"", "{\"a\": [1, {\"b\": \"}]\"}"),
            ("\u{1}\u{2}\u{3}\u{1f}\u{7f}", "\\\" \\ \"title\":\n\t"),
            (&OFFER.to_string(), ",\"permanent\":true"),
            ("long", &"é\"".repeat(70_000)),
            ("", ""),
        ] {
            let card = post(title, description).to_string();
            assert_eq!(again(&card, &texts), card);
        }
        for other in ["{}", r#"{"kind":1}"#, r#"{"rome":["H2206"],"title":"a"}"#] {
            assert_eq!(again(other, &texts), other);
        }
    }

    #[test]
    fn what_cards_have_in_common_is_kept_once() {
        let texts = Shared::default();
        let pack = |title: &str| PackedCard::new(&post(title, "…").to_string(), OFFER, &texts);
        let (one, other) = (pack("Jardin"), pack("Atelier"));
        assert!(one.own.len() * 3 < one.len(), "{one:?}");
        assert!(one.form.holders() > 2, "{one:?}");
        assert!(!one.shared.is_empty());
        let pairs = one.shared.iter().zip(&other.shared);
        assert!(
            pairs
                .into_iter()
                .all(|(one, other)| ArcStr::ptr_eq(one, other))
        );
    }
}
