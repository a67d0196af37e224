//! The load at a rate that is kept whatever answers take.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use crate::{
    Outcome,
    load::{Connection, Found, LONGEST, count},
    wire::Request,
};

/// Asks `rate` questions a second over `connections`, each at its time; an answer's time counts
/// from when it was to be asked, so that who is late makes the following late.
///
/// One thread asks them all: as many as connections would take from who answers the processor
/// that they wake up on, and be what is measured.
pub(crate) fn open(
    address: SocketAddr,
    requests: &Arc<[Request]>,
    connections: usize,
    rate: f64,
    lasting: Duration,
) -> Outcome<Found> {
    let over = AtomicBool::new(false);
    open_until(address, requests, (connections, rate), lasting, &over)
}

/// The same, until it is told to be over, or until it has lasted so long.
pub(crate) fn open_until(
    address: SocketAddr,
    requests: &Arc<[Request]>,
    (connections, rate): (usize, f64),
    lasting: Duration,
    over: &AtomicBool,
) -> Outcome<Found> {
    ask_all(
        address,
        requests,
        (connections, rate),
        lasting,
        over,
        LONGEST,
    )
}

/// The same; an answer that takes longer than `longest` is an error.
fn ask_all(
    address: SocketAddr,
    requests: &Arc<[Request]>,
    (connections, rate): (usize, f64),
    lasting: Duration,
    over: &AtomicBool,
    longest: Duration,
) -> Outcome<Found> {
    let interval = Duration::from_secs_f64(count(connections) / rate);
    let opened: Result<Vec<_>, _> = (0..connections)
        .map(|_| Connection::open(address))
        .collect();
    let begun = Instant::now();
    let mut askers: Vec<Asker<'_>> = opened?
        .into_iter()
        .enumerate()
        .map(|(own, connection)| Asker {
            connection,
            next: own * requests.len() / connections,
            requests,
            due: begun + interval.mul_f64(count(own) / count(connections)),
            asked: begun,
            waits: false,
        })
        .collect();
    let until = begun + lasting;
    let mut times = Vec::new();
    loop {
        let now = Instant::now();
        let end = if over.load(Ordering::Relaxed) {
            begun
        } else {
            until
        };
        for asker in &mut askers {
            if !asker.waits && asker.due <= now && asker.due < end {
                asker.ask()?;
            }
        }
        let next = askers
            .iter()
            .filter(|asker| !asker.waits && asker.due < end);
        let next = next.map(|asker| asker.due).min();
        if next.is_none() && askers.iter().all(|asker| !asker.waits) {
            break;
        }
        let patience = next.map_or(longest, |due| due.saturating_duration_since(Instant::now()));
        let answered = answered(&askers, patience.min(longest))?;
        let late = |asker: &Asker<'_>| asker.waits && asker.asked.elapsed() >= longest;
        if answered.is_empty() && askers.iter().any(late) {
            return Err(format!("no answer within {} s", longest.as_secs_f64()).into());
        }
        for place in answered {
            if let Some(asker) = askers.get_mut(place)
                && asker.connection.arrived_good()?
            {
                times.push(asker.due.elapsed());
                asker.waits = false;
                asker.due += interval;
            }
        }
    }
    Ok(Found::new(times, lasting.min(begun.elapsed())))
}

/// A connection that asks at its times.
struct Asker<'a> {
    connection: Connection,
    requests: &'a [Request],
    /// The place of the next question.
    next: usize,
    /// When the next question is to be asked, or when the last one was.
    due: Instant,
    /// When the last question was asked.
    asked: Instant,
    /// Whether an answer is waited for.
    waits: bool,
}

impl Asker<'_> {
    fn ask(&mut self) -> Outcome<()> {
        let request = self.requests.get(self.next).ok_or("no question")?;
        self.connection.send(request)?;
        self.asked = Instant::now();
        self.next = (self.next + 1) % self.requests.len();
        self.waits = true;
        Ok(())
    }
}

/// The places of those for whom something arrives within a time; of none, if nothing does.
fn answered(askers: &[Asker<'_>], patience: Duration) -> Outcome<Vec<usize>> {
    let waiting = || askers.iter().enumerate().filter(|(_, asker)| asker.waits);
    let mut watched: Vec<PollFd<'_>> = waiting()
        .map(|(_, asker)| PollFd::new(&asker.connection, PollFlags::IN))
        .collect();
    let patience = Timespec::try_from(patience)?;
    match poll(&mut watched, Some(&patience)) {
        Ok(_) | Err(Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    let arrived = waiting().zip(&watched);
    let arrived = arrived.filter(|(_, watched)| !watched.revents().is_empty());
    Ok(arrived.map(|((place, _), _)| place).collect())
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::{TcpListener, TcpStream},
        thread,
    };

    use super::*;

    /// Answers each question after a while.
    fn answer(mut stream: TcpStream, after: Duration) {
        let mut asked = [0; 1024];
        while stream.read(&mut asked).is_ok_and(|read| read > 0) {
            thread::sleep(after);
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
            if stream.write_all(answer).is_err() {
                return;
            }
        }
    }

    /// Where each question is answered after a while.
    fn server(after: Duration) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || answer(stream, after));
            }
        });
        address
    }

    fn requests() -> Arc<[Request]> {
        vec![Request::get("/", None)].into()
    }

    #[test]
    fn questions_are_asked_at_their_rate() {
        let lasting = Duration::from_millis(500);
        let found = open(server(Duration::ZERO), &requests(), 4, 200.0, lasting).unwrap();
        assert_eq!(found.many(), 100);
    }

    #[test]
    fn who_is_never_answered_does_not_wait_for_ever() {
        let (never, soon) = (Duration::from_hours(1), Duration::from_millis(50));
        let address = server(never);
        let over = AtomicBool::new(false);
        let found = ask_all(address, &requests(), (2, 100.0), soon, &over, soon);
        assert_eq!(found.unwrap_err().to_string(), "no answer within 0.05 s");
    }

    #[test]
    fn who_is_answered_late_counts_what_waited_meanwhile() {
        let late = Duration::from_millis(20);
        let lasting = Duration::from_millis(200);
        let found = open(server(late), &requests(), 1, 100.0, lasting).unwrap();
        assert_eq!(found.many(), 20);
        // The last was due after 190 ms, and is answered after 400 at least.
        assert!(found.quantile(0.99) >= Duration::from_millis(200));
    }
}
