//! Reads while a partner writes many offers, beside the same reads at rest.

use std::{
    io::Write,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    Outcome,
    database::Database,
    load::{self, Found, count},
    paced,
    partner::{Partner, Summary, new_word, reference, title},
    process,
    questions::{self, MANY, SAMPLE, Sort, sample},
    report::ms,
    settings::Load,
    wire::Request,
};

/// How many times slower the slowest hundredth of reads may be while a batch is written.
const SLOWER: f64 = 5.0;
/// How long one write may take to be found, in milliseconds.
const FOUND_MS: f64 = 5.0;
/// How many writes are looked for.
const UPDATES: usize = 50;
/// Nothing that is measured here lasts as long: a load that nobody ends stops by itself.
const LONGEST: Duration = Duration::from_mins(20);

/// What is measured.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Settings {
    #[command(flatten)]
    load: Load,
    /// How many posts the partner has, and lines it sends: each changes one.
    #[arg(long, default_value_t = 50_000)]
    lines: usize,
    /// Seconds of the reads at rest.
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// A database to keep the offers in, made when it is not there; else one that is thrown away.
    #[arg(long)]
    database: Option<PathBuf>,
    /// A PostgreSQL server, on which a database is made and dropped; else SQLite is measured.
    #[arg(long, conflicts_with = "database")]
    postgres: Option<String>,
}

/// What was found.
struct Measured {
    /// Reads that were asked for in a second.
    rate: f64,
    rest: Found,
    during: Found,
    summary: Summary,
    /// How long the batches took.
    wrote: Duration,
    /// How long after their end every line was found.
    settled: Duration,
    /// How long after its answer each write was found.
    updates: Found,
}

/// Measures; tells whether the bars were reached.
pub(crate) fn run(settings: &Settings) -> Outcome<bool> {
    let database = match &settings.postgres {
        Some(server) => Database::postgres(server)?,
        None => Database::file(settings.database.as_deref())?,
    };
    database.fill(settings.load.offers)?;
    let (service, address, _) = process::service(database.url(), settings.load.workers)?;
    let drawn = sample(address, SAMPLE)?;
    let partner = Partner::new((database.url(), address), &drawn)?;
    partner.settle(&database, 0..settings.lines, &new_word('w'))?;
    let questions = questions::draw(Sort::Near, &drawn, MANY, settings.load.seed)?;
    let target = |question: &questions::Question| Request::get(&question.target(), None);
    let requests: Arc<[Request]> = questions.iter().map(target).collect();
    let measured = measure(settings, (&partner, address), &requests)?;
    tell(settings, &measured)?;
    drop(service);
    Ok(settings.load.smoke || measured.holds())
}

fn measure(
    settings: &Settings,
    (partner, address): (&Partner, SocketAddr),
    requests: &Arc<[Request]>,
) -> Outcome<Measured> {
    let (many, lasting) = (
        settings.load.connections,
        Duration::from_secs_f64(settings.seconds),
    );
    let reached = load::closed(address, requests, many, lasting)?;
    let rate = reached.rate / 4.0;
    let rest = paced::open(address, requests, many, rate, lasting)?;
    let reads = Reads {
        address,
        requests,
        connections: many,
        rate,
    };
    let word = new_word('b');
    let lines = partner.lines(0..settings.lines, &word);
    let (during, wrote) = reads.during(|| {
        let begun = Instant::now();
        let summary = partner.send_all(&lines)?;
        let wrote = begun.elapsed();
        Ok((summary, wrote, partner.found(&word, settings.lines)?))
    })?;
    let (summary, wrote, settled) = wrote;
    let (_, updates) = reads.during(|| updates(partner, settings.lines))?;
    Ok(Measured {
        rate,
        rest,
        during,
        summary,
        wrote,
        settled,
        updates,
    })
}

/// Reads that are asked while something else is done.
struct Reads<'a> {
    address: SocketAddr,
    requests: &'a Arc<[Request]>,
    connections: usize,
    rate: f64,
}

impl Reads<'_> {
    fn during<T>(&self, work: impl FnOnce() -> Outcome<T>) -> Outcome<(Found, T)> {
        let over = AtomicBool::new(false);
        let pace = (self.connections, self.rate);
        thread::scope(|scope| {
            let reads = scope
                .spawn(|| paced::open_until(self.address, self.requests, pace, LONGEST, &over));
            let done = work();
            over.store(true, Ordering::Relaxed);
            let found = reads.join().map_err(|_panic| "the reads panicked")??;
            Ok((found, done?))
        })
    }
}

/// One post is changed, then looked for by what was changed, again and again.
fn updates(partner: &Partner, posts: usize) -> Outcome<Found> {
    let begun = Instant::now();
    let mut times = Vec::with_capacity(UPDATES);
    for place in 0..UPDATES {
        let word = format!("{}x{place:03}", new_word('u'));
        let path = format!("{}/{}", partner.own, reference(place % posts.max(1)));
        let change = json!({"title": title(&word)});
        partner.client.write("PATCH", &path, &change)?.json(200)?;
        times.push(partner.found(&word, 1)?);
    }
    Ok(Found::new(times, begun.elapsed()))
}

impl Measured {
    fn ratio(&self) -> f64 {
        ms(self.during.quantile(0.99)) / ms(self.rest.quantile(0.99))
    }

    /// Whether every bar was reached.
    fn holds(&self) -> bool {
        self.ratio() <= SLOWER && ms(self.updates.quantile(0.99)) <= FOUND_MS
    }
}

fn tell(settings: &Settings, measured: &Measured) -> Outcome<()> {
    let mut out = std::io::stdout();
    let quantile = |found: &Found, share| ms(found.quantile(share));
    let (offers, lines, summary) = (settings.load.offers, settings.lines, &measured.summary);
    writeln!(
        out,
        "{offers} offers and {lines} of a partner; `near`, {:.0} a second\n",
        measured.rate
    )?;
    writeln!(out, "| reads | /s | p50, ms | p99, ms | ratio | bar |")?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|")?;
    for (name, found, rest) in [
        ("at rest", &measured.rest, String::new()),
        (
            "during a batch",
            &measured.during,
            format!("{:.2} | {SLOWER}", measured.ratio()),
        ),
    ] {
        let rest = if rest.is_empty() { " | " } else { &rest };
        let (half, slow) = (quantile(found, 0.5), quantile(found, 0.99));
        writeln!(
            out,
            "| {name} | {:.0} | {half:.2} | {slow:.2} | {rest} |",
            found.rate
        )?;
    }
    writeln!(
        out,
        "\n{lines} lines in {:.2} s, {:.0} a second: {} created, {} updated, {} unchanged; all \
         found {:.2} ms after the last result",
        measured.wrote.as_secs_f64(),
        count(lines) / measured.wrote.as_secs_f64(),
        summary.created,
        summary.updated,
        summary.unchanged,
        ms(measured.settled),
    )?;
    writeln!(
        out,
        "one write is found {:.2} ms after its answer (p50), {:.2} ms (p99, bar {FOUND_MS}), over \
         {UPDATES}",
        quantile(&measured.updates, 0.5),
        quantile(&measured.updates, 0.99),
    )?;
    Ok(())
}
