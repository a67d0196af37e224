//! Questions over HTTP: the ceiling and the service in turn, on one machine, in one run.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use serde_json::Value;

use crate::{
    Outcome, check,
    database::Database,
    load::{self, Connection, Found},
    paced,
    process::{self, Process},
    questions::{self, MANY, SAMPLE, Sort, sample},
    report::{Report, Row},
    settings::Load,
    wire::{self, Request},
};

/// How often the ceiling and the service take turns at one question; the middle of it is told.
const TURNS: usize = 3;
/// How many answers of each sort are held against the scan.
const CHECKED: usize = 50;

/// What is measured.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Settings {
    #[command(flatten)]
    load: Load,
    /// Seconds of each of the turns at each question.
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// A database to keep the offers in, made when it is not there; else one that is thrown away.
    #[arg(long)]
    database: Option<PathBuf>,
    /// Only these questions, by their names in the table.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Held against no scan: reading a million offers back takes more memory than serving them.
    #[arg(long)]
    unchecked: bool,
}

/// Measures; tells whether every bar was reached.
pub(crate) fn run(settings: &Settings) -> Outcome<bool> {
    let database = Database::file(settings.database.as_deref())?;
    database.fill(settings.load.offers)?;
    let (service, address, ready) = process::service(database.url(), settings.load.workers)?;
    let at_rest = service.resident()?;
    let many = if settings.unchecked {
        SAMPLE
    } else {
        usize::MAX
    };
    let offers = sample(address, many)?;
    let wanted = |sort: &Sort| {
        settings.only.is_empty() || settings.only.iter().any(|name| name == sort.name())
    };
    let mut asked = Vec::new();
    for sort in Sort::ALL.into_iter().filter(wanted) {
        asked.push(Asked::new(sort, address, &offers, settings)?);
    }
    let sizes: Vec<usize> = asked.iter().map(|asked| asked.size).collect();
    let (ceiling, beside) = process::ceiling(&sizes, settings.load.workers)?;
    let mut report = Report::new(settings.load.offers, ready, at_rest)?;
    for (place, one) in asked.iter().enumerate() {
        report.add(measure(place, one, (address, beside), settings)?)?;
    }
    report.end(&service)?;
    drop::<(Process, Process)>((service, ceiling));
    Ok(settings.load.smoke || report.holds())
}

/// A sort of question, ready to be asked.
struct Asked {
    sort: Sort,
    requests: Arc<[Request]>,
    /// The mean size of an answer.
    size: usize,
}

impl Asked {
    /// Draws the questions, asks each once, and holds some answers against the scan.
    fn new(
        sort: Sort,
        address: SocketAddr,
        offers: &[Value],
        settings: &Settings,
    ) -> Outcome<Self> {
        let questions = questions::draw(sort, offers, MANY, settings.load.seed)?;
        let mut connection = Connection::open(address)?;
        let (mut requests, mut bytes) = (Vec::with_capacity(MANY), 0);
        for (place, question) in questions.iter().enumerate() {
            let target = question.target();
            let request = Request::get(&target, None);
            let whole = connection.ask(&request)?;
            let body = connection.answer().get(whole.body..).unwrap_or_default();
            let held = place % (MANY / CHECKED) == 0 && !settings.unchecked;
            if held {
                check::check(question, body, offers)?;
            }
            if sort == Sort::NotModified {
                let tag = wire::header(connection.answer(), whole, "etag").ok_or("no tag")?;
                requests.push(Request::get(&target, Some(tag)));
            } else {
                bytes += whole.end - whole.body;
                requests.push(request);
            }
        }
        Ok(Self {
            sort,
            requests: requests.into(),
            size: bytes / MANY,
        })
    }
}

/// The ceiling and the service in turn: as fast as they can, then at half of what was reached.
fn measure(
    place: usize,
    asked: &Asked,
    (service, ceiling): (SocketAddr, SocketAddr),
    settings: &Settings,
) -> Outcome<Row> {
    let lasting = Duration::from_secs_f64(settings.seconds);
    let prebuilt: Arc<[Request]> = vec![Request::get(&format!("/{place}"), None); MANY].into();
    let many = settings.load.connections;
    let closed = |address, requests| load::closed(address, requests, many, lasting);
    let turns = if settings.load.smoke { 1 } else { TURNS };
    let (mut highest, mut reached) = (Vec::new(), Vec::new());
    for _ in 0..turns {
        highest.push(closed(ceiling, &prebuilt)?);
        reached.push(closed(service, &asked.requests)?);
    }
    let (highest, reached) = (middle(highest), middle(reached));
    let rate = reached.rate / 2.0;
    let paced = |address, requests| paced::open(address, requests, many, rate, lasting);
    let (mut beside, mut own) = (Vec::new(), Vec::new());
    for _ in 0..turns {
        beside.push(paced(ceiling, &prebuilt)?);
        own.push(paced(service, &asked.requests)?);
    }
    Ok(Row {
        sort: asked.sort,
        bytes: asked.size,
        ceiling: highest,
        service: reached,
        ceiling_paced: calmest(beside),
        service_paced: calmest(own),
    })
}

/// The turn whose rate is in the middle.
fn middle(mut turns: Vec<Found>) -> Found {
    turns.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    turns.swap_remove(turns.len() / 2)
}

/// The turn whose slowest hundredth is in the middle.
fn calmest(mut turns: Vec<Found>) -> Found {
    turns.sort_by_key(|turn| turn.quantile(0.99));
    turns.swap_remove(turns.len() / 2)
}
