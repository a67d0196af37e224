//! What the service holds over time, and whether it grows.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::tally::Tally;
use crate::{Outcome, process::Process};

/// By how much what is held may have grown, as a share.
const GROWTH: f64 = 0.10;
/// How often it is looked at, in a run that is long enough for that.
const EVERY: Duration = Duration::from_secs(5);
/// How often it is looked at, at least, in one that is not.
const SAMPLES: u32 = 50;

/// What was held at a time.
#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Duration,
    megabytes: f64,
    /// Whether it counts: the database was there.
    counts: bool,
}

/// What was held over a whole run.
#[derive(Debug)]
pub(super) struct Memory {
    lasted: Duration,
    samples: Vec<Sample>,
}

impl Memory {
    /// Looks until the end of a run.
    pub(super) fn watch(
        service: &Process,
        (begun, lasting): (Instant, Duration),
        tally: &Tally,
    ) -> Outcome<Self> {
        let every = EVERY.min(lasting / SAMPLES);
        let mut samples = Vec::new();
        while begun.elapsed() < lasting {
            let kilobytes = u32::try_from(service.resident()? / 1_000)?;
            samples.push(Sample {
                at: begun.elapsed(),
                megabytes: f64::from(kilobytes) / 1_000.0,
                counts: !tally.is_away(),
            });
            thread::sleep(every.min(lasting.saturating_sub(begun.elapsed())));
        }
        Ok(Self {
            lasted: lasting,
            samples,
        })
    }

    /// What was held at the start, in the middle and at the end, in megabytes.
    pub(super) fn course(&self) -> [f64; 3] {
        let at = |place: usize| self.samples.get(place).map_or(0.0, |it| it.megabytes);
        let many = self.samples.len();
        [at(0), at(many / 2), at(many.saturating_sub(1))]
    }

    /// The middle of the second fifth and of the last: the first is taken to fill what is filled
    /// once.
    pub(super) fn fifths(&self) -> Outcome<(f64, f64)> {
        let second = self.median(1).ok_or("too short for memory to be judged")?;
        let last = self.median(4).ok_or("too short for memory to be judged")?;
        Ok((second, last))
    }

    fn median(&self, fifth: u32) -> Option<f64> {
        let (from, to) = (self.lasted * fifth / 5, self.lasted * (fifth + 1) / 5);
        let within = |it: &&Sample| it.counts && it.at >= from && it.at < to;
        let held = self.samples.iter().filter(within);
        let mut held: Vec<f64> = held.map(|it| it.megabytes).collect();
        held.sort_by(f64::total_cmp);
        held.get(held.len() / 2).copied()
    }
}

/// By how much what is held has grown, as a share, and whether that is too much.
pub(super) fn growth((second, last): (f64, f64)) -> (f64, bool) {
    let share = last / second - 1.0;
    (share, share > GROWTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(held: &[f64], away: std::ops::Range<usize>) -> Memory {
        let samples = held.iter().enumerate().map(|(place, megabytes)| Sample {
            at: Duration::from_secs(u64::try_from(place).unwrap()),
            megabytes: *megabytes,
            counts: !away.contains(&place),
        });
        Memory {
            lasted: Duration::from_secs(u64::try_from(held.len()).unwrap()),
            samples: samples.collect(),
        }
    }

    #[test]
    fn the_last_fifth_is_held_against_the_second() {
        let held = [1.0, 2.0, 100.0, 101.0, 500.0, 400.0, 0.0, 0.0, 112.0, 111.0];
        let memory = memory(&held, 0..0);
        assert_eq!(format!("{:?}", memory.fifths().unwrap()), "(101.0, 112.0)");
        assert_eq!(format!("{:?}", memory.course()), "[1.0, 400.0, 111.0]");
        assert!(growth((100.0, 111.0)).1 && !growth((100.0, 109.0)).1);
    }

    #[test]
    fn what_was_held_while_the_database_was_away_does_not_count() {
        let held = [1.0, 2.0, 100.0, 101.0, 0.0, 0.0, 0.0, 0.0, 900.0, 100.0];
        let (_, last) = memory(&held, 4..9).fifths().unwrap();
        assert!((last - 100.0).abs() < f64::EPSILON, "{last}");
        assert!(memory(&held, 4..10).fifths().is_err());
    }
}
