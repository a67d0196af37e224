//! Reads and writes for long, a batch and an outage of the database in the middle: what is
//! accepted is kept, what is refused says so, what is read is answered, and memory stays.

mod ledger;
mod memory;
mod reads;
mod tally;
mod verify;
mod writes;

use std::{
    io::Write,
    ops::Range,
    thread,
    time::{Duration, Instant},
};

use self::{
    ledger::Ledger,
    memory::{Memory, growth},
    reads::{Reads, Times},
    tally::Tally,
    writes::Writer,
};
use crate::{
    Outcome,
    database::Database,
    load::Found,
    partner::{Partner, new_word, reference, title},
    process::{self, Process},
    proxy::Proxy,
    questions::{SAMPLE, sample},
    report::ms,
    settings::Load,
};

/// How many posts are written one by one.
const POSTS: usize = 100;
/// How long before the outage the batch begins that it cuts.
const BEFORE_CUT: Duration = Duration::from_millis(100);
/// How many questions a second are asked that the database has to answer.
const RECORDS: f64 = 2.0;

/// What is run.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Settings {
    /// How long, in minutes.
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    #[command(flatten)]
    load: Load,
    /// How many lines a batch has.
    #[arg(long, default_value_t = 10_000)]
    lines: usize,
    /// Reads a second.
    #[arg(long, default_value_t = 200.0)]
    reads: f64,
    /// Writes a second.
    #[arg(long, default_value_t = 5.0)]
    writes: f64,
    /// For how many seconds the database is away; 0 leaves it there.
    #[arg(long, default_value_t = 20.0)]
    outage: f64,
    /// A PostgreSQL server, on which a database is made and dropped; else SQLite, which is not
    /// taken away.
    #[arg(long, env = "TEST_POSTGRES_URL", hide_env_values = true)]
    postgres: Option<String>,
}

/// What is written, and read, meanwhile.
struct Stage<'a> {
    settings: &'a Settings,
    service: &'a Process,
    partner: &'a Partner,
    proxy: Option<&'a Proxy>,
    tally: &'a Tally,
    /// The word of every post at first.
    word: &'a str,
    begun: Instant,
    lasting: Duration,
}

/// What became of it.
struct Done {
    reads: Times,
    memory: Memory,
    ledger: Ledger,
}

/// Runs; tells whether nothing was wrong.
pub(crate) fn run(settings: &Settings) -> Outcome<bool> {
    let (database, proxy, address) = if let Some(server) = &settings.postgres {
        let database = Database::postgres(server)?;
        let (proxy, through) = Proxy::before(database.url())?;
        (database, Some(proxy), through)
    } else {
        let database = Database::file(None)?;
        let address = database.url().to_owned();
        (database, None, address)
    };
    let proxy = proxy.filter(|_| settings.outage > 0.0);
    database.fill(settings.load.offers)?;
    let (service, at, _) = process::service(&address, settings.load.workers)?;
    let drawn = sample(at, SAMPLE)?;
    let partner = Partner::new((database.url(), at), &drawn)?;
    let word = new_word('w');
    partner.settle(&database, 0..POSTS + settings.lines, &word)?;
    let tally = Tally::default();
    let (public, records) = (
        Reads::public(at, &drawn, settings.load.seed)?,
        Reads::records(at, &drawn),
    );
    announce(settings, proxy.is_some())?;
    let stage = Stage {
        settings,
        service: &service,
        partner: &partner,
        proxy: proxy.as_ref(),
        tally: &tally,
        word: &word,
        begun: Instant::now(),
        lasting: Duration::from_secs_f64(settings.minutes * 60.0),
    };
    let done = stage.run(&public, &records)?;
    verify::kept(&partner, at, &done.ledger, &tally)?;
    let steady = stage.tell(done)?;
    tally.tell(&mut std::io::stdout())?;
    drop(service);
    Ok(tally.is_clean() && (steady || settings.load.smoke))
}

fn announce(settings: &Settings, outage: bool) -> Outcome<()> {
    let mut out = std::io::stdout();
    let engine = match (&settings.postgres, outage) {
        (Some(_), true) => format!("PostgreSQL, away for {} s in the middle", settings.outage),
        (Some(_), false) => "PostgreSQL, which is not taken away".to_owned(),
        (None, _) => "SQLite, which is not taken away: give a server by --postgres".to_owned(),
    };
    writeln!(
        out,
        "{} min on {engine}; {} offers, {} of a partner; {} reads and {} writes a second\n",
        settings.minutes,
        settings.load.offers,
        POSTS + settings.lines,
        settings.reads,
        settings.writes,
    )?;
    Ok(out.flush()?)
}

impl Stage<'_> {
    fn run(&self, public: &Reads, records: &Reads) -> Outcome<Done> {
        let end = self.begun + self.lasting;
        let Settings {
            reads,
            writes,
            load: Load { connections, .. },
            ..
        } = *self.settings;
        thread::scope(|scope| {
            let read = scope.spawn(move || public.ask((connections, reads), end, self.tally));
            let recorded = scope.spawn(move || records.ask((1, RECORDS), end, self.tally));
            let ledger = self.ledger(0..POSTS);
            let writer = Writer::new(self.partner, self.tally, ledger);
            let wrote = scope.spawn(move || writer.write(0..POSTS, writes, end));
            let middle = scope.spawn(|| self.middle());
            let span = (self.begun, self.lasting);
            let memory = Memory::watch(self.service, span, self.tally);
            let panicked = |_panic| "a part of it panicked";
            let mut ledger = wrote.join().map_err(panicked)?;
            ledger.take(middle.join().map_err(panicked)??);
            recorded.join().map_err(panicked)??;
            Ok(Done {
                reads: read.join().map_err(panicked)??,
                memory: memory?,
                ledger,
            })
        })
    }

    fn ledger(&self, posts: Range<usize>) -> Ledger {
        Ledger::of(posts.map(reference), &title(self.word))
    }

    /// A batch; then the database is taken away during another one.
    fn middle(&self) -> Outcome<Ledger> {
        let posts = POSTS..POSTS + self.settings.lines;
        let batch = |ledger: Ledger| {
            let writer = Writer::new(self.partner, self.tally, ledger);
            writer.batch(posts.clone())
        };
        self.wait_for(0.4);
        let ledger = batch(self.ledger(posts.clone()));
        let Some(proxy) = self.proxy else {
            return Ok(ledger);
        };
        self.wait_for(0.5);
        thread::scope(|scope| {
            let cut = scope.spawn(|| batch(ledger));
            thread::sleep(BEFORE_CUT);
            self.tally.cut();
            proxy.cut();
            thread::sleep(Duration::from_secs_f64(self.settings.outage));
            proxy.mend();
            self.tally.mended();
            Ok(cut.join().map_err(|_panic| "a batch panicked")?)
        })
    }

    /// Waits until a share of the time is over.
    fn wait_for(&self, share: f64) {
        let due = self.begun + self.lasting.mul_f64(share);
        thread::sleep(due.saturating_duration_since(Instant::now()));
    }

    /// Tells what was found; whether memory stays.
    fn tell(&self, done: Done) -> Outcome<bool> {
        let mut out = std::io::stdout();
        let (there, away) = done.reads.found(self.lasting);
        reads_told(&mut out, "reads", &there)?;
        if self.proxy.is_some() {
            reads_told(&mut out, "reads while the database was away", &away)?;
        }
        let (accepted, references) = done.ledger.many();
        writeln!(
            out,
            "{accepted} writes were accepted, under {references} references"
        )?;
        let [start, middle, last] = done.memory.course();
        writeln!(
            out,
            "memory: {start:.0} MB at the start, {middle:.0} in the middle, {last:.0} at the end"
        )?;
        if self.settings.load.smoke {
            writeln!(out)?;
            return Ok(true);
        }
        let (second, last) = done.memory.fifths()?;
        let (share, grows) = growth((second, last));
        writeln!(
            out,
            "memory: {second:.1} MB in the second fifth, {last:.1} in the last: {:+.1} %, of 10 % \
             at most\n",
            share * 100.0
        )?;
        Ok(!grows)
    }
}

fn reads_told(out: &mut dyn Write, what: &str, found: &Found) -> Outcome<()> {
    let at = |share| ms(found.quantile(share));
    writeln!(
        out,
        "{} {what}: p50 {:.2} ms, p99 {:.2} ms, slowest {:.2} ms",
        found.many(),
        at(0.5),
        at(0.99),
        at(1.0)
    )?;
    Ok(())
}
