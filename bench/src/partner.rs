//! A partner with posts of its own, registered and shown to everybody, that a measure writes.

use std::{
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use api::kernel::clock::SystemClock;
use chrono::{DateTime, Utc};
use domain::{
    changes::EventType,
    kernel::{Clock, Id, civil_date},
    offers::{Life, Offer, OfferStatus, PartnerReference},
    partners,
};
use persistence::{
    Conn, DbError,
    offers::{self, OfferLine},
};
use serde_json::{Value, json};

use crate::{
    Outcome,
    client::{Answer, Client},
    database::Database,
    load::Connection,
    questions::text,
    wire::Request,
};

/// The most lines of a batch.
const BATCH: usize = 50_000;
/// How many posts are registered in a transaction.
const AT_ONCE: usize = 500;
/// How long what was written may take to be found before that is told as a failure.
const PATIENCE: Duration = Duration::from_mins(2);

/// A partner, its client, and how many posts it has.
#[derive(Debug)]
pub(crate) struct Partner {
    pub(crate) client: Client,
    /// Where its offers are.
    pub(crate) own: String,
    id: String,
    address: SocketAddr,
    /// What posts are made like.
    sample: Vec<Value>,
}

/// What became of the lines of batches.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Summary {
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) unchanged: u64,
    pub(crate) refused: u64,
}

impl Partner {
    /// A new partner of the service at this address, without any post yet.
    pub(crate) fn new(at: (&str, SocketAddr), sample: &[Value]) -> Outcome<Self> {
        let agency = Client::new(at, "agency", "", "partners:write")?;
        let host = json!({
            "name": "Hôte fictif des mesures",
            "kind": "state_service",
            "roles": ["tig_host"],
            "host_kind": "public_body",
            "address": {"commune": "33063"},
        });
        let host = agency.write("POST", "/v1/partners", &host)?.json(201)?;
        let id = text(&host, "/id").ok_or("a partner without an id")?;
        let scopes = "offers:write,offers:read-restricted";
        let posts = |offer: &&Value| {
            offer.pointer("/slots/0").is_some() && offer.pointer("/position/lat").is_some()
        };
        Ok(Self {
            client: Client::new(at, "partner", &format!("partner={id}"), scopes)?,
            own: format!("/v1/partners/{id}/offers"),
            id,
            address: at.1,
            sample: sample.iter().filter(posts).cloned().collect(),
        })
    }

    /// What the partner says of a post, whose title has this word.
    pub(crate) fn post(&self, number: usize, word: &str) -> Value {
        let like = self.sample.get(number % self.sample.len().max(1));
        let of = |pointer: &str| like.and_then(|like| text(like, pointer));
        let position = like.and_then(|like| like.get("position"));
        let degrees = |name: &str| position.and_then(|position| position.get(name)).cloned();
        json!({
            "kind": "tig",
            "title": title(word),
            "description": "Tonte, taille et désherbage des parcs et des berges.",
            "commune": of("/commune/code"),
            "position": {"lat": degrees("lat"), "lon": degrees("lon")},
            "diffusion": "public",
            "permanent": true,
            "places": 1 + number % 3,
            "hours_per_week": 20,
            "measures": ["tig"],
            "form": "individual",
            "field": of("/field/code"),
            "audiences": ["adults"],
            "slots": [of("/slots/0/code")],
            "licence_needed": false,
            "vehicle_needed": false,
            "particular_risks": false,
            "care_establishment": false,
            "host_named": true,
            "submit": true,
        })
    }

    /// The lines of posts with these numbers, a batch a text.
    pub(crate) fn lines(&self, numbers: std::ops::Range<usize>, word: &str) -> Vec<String> {
        let numbers: Vec<usize> = numbers.collect();
        let line = |number: &usize| {
            let mut post = self.post(*number, word);
            if let Some(post) = post.as_object_mut() {
                post.insert("reference".to_owned(), reference(*number).into());
            }
            format!("{post}\n")
        };
        let some = |numbers: &[usize]| numbers.iter().map(line).collect();
        numbers.chunks(BATCH).map(some).collect()
    }

    /// Sends a batch by a client of the partner.
    pub(crate) fn send(&self, client: &Client, lines: &str) -> Outcome<Answer> {
        let kind = [("Content-Type", "application/x-ndjson")];
        let address = format!("{}/batch", self.own);
        client.send("POST", &address, &kind, lines)
    }

    /// Sends batches in a row, of which no line may be refused.
    pub(crate) fn send_all(&self, batches: &[String]) -> Outcome<Summary> {
        let mut all = Summary::default();
        for lines in batches {
            let answer = self.send(&self.client, lines)?;
            let told = String::from_utf8(answer.body)?;
            let end: Value = serde_json::from_str(told.lines().last().unwrap_or_default())?;
            let count = |name: &str| end.pointer(&format!("/summary/{name}"))?.as_u64();
            all.created += count("created").ok_or_else(|| told.clone())?;
            all.updated += count("updated").unwrap_or(0);
            all.unchanged += count("unchanged").unwrap_or(0);
            all.refused += count("refused").unwrap_or(0);
            if end.get("problem").is_some() || all.refused > 0 {
                let refused = told.lines().find(|line| line.contains("refused"));
                return Err(format!("a batch is refused: {}", refused.unwrap_or(&told)).into());
            }
        }
        Ok(all)
    }

    /// Gives the partner posts with these numbers, which everybody finds.
    pub(crate) fn settle(
        &self,
        database: &Database,
        numbers: std::ops::Range<usize>,
        word: &str,
    ) -> Outcome<()> {
        self.send_all(&self.lines(numbers.clone(), word))?;
        let db = database.open()?;
        let partner = Id::new(self.id.parse()?);
        let references: Vec<PartnerReference> = numbers
            .clone()
            .map(|number| Ok(reference(number).parse()?))
            .collect::<Outcome<_>>()?;
        for some in references.chunks(AT_ONCE) {
            db.write_blocking(|conn| register(conn, partner, some))?;
        }
        self.found(word, numbers.len())?;
        Ok(())
    }

    /// Waits until everybody finds as many posts by a word; tells how long it took.
    pub(crate) fn found(&self, word: &str, many: usize) -> Outcome<Duration> {
        let asked = Instant::now();
        let mut connection = Connection::open(self.address)?;
        let request = Request::get(&format!("/v1/offers?limit=1&q={word}"), None);
        loop {
            let whole = connection.ask(&request)?;
            let body = connection.answer().get(whole.body..).unwrap_or_default();
            let page: Value = serde_json::from_slice(body)?;
            let total = page.get("total").and_then(Value::as_u64);
            if total == u64::try_from(many).ok() {
                return Ok(asked.elapsed());
            }
            if asked.elapsed() > PATIENCE {
                return Err(format!("{total:?} of {many} offers are found by {word}").into());
            }
            // The measure is of milliseconds: a wait is short, and leaves the processor.
            thread::sleep(Duration::from_micros(100));
        }
    }
}

/// The title of a post with this word.
pub(crate) fn title(word: &str) -> String {
    format!("Entretien des espaces verts {word}")
}

/// The partner's own name for its post of this number.
pub(crate) fn reference(number: usize) -> String {
    format!("M-{number:06}")
}

/// Whether this is the name of one of those posts, which everybody finds.
pub(crate) fn is_shown(reference: &str) -> bool {
    reference.starts_with("M-")
}

/// A word that no offer has, another one each millisecond. With few letters it is never taken to
/// be mistyped, and with few digits not for the number of somebody.
pub(crate) fn new_word(letter: char) -> String {
    let now = SystemClock.now().timestamp_millis();
    format!("{letter}{:09}", now.rem_euclid(1_000_000_000))
}

/// Registers posts, as the authorities would one by one.
fn register(
    conn: &mut Conn,
    partner: Id<partners::Partner>,
    references: &[PartnerReference],
) -> Result<(), DbError> {
    let at = SystemClock.now();
    let unfit = |what: String| DbError::Unavailable(what);
    let actor = "cli:bench"
        .parse()
        .map_err(|_unfit| unfit("no actor".to_owned()))?;
    let mut lines = Vec::with_capacity(references.len());
    for offer in offers::many_by_reference(conn, partner, references)? {
        let life = registered(&offer, at);
        let (keeper, content) = (offer.keeper().clone(), offer.content().clone());
        let offer = Offer::restore(offer.id, offer.record, keeper, content, life);
        lines.push(OfferLine {
            offer: offer.map_err(|refusals| unfit(format!("{refusals:?}")))?,
            events: vec![EventType::OfferRegistered],
        });
    }
    for saved in offers::save_lines(conn, &lines, at, &actor)? {
        saved.map_err(|refusal| unfit(refusal.to_string()))?;
    }
    Ok(())
}

fn registered(offer: &Offer, at: DateTime<Utc>) -> Life {
    Life {
        status: OfferStatus::Registered,
        filed_on: Some(civil_date(at)),
        registered_for: offer.content().audiences(),
        published_at: Some(at),
        ..offer.life().clone()
    }
}
