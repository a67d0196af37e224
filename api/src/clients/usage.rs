//! What each client asks, counted in memory and written down every few seconds, so that the nodes
//! add up.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{Days, NaiveDate};
use domain::{clients::Client, kernel::Id};
use persistence::{Db, DbError, clients::usage};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    kernel::limits::{Standing, WINDOW_S},
    platform::Platform,
};

/// How often counts are written down.
const EVERY: Duration = Duration::from_secs(10);
/// For how many days counts are kept, today included.
const KEPT_DAYS: u64 = 31;

/// What clients asked since it was last written down.
#[derive(Debug, Default)]
pub struct Tally(Mutex<Counts>);

type Counts = HashMap<(NaiveDate, Id<Client>), usage::Usage>;

impl Tally {
    /// Counts a request of a client.
    pub fn count(&self, client: Id<Client>, day: NaiveDate, refused: bool) {
        let counts = &mut *self.counts();
        let asked = counts.entry((day, client)).or_default();
        *asked = sum(
            *asked,
            usage::Usage {
                requests: 1,
                refusals: i64::from(refused),
            },
        );
    }

    fn of(&self, client: Id<Client>, day: NaiveDate) -> usage::Usage {
        self.counts()
            .get(&(day, client))
            .copied()
            .unwrap_or_default()
    }

    fn take(&self) -> Counts {
        mem::take(&mut *self.counts())
    }

    fn give_back(&self, counts: Counts) {
        let mut kept = self.counts();
        for (key, asked) in counts {
            let entry = kept.entry(key).or_default();
            *entry = sum(*entry, asked);
        }
    }

    /// A panic elsewhere leaves counts whole: each change is a single store.
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sum(a: usage::Usage, b: usage::Usage) -> usage::Usage {
    usage::Usage {
        requests: a.requests.saturating_add(b.requests),
        refusals: a.refusals.saturating_add(b.refusals),
    }
}

/// Writes counts down every few seconds, until the task is dropped.
pub async fn keep(platform: &Platform, db: &Db) {
    loop {
        tokio::time::sleep(EVERY).await;
        write_down(platform, db).await;
    }
}

/// Writes down what clients asked; what cannot be written now is kept for the next time.
pub async fn write_down(platform: &Platform, db: &Db) {
    let counts = platform.tally.take();
    if counts.is_empty() {
        return;
    }
    let mut by_day: HashMap<NaiveDate, Vec<(Id<Client>, usage::Usage)>> = HashMap::new();
    for ((day, client), asked) in &counts {
        by_day.entry(*day).or_default().push((*client, *asked));
    }
    let written = db.write(move |conn| {
        by_day
            .iter()
            .try_for_each(|(day, asked)| usage::add(conn, *day, asked))
    });
    let written: Result<(), DbError> = written.await;
    if let Err(error) = written {
        platform.tally.give_back(counts);
        log::debug!(target: "atigip", cause:% = error; "What clients asked is not written down yet.");
    }
}

/// What a client has asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Usage)]
pub(super) struct UsageOutput {
    /// What this request has left of each limit it counts against, on the node that answered it:
    /// each node counts what it answers.
    #[schema(max_items = 20)]
    limits: Vec<LimitUsage>,
    /// The last 31 days on which the client asked something, the latest first, all nodes together:
    /// a node writes its part down every ten seconds. Absent while the database is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 31, nullable = false)]
    days: Option<Vec<DayUsage>>,
}

/// What is left of a limit.
#[derive(Debug, Serialize, ToSchema)]
struct LimitUsage {
    /// Its name, as in `RateLimit` and `/v1/limits`.
    #[schema(max_length = 40, pattern = "^[a-z-]+$", example = "client")]
    name: &'static str,
    /// Requests allowed in one window.
    #[schema(minimum = 1, maximum = 4_294_967_295_i64, example = 6000)]
    quota: u32,
    /// The window, in seconds.
    #[schema(minimum = 1, maximum = 86400, example = 60)]
    window_s: u32,
    /// Requests that are used and have not come back, this one included.
    #[schema(minimum = 0, maximum = 4_294_967_295_i64, example = 1)]
    used: u32,
    /// Requests that are left.
    #[schema(minimum = 0, maximum = 4_294_967_295_i64, example = 5999)]
    remaining: u32,
    /// In how many seconds the quota is whole again.
    #[schema(minimum = 0, maximum = 86400, example = 1)]
    reset_s: u32,
}

/// What was asked on a day.
#[derive(Debug, Serialize, ToSchema)]
struct DayUsage {
    /// The day, in Paris.
    #[schema(format = Date, max_length = 10, example = "2026-07-01")]
    day: String,
    /// The requests with a good token of the client, whatever the answer.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 1204)]
    requests: i64,
    /// Those of them that were answered by 400 or more.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 3)]
    refusals: i64,
}

impl UsageOutput {
    /// That of a client, of which this is left.
    pub(super) async fn of(
        platform: &Platform,
        client: Id<Client>,
        standings: &[Standing],
    ) -> Self {
        let today = platform.clock.today();
        let since = first_kept(today);
        let kept = platform
            .read(move |conn| Ok(usage::since(conn, client, since)?))
            .await;
        let days = kept.ok().map(|mut days| {
            let here = platform.tally.of(client, today);
            match days.first_mut().filter(|(day, _)| *day == today) {
                Some((_, asked)) => *asked = sum(*asked, here),
                None if here != usage::Usage::default() => days.insert(0, (today, here)),
                None => {}
            }
            days.iter().map(DayUsage::from).collect()
        });
        Self {
            limits: standings.iter().map(LimitUsage::from).collect(),
            days,
        }
    }
}

/// The first day whose counts are kept.
pub(crate) fn first_kept(today: NaiveDate) -> NaiveDate {
    today - Days::new(KEPT_DAYS - 1)
}

impl From<&Standing> for LimitUsage {
    fn from(standing: &Standing) -> Self {
        Self {
            name: standing.policy(),
            quota: standing.quota(),
            window_s: WINDOW_S,
            used: standing.quota() - standing.remaining,
            remaining: standing.remaining,
            reset_s: standing.reset_s,
        }
    }
}

impl From<&(NaiveDate, usage::Usage)> for DayUsage {
    fn from((day, asked): &(NaiveDate, usage::Usage)) -> Self {
        let usage::Usage { requests, refusals } = *asked;
        Self {
            day: day.to_string(),
            requests,
            refusals,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_cannot_be_written_is_counted_on() {
        let tally = Tally::default();
        let (client, other) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let day: NaiveDate = "2026-07-01".parse().unwrap();
        tally.count(client, day, false);
        tally.count(client, day, true);
        let taken = tally.take();
        assert_eq!(tally.of(client, day), usage::Usage::default());
        tally.count(client, day, false);
        tally.count(other, day, false);
        tally.give_back(taken);
        let (requests, refusals) = (3, 1);
        assert_eq!(tally.of(client, day), usage::Usage { requests, refusals });
        assert_eq!(tally.of(other, day).requests, 1);
        assert_eq!(first_kept(day).to_string(), "2026-06-01");
    }
}
