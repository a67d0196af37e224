//! A partner that writes every so often, in every way that there is, and once in a while a batch.

use std::{
    collections::{BTreeMap, VecDeque},
    ops::Range,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    ledger::{Ledger, State},
    tally::{Asker, Tally, Told},
};
use crate::{
    Outcome,
    client::{Answer, Client},
    partner::{Partner, new_word, reference, title},
    questions::text,
};

/// How many offers that were added are left before one is withdrawn.
const LEFT: usize = 3;

/// One who writes, and what it was told is kept.
pub(super) struct Writer<'a> {
    partner: &'a Partner,
    client: Client,
    tally: &'a Tally,
    ledger: Ledger,
    /// The references of what was added.
    added: VecDeque<String>,
    /// What was posted and not accepted yet: it is posted again.
    again: Option<(String, Value)>,
}

impl<'a> Writer<'a> {
    /// One who knows what is kept.
    pub(super) fn new(partner: &'a Partner, tally: &'a Tally, ledger: Ledger) -> Self {
        Self {
            partner,
            client: partner.client.clone(),
            tally,
            ledger,
            added: VecDeque::new(),
            again: None,
        }
    }

    /// Writes so many times a second until an instant, posts of these numbers and others; gives
    /// what it was told is kept.
    pub(super) fn write(mut self, posts: Range<usize>, rate: f64, end: Instant) -> Ledger {
        let interval = Duration::from_secs_f64(1.0 / rate);
        let mut due = Instant::now();
        for (turn, post) in posts.cycle().enumerate() {
            due = (due + interval).max(Instant::now());
            if due >= end {
                break;
            }
            thread::sleep(due.saturating_duration_since(Instant::now()));
            self.renew();
            self.once(turn, post);
        }
        self.ledger
    }

    fn once(&mut self, turn: usize, post: usize) {
        if let Some((reference, body)) = self.again.take() {
            return self.add(reference, body);
        }
        let new = format!("S-{turn:07}");
        let body = self.partner.post(post, &new);
        let named = text(&body, "/title");
        let change = json!({"title": named});
        match turn % 6 {
            0 => self.send("PUT", &reference(post), (&body, named)),
            1 | 4 => self.send("PATCH", &reference(post), (&change, named)),
            2 => {
                self.send("PUT", &new, (&body, named));
                self.added.push_back(new);
            }
            3 => self.add(new, body),
            _ if self.added.len() > LEFT => {
                let oldest = self.added.pop_front().unwrap_or_default();
                self.send("DELETE", &oldest, (&Value::Null, None));
            }
            _ => {}
        }
    }

    /// Posts an offer under a key, so that it can be posted again without being there twice.
    fn add(&mut self, reference: String, mut body: Value) {
        let named = text(&body, "/title");
        if let Some(body) = body.as_object_mut() {
            body.insert("reference".to_owned(), reference.clone().into());
        }
        let headers = [
            ("Content-Type", "application/json"),
            ("Idempotency-Key", reference.as_str()),
        ];
        let sent = self
            .client
            .send("POST", "/v1/offers", &headers, &body.to_string());
        let done = self.judge("POST /v1/offers", sent);
        let (status, problem) = done.map_or((503, String::new()), |answer| {
            (answer.status, answer.problem())
        });
        match status {
            200..=299 => {
                self.ledger.accepted(&reference, named);
                self.added.push_back(reference);
            }
            409 | 503 if status == 503 || problem == "idempotency-in-progress" => {
                self.ledger.unsure(&reference, named);
                self.again = Some((reference, body));
            }
            status => self.wrong(&reference, Some(status)),
        }
    }

    fn send(&mut self, method: &str, reference: &str, (body, state): (&Value, State)) {
        let path = format!("{}/{reference}", self.partner.own);
        let asked = format!("{method} {path}");
        let sent = self.client.write(method, &path, body);
        let done = self.judge(&asked, sent);
        match done.map(|answer| answer.status) {
            Some(200..=299) => self.ledger.accepted(reference, state),
            Some(500..) | None => self.ledger.unsure(reference, state),
            // It may be withdrawn, or never have been there, when an earlier answer did not say.
            Some(404 | 410) if !self.ledger.is_sure(reference) => {}
            status => self.wrong(reference, status),
        }
    }

    /// Sends a batch of posts of these numbers; gives what it was told is kept.
    pub(super) fn batch(mut self, posts: Range<usize>) -> Ledger {
        self.renew();
        let word = new_word('b');
        let named = Some(title(&word));
        let batches = self.partner.lines(posts.clone(), &word);
        let mut told = BTreeMap::new();
        for lines in &batches {
            let sent = self.partner.send(&self.client, lines);
            if let Some(answer) = self.judge("a batch", sent) {
                self.read(&answer, &mut told);
            }
        }
        for number in posts {
            let reference = reference(number);
            match told.get(&reference).map(String::as_str) {
                Some("refused") => self.wrong(&reference, None),
                Some(_) => self.ledger.accepted(&reference, named.clone()),
                None => self.ledger.unsure(&reference, named.clone()),
            }
        }
        self.ledger
    }

    /// The outcome of each line; a batch that the database left says so in its last line.
    fn read(&self, answer: &Answer, told: &mut BTreeMap<String, String>) {
        let lines = String::from_utf8_lossy(&answer.body);
        let mut ended = answer.status != 200;
        for line in lines.lines().filter(|_| answer.status == 200) {
            let line: Value = serde_json::from_str(line).unwrap_or_default();
            if let (Some(reference), Some(outcome)) =
                (text(&line, "/reference"), text(&line, "/outcome/code"))
            {
                told.insert(reference, outcome);
            }
            ended |= line.get("summary").is_some();
            if let Some(problem) = line.get("problem") {
                let status = problem.get("status").and_then(Value::as_u64);
                let slug = text(problem, "/type").unwrap_or_default();
                let slug = slug.rsplit('/').next().unwrap_or_default().to_owned();
                let told = Told {
                    asked: "the end of a batch",
                    status: status.and_then(|it| u16::try_from(it).ok()).unwrap_or(500),
                    problem: slug,
                    // The header went before the lines: a batch is sent again when one likes.
                    retry: true,
                };
                self.tally.answer(Asker::Write, &told);
            }
        }
        if !ended {
            self.tally.fault(
                "a batch ends without its summary",
                lines.lines().count().to_string(),
            );
        }
    }

    fn renew(&mut self) {
        match self.client.renew() {
            Ok(None) => {}
            Ok(Some(answer)) => drop(self.judge("POST /oauth/token", Ok(answer))),
            Err(error) => drop(self.judge("POST /oauth/token", Err(error))),
        }
    }

    /// The answer, once it is counted; nothing when there is none.
    fn judge(&self, asked: &str, sent: Outcome<Answer>) -> Option<Answer> {
        match sent {
            Ok(answer) => {
                let told = Told {
                    asked,
                    status: answer.status,
                    problem: answer.problem(),
                    retry: answer.retry_after.is_some(),
                };
                self.tally.answer(Asker::Write, &told);
                Some(answer)
            }
            Err(error) => {
                self.tally
                    .fault("a connection breaks", format!("{asked}: {error}"));
                None
            }
        }
    }

    fn wrong(&self, reference: &str, status: Option<u16>) {
        let what = format!("{reference}: {status:?}");
        self.tally.fault("a write is refused", what);
    }
}
