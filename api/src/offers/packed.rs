//! A card in memory: its JSON, of which what cards have in common is kept once.
//!
//! The members that say where an offer is, whose it is and of what sort are the same in many
//! cards: each run of them is a text that those cards share. What is left is an offer's own. A card
//! is the order in which these pieces come, so that writing it is copying them and looking at none.

use std::{collections::VecDeque, ops::Range, sync::Arc};

use uuid::Uuid;

use crate::kernel::shared::Shared;

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

/// A card as JSON, a whole object.
#[derive(Debug)]
pub(super) struct PackedCard {
    own: Box<str>,
    shared: Box<[Arc<str>]>,
    steps: Box<[Step]>,
    length: u32,
}

/// So many bytes of the offer's own, and what follows them.
#[derive(Debug, Clone, Copy)]
struct Step {
    own: u16,
    then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// More of its own, or the end.
    Own,
    /// The next text that is shared.
    Shared,
    /// The identifier of the offer.
    Id,
}

impl PackedCard {
    /// Packs the card of an offer.
    pub(super) fn new(json: &str, id: Uuid, texts: &Shared) -> Self {
        let mut packing = Packing::new(json, id);
        // Where what is not packed yet begins, and where what was looked at ends.
        let (mut from, mut seen) = (0, 0);
        for (name, member) in members(json) {
            let is_own = OWN.contains(&name);
            if is_own || APART.contains(&name) {
                packing.share(from..seen, texts);
                from = seen;
            }
            seen += member.len();
            if is_own {
                packing.keep(from..seen);
                from = seen;
            }
        }
        packing.share(from..seen, texts);
        packing.end(Then::Own);
        Self {
            own: packing.own.into_boxed_str(),
            shared: packing.shared.into_boxed_slice(),
            steps: packing.steps.into_boxed_slice(),
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
        for step in &self.steps {
            let (piece, after) = own
                .split_at_checked(usize::from(step.own))
                .unwrap_or((own, ""));
            own = after;
            json.push_str(piece);
            json.push_str(match step.then {
                Then::Own => "",
                Then::Shared => shared.next().map_or("", |text| &**text),
                Then::Id => id,
            });
        }
    }
}

/// A card that is being packed.
#[derive(Debug)]
struct Packing<'j> {
    json: &'j str,
    /// Where the identifier of the offer stands in it, from what comes next on.
    ids: VecDeque<Range<usize>>,
    own: String,
    /// How much of it is in steps.
    told: usize,
    shared: Vec<Arc<str>>,
    steps: Vec<Step>,
}

impl<'j> Packing<'j> {
    fn new(json: &'j str, id: Uuid) -> Self {
        let id = id.to_string();
        let ids = json.match_indices(&id);
        Self {
            json,
            ids: ids.map(|(at, id)| at..at + id.len()).collect(),
            own: String::with_capacity(json.len()),
            told: 0,
            shared: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Ends a piece of the offer's own with what follows it.
    fn end(&mut self, then: Then) {
        loop {
            let left = self.own.len().saturating_sub(self.told);
            let most = u16::try_from(left).unwrap_or(u16::MAX);
            // A step ends between characters.
            let fits = |own: &u16| self.own.is_char_boundary(self.told + usize::from(*own));
            let own = (0..=most).rev().find(fits).unwrap_or(most);
            self.told += usize::from(own);
            if usize::from(own) == left {
                self.steps.push(Step { own, then });
                return;
            }
            let then = Then::Own;
            self.steps.push(Step { own, then });
        }
    }

    /// Adds a part of it that cards have in common.
    fn share(&mut self, part: Range<usize>, texts: &Shared) {
        self.pieces(part, |packing, piece| {
            if !piece.is_empty() {
                packing.shared.push(texts.get(piece));
                packing.end(Then::Shared);
            }
        });
    }

    /// Adds a part of it that is the offer's own.
    fn keep(&mut self, part: Range<usize>) {
        self.pieces(part, |packing, piece| packing.own.push_str(piece));
    }

    /// Adds what is between the identifiers in a part, and these.
    fn pieces(&mut self, mut part: Range<usize>, add: impl Fn(&mut Self, &str)) {
        let json = self.json;
        while let Some(id) = self.ids.pop_front_if(|id| id.end <= part.end) {
            add(self, json.get(part.start..id.start).unwrap_or_default());
            self.end(Then::Id);
            part.start = id.end;
        }
        add(self, json.get(part).unwrap_or_default());
    }
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
        let own = one.own.len() + size_of_val(&*one.steps);
        assert!(own * 2 < one.len(), "{one:?}");
        assert!(!one.shared.is_empty());
        let pairs = one.shared.iter().zip(&other.shared);
        assert!(
            pairs
                .into_iter()
                .all(|(one, other)| Arc::ptr_eq(one, other))
        );
    }
}
