//! A card in memory: its JSON, of which what cards have in common is kept once.
//!
//! The members that say where an offer is, whose it is and of what sort are the same in many
//! cards: each run of them is a text that those cards share. What is left is an offer's own; in
//! it, the name of a member takes a byte.

use std::sync::Arc;

use uuid::Uuid;

use crate::kernel::shared::Shared;

/// In the place of the next text that is shared; JSON has no such character but escaped.
const NEXT: char = '\u{1}';
/// In the place of the identifier of the offer.
const ID: char = '\u{2}';
/// The first character that stands for the name of a member, and the others after it.
const FIRST_NAME: u8 = 3;

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
    length: u32,
}

impl PackedCard {
    /// Packs the card of an offer.
    pub(super) fn new(json: &str, id: Uuid, texts: &Shared) -> Self {
        let json_with_mark = json.replace(&id.to_string(), &ID.to_string());
        let (mut own, mut shared, mut run) = (String::new(), Vec::new(), String::new());
        let mut end = |run: &mut String, own: &mut String| {
            if !run.is_empty() {
                own.push(NEXT);
                shared.push(texts.get(run));
                run.clear();
            }
        };
        for (name, member) in members(&json_with_mark) {
            let mark = OWN.iter().zip(FIRST_NAME..).find(|(own, _)| **own == name);
            if mark.is_some() || APART.contains(&name) {
                end(&mut run, &mut own);
            }
            match mark {
                None => run.push_str(member),
                Some((name, mark)) => match value(member, name) {
                    Some(value) => own.extend([&*char::from(mark).to_string(), value]),
                    None => own.push_str(member),
                },
            }
        }
        end(&mut run, &mut own);
        Self {
            own: own.into_boxed_str(),
            shared: shared.into_boxed_slice(),
            length: u32::try_from(json.len()).unwrap_or(u32::MAX),
        }
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX)
    }

    /// Writes the card of this offer.
    pub(super) fn write(&self, id: Uuid, json: &mut String) {
        let mut shared = self.shared.iter();
        let mut buffer = Uuid::encode_buffer();
        let id: &str = id.hyphenated().encode_lower(&mut buffer);
        pieces(&self.own, json, &mut |mark, json| match mark {
            NEXT => {
                let text = shared.next().map_or("", |text| &**text);
                pieces(text, json, &mut |_, json| json.push_str(id));
            }
            ID => json.push_str(id),
            mark => {
                let place = u8::try_from(mark)
                    .ok()
                    .and_then(|it| it.checked_sub(FIRST_NAME));
                let name = place.and_then(|place| OWN.get(usize::from(place)));
                json.extend([",\"", name.copied().unwrap_or_default(), "\":"]);
            }
        });
    }
}

/// What is after the name of a member that is not the first.
fn value<'m>(member: &'m str, name: &str) -> Option<&'m str> {
    let value = member.strip_prefix(",\"")?.strip_prefix(name)?;
    value.strip_prefix("\":")
}

/// Writes what is between marks, and lets each mark be written.
fn pieces(text: &str, json: &mut String, marked: &mut dyn FnMut(char, &mut String)) {
    let mut rest = text;
    while let Some(place) = rest.bytes().position(|byte| byte < b' ') {
        let (before, after) = rest.split_at(place);
        json.push_str(before);
        let mut following = after.chars();
        if let Some(mark) = following.next() {
            marked(mark, json);
        }
        rest = following.as_str();
    }
    json.push_str(rest);
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
        assert!(one.own.len() * 4 < one.len(), "{:?}", one.own);
        assert!(!one.shared.is_empty());
        let pairs = one.shared.iter().zip(&other.shared);
        assert!(
            pairs
                .into_iter()
                .all(|(one, other)| Arc::ptr_eq(one, other))
        );
    }
}
