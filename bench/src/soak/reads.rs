//! Reads at a pace that is kept, whatever becomes of each.

use std::{
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::tally::{Asker, Tally, Told};
use crate::{
    Outcome,
    client::problem,
    load::{Connection, Found, count},
    questions::{Question, Sort, draw, text},
    wire::{Request, header},
};

/// How many questions of each sort are asked, again and again.
const OF_A_SORT: usize = 200;
/// What is asked besides questions about offers.
const OTHERS: [&str; 14] = [
    "/v1/establishments?limit=10&facets=kind,region",
    "/v1/establishments/summary",
    "/v1/establishments/clusters?bbox=-5,42,8,51&zoom=5",
    "/v1/offers/clusters?bbox=-5,42,8,51&zoom=5",
    "/v1/offers?limit=100&facets=kind,field,region",
    "/v1/suggest?q=entre",
    "/v1/partners?limit=10",
    "/v1/contacts?purpose=production&departement=47",
    "/v1/territories/regions",
    "/v1/activities",
    "/v1/code-lists/offer-kinds",
    "/v1/limits",
    "/health/ready",
    "/openapi.json",
];
/// How many questions about offers are asked between two that are not.
const APART: usize = 20;

/// What is asked, by everybody.
#[derive(Debug)]
pub(super) struct Reads {
    address: SocketAddr,
    asker: Asker,
    asked: Vec<(String, Request)>,
}

/// What the answers took, with the database there and away.
#[derive(Debug, Default)]
pub(super) struct Times {
    there: Vec<Duration>,
    away: Vec<Duration>,
}

impl Reads {
    /// Questions of every sort, of which the service knows the answers by itself.
    pub(super) fn public(address: SocketAddr, sample: &[Value], seed: u64) -> Outcome<Self> {
        let mut targets = Vec::new();
        for sort in Sort::ALL {
            let questions = draw(sort, sample, OF_A_SORT, seed)?;
            targets.push(questions.iter().map(Question::target).collect::<Vec<_>>());
        }
        let mut others = OTHERS.iter().cycle();
        let mut mixed = Vec::new();
        for place in 0..OF_A_SORT {
            mixed.extend(targets.iter().filter_map(|of| of.get(place)).cloned());
            if place % APART == 0 {
                mixed.extend(others.next().map(|it| (*it).to_owned()));
            }
        }
        mixed.push("/v1/offers/export?format=ndjson".to_owned());
        Ok(Self::new(address, Asker::Read, mixed))
    }

    /// What has to be asked of the database.
    pub(super) fn records(address: SocketAddr, sample: &[Value]) -> Self {
        let ids = sample.iter().filter_map(|offer| text(offer, "/id"));
        let asked = ids.take(OF_A_SORT).flat_map(|id| {
            let publication = format!("/v1/offers/{id}/publication");
            [publication, "/v1/changes?limit=10".to_owned()]
        });
        Self::new(address, Asker::Record, asked.collect())
    }

    fn new(address: SocketAddr, asker: Asker, targets: Vec<String>) -> Self {
        let request = |target: String| {
            let request = Request::get(&target, None);
            (target, request)
        };
        Self {
            address,
            asker,
            asked: targets.into_iter().map(request).collect(),
        }
    }

    /// Asks over so many connections, so many a second in all, until an instant.
    pub(super) fn ask(
        &self,
        (connections, rate): (usize, f64),
        end: Instant,
        tally: &Tally,
    ) -> Outcome<Times> {
        let interval = Duration::from_secs_f64(count(connections) / rate);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..connections)
                .map(|own| {
                    let due = Instant::now() + interval.mul_f64(count(own) / count(connections));
                    let first = own * self.asked.len() / connections;
                    scope.spawn(move || self.ask_on_one(first, (due, interval), end, tally))
                })
                .collect();
            let mut all = Times::default();
            for thread in threads {
                let times = thread.join().map_err(|_panic| "a reader panicked")?;
                all.there.extend(times.there);
                all.away.extend(times.away);
            }
            Ok(all)
        })
    }

    fn ask_on_one(
        &self,
        first: usize,
        (mut due, interval): (Instant, Duration),
        end: Instant,
        tally: &Tally,
    ) -> Times {
        let mut times = Times::default();
        let mut connection = None;
        for (target, request) in self.asked.iter().cycle().skip(first) {
            if due >= end {
                break;
            }
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let away = tally.is_away();
            match self.exchange(&mut connection, (target, request), tally) {
                Ok(()) if away => times.away.push(due.elapsed()),
                Ok(()) => times.there.push(due.elapsed()),
                Err(error) => {
                    connection = None;
                    tally.fault("a connection breaks", format!("{target}: {error}"));
                }
            }
            // One that waited is not followed by all that it kept waiting.
            due = (due + interval).max(Instant::now());
        }
        times
    }

    fn exchange(
        &self,
        connection: &mut Option<Connection>,
        (target, request): (&str, &Request),
        tally: &Tally,
    ) -> Outcome<()> {
        let mut open = match connection.take() {
            Some(open) => open,
            None => Connection::open(self.address)?,
        };
        let whole = open.exchange(request)?;
        let told = |name| header(open.answer(), whole, name);
        let body = open.answer().get(whole.body..whole.end).unwrap_or_default();
        let closes = told("connection") == Some("close");
        let told = Told {
            asked: target,
            status: whole.status,
            problem: problem(told("content-type").unwrap_or_default(), body),
            retry: told("retry-after").is_some(),
        };
        let good = tally.answer(self.asker, &told);
        if !good && told.status < 500 {
            tally.fault("a read is refused", format!("{target}: {}", told.status));
        }
        if !closes {
            *connection = Some(open);
        }
        Ok(())
    }
}

impl Times {
    /// Those with the database there, and those while it was away.
    pub(super) fn found(self, lasted: Duration) -> (Found, Found) {
        (
            Found::new(self.there, lasted),
            Found::new(self.away, lasted),
        )
    }
}
