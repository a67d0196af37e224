//! What was answered, by status and problem, and what should not have been.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::Outcome;

/// For how long after the database is back writes may still be refused: connections are tried
/// again some seconds apart.
const GRACE: Duration = Duration::from_secs(10);

/// Who asks, which says what may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asker {
    /// Everybody, what the service answers by itself: never refused.
    Read,
    /// Everybody, what only the database knows.
    Record,
    /// The partner.
    Write,
}

impl Asker {
    const fn name(self) -> &'static str {
        match self {
            Self::Read => "public read",
            Self::Record => "read of the database",
            Self::Write => "write",
        }
    }
}

/// An answer as far as it is judged.
#[derive(Debug, Clone)]
pub(super) struct Told<'a> {
    pub(super) asked: &'a str,
    pub(super) status: u16,
    /// The slug of the problem, or nothing.
    pub(super) problem: String,
    /// Whether it says when to come back.
    pub(super) retry: bool,
}

/// All that was answered.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    answers: BTreeMap<(Asker, u16, String), u64>,
    /// What should not have been: how often, and the first time.
    faults: BTreeMap<String, (u64, String)>,
    cut: Option<Instant>,
    mended: Option<Instant>,
}

impl Counts {
    /// Whether the database is away, or was until a moment ago.
    fn is_away(&self, grace: Duration) -> bool {
        let back = self.mended.is_some_and(|mended| mended.elapsed() > grace);
        self.cut.is_some() && !back
    }
}

impl Tally {
    /// The database is taken away.
    pub(super) fn cut(&self) {
        self.lock().cut = Some(Instant::now());
    }

    /// It is given back.
    pub(super) fn mended(&self) {
        self.lock().mended = Some(Instant::now());
    }

    /// Whether the database is away.
    pub(super) fn is_away(&self) -> bool {
        self.lock().is_away(Duration::ZERO)
    }

    /// Counts an answer, and judges it; tells whether it is a good one.
    pub(super) fn answer(&self, asker: Asker, told: &Told<'_>) -> bool {
        let mut counts = self.lock();
        let Told {
            asked,
            status,
            problem,
            retry,
        } = told;
        let key = (asker, *status, problem.clone());
        *counts.answers.entry(key).or_default() += 1;
        let fault = match (asker, status) {
            (_, 200..=299 | 304) => return true,
            (Asker::Read, _) => "a public read is refused",
            (_, 503) if problem.is_empty() || !retry => "a 503 without a problem or Retry-After",
            (_, 503) if !counts.is_away(GRACE) => "a 503 while the database is there",
            (_, 503) => return false,
            (_, 500..) => "an error of the service",
            _ => return false,
        };
        note(&mut counts, fault, format!("{asked}: {status} {problem}"));
        false
    }

    /// Something that should not have been.
    pub(super) fn fault(&self, fault: &str, what: String) {
        note(&mut self.lock(), fault, what);
    }

    /// Whether nothing was wrong.
    pub(super) fn is_clean(&self) -> bool {
        self.lock().faults.is_empty()
    }

    /// Tells the answers, then the faults.
    pub(super) fn tell(&self, out: &mut dyn Write) -> Outcome<()> {
        let counts = self.lock();
        writeln!(out, "| asked | status | problem | answers |")?;
        writeln!(out, "|---|--:|---|--:|")?;
        for ((asker, status, problem), many) in &counts.answers {
            writeln!(out, "| {} | {status} | {problem} | {many} |", asker.name())?;
        }
        writeln!(out)?;
        for (fault, (many, first)) in &counts.faults {
            writeln!(out, "WRONG, {many} times: {fault}; first: {first}")?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn note(counts: &mut Counts, fault: &str, what: String) {
    let kept = counts.faults.entry(fault.to_owned());
    kept.or_insert((0, what)).0 += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u16, problem: &str, retry: bool) -> Told<'static> {
        Told {
            asked: "/",
            status,
            problem: problem.to_owned(),
            retry,
        }
    }

    #[test]
    fn a_write_may_be_refused_while_the_database_is_away_and_only_then() {
        let tally = Tally::default();
        let refused = told(503, "database-unavailable", true);
        tally.cut();
        assert!(!tally.answer(Asker::Write, &refused));
        assert!(!tally.answer(Asker::Record, &refused));
        tally.mended();
        assert!(!tally.answer(Asker::Write, &refused), "a moment after");
        assert!(tally.is_clean());
        let tally = Tally::default();
        tally.answer(Asker::Write, &refused);
        assert!(!tally.is_clean());
    }

    #[test]
    fn a_public_read_is_never_refused_and_no_error_is_bare() {
        for (asker, answer) in [
            (Asker::Read, told(503, "database-unavailable", true)),
            (Asker::Read, told(404, "not-found", false)),
            (Asker::Write, told(503, "", true)),
            (Asker::Write, told(503, "overloaded", false)),
            (Asker::Write, told(500, "internal", false)),
        ] {
            let tally = Tally::default();
            tally.cut();
            assert!(!tally.answer(asker, &answer));
            assert!(!tally.is_clean(), "{answer:?}");
        }
        let tally = Tally::default();
        assert!(tally.answer(Asker::Read, &told(304, "", false)));
        assert!(!tally.answer(Asker::Write, &told(409, "reference-taken", false)));
        assert!(tally.is_clean());
    }
}
