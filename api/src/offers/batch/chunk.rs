//! Some lines of a batch, written in one transaction: each is what a `PUT` by its reference would
//! be, after those before it.

use std::collections::HashMap;

use domain::{
    changes::EventType,
    kernel::{Id, Refusal, RefusalCode},
    offers::{LineOutcome, MoveRefused, Offer, PartnerReference, Written},
    partners::Partner,
};
use persistence::{
    Conn, Saved, let_others_go,
    offers::{self, OfferLine, OfferRefusal, syncs::SyncCounts},
};

use super::told::LineResult;
use crate::{
    kernel::{
        body::{Bounds, Node, parse, patch::member},
        lines::{Line, MAX_LINE},
        problem::ApiError,
        write::Write,
    },
    offers::{
        create::{establishment, posted, reading},
        payload::{Keeping, Sent, line},
        write::is_within,
    },
    platform::Platform,
};

/// A line, once it is read.
pub(super) struct ReadLine {
    number: usize,
    reference: Option<PartnerReference>,
    sent: Result<Sent, Vec<Refusal>>,
}

/// What came of some lines.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) results: Vec<LineResult>,
    pub(super) counts: SyncCounts,
    /// The references of the lines, of those that are refused too.
    pub(super) seen: Vec<PartnerReference>,
}

/// Reads lines: what each says, or why it is refused.
pub(super) fn read(lines: Vec<Line>, write: &Write, platform: &Platform) -> Vec<ReadLine> {
    let known = |name: &str| establishment(platform, name);
    let reading = reading(write, &known);
    let read = |Line { number, bytes }: Line| {
        let parsed = bytes.map(|bytes| {
            let bounds = Bounds {
                bytes: MAX_LINE,
                ..Bounds::default()
            };
            parse(&bytes, bounds).map_err(|error| error.to_string())
        });
        let node = match parsed {
            Some(Ok(node)) => node,
            Some(Err(detail)) => return unreadable(number, RefusalCode::Format, detail),
            None => {
                let detail = format!("a line has {MAX_LINE} bytes at most");
                return unreadable(number, RefusalCode::Length, detail);
            }
        };
        match line(&node, reading) {
            Ok((reference, sent)) => ReadLine {
                number,
                reference: Some(reference),
                sent: Ok(sent),
            },
            Err(refusals) => ReadLine {
                number,
                reference: named(&node),
                sent: Err(refusals),
            },
        }
    };
    let lines = lines.into_iter().inspect(|_| let_others_go());
    lines.map(read).collect()
}

fn unreadable(number: usize, code: RefusalCode, detail: String) -> ReadLine {
    ReadLine {
        number,
        reference: None,
        sent: Err(vec![Refusal::new("", code, detail)]),
    }
}

/// The reference of a line that is refused for something else.
fn named(node: &Node) -> Option<PartnerReference> {
    match member(node, "reference")? {
        Node::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// Writes lines, or says what they would come to.
pub(super) fn write(
    conn: &mut Conn,
    write: &Write,
    partner: Id<Partner>,
    lines: Vec<ReadLine>,
    dry: bool,
) -> Result<Outcome, ApiError> {
    let references: Vec<_> = lines.iter().filter_map(|it| it.reference.clone()).collect();
    let kept = offers::many_by_reference(conn, partner, &references)?;
    let mut chunk = Chunk {
        write,
        partner,
        places: HashMap::new(),
        offers: Vec::new(),
        told: Vec::new(),
    };
    for offer in kept {
        chunk.hold(offer, None);
    }
    for line in lines {
        chunk.take(line)?;
    }
    let refused = if dry {
        HashMap::new()
    } else {
        chunk.save(conn)?
    };
    Ok(chunk.outcome(&refused, dry, references))
}

/// An offer of the chunk, as the lines so far leave it.
struct Held {
    offer: Offer,
    /// What the lines did to it.
    events: Vec<EventType>,
    /// Whether it is kept already.
    kept: bool,
}

/// What a line comes to, unless its offer is not saved.
struct Told {
    number: usize,
    reference: Option<PartnerReference>,
    outcome: Result<(LineOutcome, usize), Vec<Refusal>>,
}

struct Chunk<'a> {
    write: &'a Write,
    partner: Id<Partner>,
    places: HashMap<PartnerReference, usize>,
    offers: Vec<Held>,
    told: Vec<Told>,
}

impl Chunk<'_> {
    fn hold(&mut self, offer: Offer, new: Option<Vec<EventType>>) -> usize {
        let place = self.offers.len();
        if let Some(reference) = offer.keeper().reference() {
            self.places.insert(reference.clone(), place);
        }
        self.offers.push(Held {
            offer,
            kept: new.is_none(),
            events: new.unwrap_or_default(),
        });
        place
    }

    fn take(&mut self, line: ReadLine) -> Result<(), ApiError> {
        let outcome = match (line.sent, &line.reference) {
            (Ok(sent), Some(reference)) => self.apply(reference.clone(), sent)?,
            (Ok(_), None) => Err(Vec::new()),
            (Err(refusals), _) => Err(refusals),
        };
        self.told.push(Told {
            number: line.number,
            reference: line.reference,
            outcome,
        });
        Ok(())
    }

    /// What a `PUT` of the line would do.
    fn apply(
        &mut self,
        reference: PartnerReference,
        sent: Sent,
    ) -> Result<Result<(LineOutcome, usize), Vec<Refusal>>, ApiError> {
        let place = self.places.get(&reference).copied();
        let held = place.and_then(|place| Some((place, self.offers.get_mut(place)?)));
        let Some((place, held)) = held else {
            let keeping = Keeping {
                partner: Some(self.partner),
                reference: Some(reference),
            };
            let (offer, events) = posted(self.write, keeping, sent)?;
            if !is_within(self.write, &offer) {
                return Ok(Err(out_of_reach()));
            }
            return Ok(Ok((LineOutcome::Created, self.hold(offer, Some(events)))));
        };
        if !is_within(self.write, &held.offer) {
            return Ok(Err(out_of_reach()));
        }
        let at = self.write.clock.now();
        match held.offer.put(sent.content, sent.submit, at) {
            Ok(Written::Unchanged) => Ok(Ok((LineOutcome::Unchanged, place))),
            Ok(Written::Changed(moved)) if is_within(self.write, &moved.offer) => {
                held.offer = moved.offer;
                held.events.push(moved.event);
                Ok(Ok((LineOutcome::Updated, place)))
            }
            Ok(Written::Changed(_)) => Ok(Err(out_of_reach())),
            Err(why) => Ok(Err(refusals(&why))),
        }
    }

    /// Saves what the lines changed; those that a rule of the database refuses, by their places.
    fn save(&self, conn: &mut Conn) -> Result<HashMap<usize, OfferRefusal>, ApiError> {
        let changed = self.offers.iter().enumerate();
        let changed = changed.filter(|(_, held)| !held.events.is_empty());
        let (places, lines): (Vec<usize>, Vec<OfferLine>) = changed
            .map(|(place, held)| {
                let line = OfferLine {
                    offer: held.offer.clone(),
                    events: held.events.clone(),
                };
                (place, line)
            })
            .unzip();
        let at = self.write.clock.now();
        let saved = offers::save_lines(conn, &lines, at, &self.write.actor)?;
        let refused =
            |(place, saved): (usize, Result<Saved, OfferRefusal>)| Some((place, saved.err()?));
        Ok(places.into_iter().zip(saved).filter_map(refused).collect())
    }

    fn outcome(
        self,
        refused: &HashMap<usize, OfferRefusal>,
        dry: bool,
        seen: Vec<PartnerReference>,
    ) -> Outcome {
        let mut outcome = Outcome {
            seen,
            ..Outcome::default()
        };
        for told in self.told {
            let reference = told.reference.map(|it| it.to_string());
            let unsaved = |place: &usize| refused.get(place).copied();
            let done = match told.outcome {
                Ok((done, place)) => match unsaved(&place) {
                    Some(why) => Err(not_saved(why)),
                    None => Ok((done, place)),
                },
                Err(refusals) => Err(refusals),
            };
            let result = match done {
                Ok((done, place)) => {
                    outcome.counts.add(done);
                    let held = self.offers.get(place);
                    let id = held.filter(|held| held.kept || !dry);
                    let id = id.map(|held| held.offer.id);
                    LineResult::written(told.number, &reference.unwrap_or_default(), done, id)
                }
                Err(refusals) => {
                    outcome.counts.add(LineOutcome::Refused);
                    LineResult::refused(told.number, reference, refusals)
                }
            };
            outcome.results.push(result);
        }
        outcome
    }
}

fn out_of_reach() -> Vec<Refusal> {
    vec![Refusal::new(
        "",
        RefusalCode::NotAllowedHere,
        "the offer is outside your perimeter",
    )]
}

fn refusals(why: &MoveRefused) -> Vec<Refusal> {
    let at = |pointer: &str| {
        vec![Refusal::new(
            pointer,
            RefusalCode::Inconsistent,
            why.to_string(),
        )]
    };
    match why {
        MoveRefused::Invalid(refusals) => refusals.clone(),
        MoveRefused::PlacesHeld { .. } => at("/places"),
        _ => at(""),
    }
}

fn not_saved(why: OfferRefusal) -> Vec<Refusal> {
    let pointer = match why {
        OfferRefusal::ReferenceTaken => "/reference",
        OfferRefusal::PartnerUnknown(_) => "",
        OfferRefusal::EstablishmentUnknown(_) => "/establishment",
    };
    vec![Refusal::new(
        pointer,
        RefusalCode::NotFound,
        why.to_string(),
    )]
}
