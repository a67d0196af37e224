//! The load: as fast as answers come. At a rate that is kept whatever they take, it is [`paced`].
//!
//! [`paced`]: crate::paced

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    os::fd::{AsFd, BorrowedFd},
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    Outcome,
    wire::{Head, Request, head},
};

/// Threads that ask when the question is how many answers there are.
const THREADS: usize = 2;

/// No answer takes as long: who waits for one longer would wait for ever.
pub(crate) const LONGEST: Duration = Duration::from_secs(30);

/// What a load found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Answers in a second.
    pub(crate) rate: f64,
    /// What each took, the least first.
    times: Vec<Duration>,
}

impl Found {
    pub(crate) fn new(mut times: Vec<Duration>, lasted: Duration) -> Self {
        times.sort_unstable();
        let rate = count(times.len()) / lasted.as_secs_f64();
        Self { rate, times }
    }

    /// How many answers there were.
    pub(crate) fn many(&self) -> usize {
        self.times.len()
    }

    /// What `share` of the answers took at most.
    pub(crate) fn quantile(&self, share: f64) -> Duration {
        let rank = (count(self.times.len()) * share).floor();
        let place = (0..self.times.len()).find(|place| count(*place) >= rank);
        let last = self.times.last();
        let found = place.and_then(|place| self.times.get(place)).or(last);
        found.copied().unwrap_or_default()
    }
}

/// A count as a float; exact below 2^32, far above what is counted here.
pub(crate) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

/// Asks over `connections` at once, each the next question as soon as it is answered.
pub(crate) fn closed(
    address: SocketAddr,
    requests: &Arc<[Request]>,
    connections: usize,
    lasting: Duration,
) -> Outcome<Found> {
    let each = connections.div_ceil(THREADS);
    let start = Arc::new(Barrier::new(THREADS));
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let (requests, start) = (Arc::clone(requests), Arc::clone(&start));
            thread::spawn(move || -> Outcome<Vec<Duration>> {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_io()
                    .build()?;
                let local = tokio::task::LocalSet::new();
                local.block_on(&runtime, async move {
                    start.wait();
                    let until = Instant::now() + lasting;
                    let asking: Vec<_> = (0..each)
                        .map(|own| {
                            let first = (thread * each + own) * requests.len() / connections;
                            let requests = Arc::clone(&requests);
                            tokio::task::spawn_local(ask(address, requests, first, until))
                        })
                        .collect();
                    let mut times = Vec::new();
                    for one in asking {
                        times.extend(one.await??);
                    }
                    Ok(times)
                })
            })
        })
        .collect();
    let mut times = Vec::new();
    for thread in threads {
        times.extend(thread.join().map_err(|_panic| "a load panicked")??);
    }
    Ok(Found::new(times, lasting))
}

/// One connection of the closed load.
async fn ask(
    address: SocketAddr,
    requests: Arc<[Request]>,
    first: usize,
    until: Instant,
) -> Outcome<Vec<Duration>> {
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut answer = Answer::default();
    let mut times = Vec::new();
    let mut asked = Instant::now();
    for request in requests.iter().cycle().skip(first) {
        if asked >= until {
            break;
        }
        stream.write_all(&request.bytes).await?;
        loop {
            let read = stream.read_buf(&mut answer.0).await?;
            if answer.good(read)?.is_some() {
                break;
            }
        }
        let answered = Instant::now();
        times.push(answered - asked);
        asked = answered;
        answer.0.clear();
    }
    Ok(times)
}

/// An answer as it arrives.
#[derive(Debug, Default)]
struct Answer(Vec<u8>);

impl Answer {
    /// Its head, once all of it is there; `read` is what came last, and 0 the end of everything.
    fn whole(&self, read: usize) -> io::Result<Option<Head>> {
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let found = head(&self.0)?;
        Ok(found.filter(|found| self.0.len() >= found.end))
    }

    /// The same, of what is not refused.
    fn good(&self, read: usize) -> io::Result<Option<Head>> {
        let whole = self.whole(read)?;
        if whole.is_some_and(|whole| whole.status >= 400) {
            let told = String::from_utf8_lossy(&self.0);
            return Err(io::Error::other(format!("refused: {told}")));
        }
        Ok(whole)
    }
}

/// A connection that asks one question at a time.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    answer: Answer,
    /// Where bytes arrive; kept, for making it takes as long as reading a short answer.
    arriving: Vec<u8>,
}

impl Connection {
    /// Connects, for answers that come within a while.
    pub(crate) fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(LONGEST))?;
        Ok(Self {
            stream,
            answer: Answer::default(),
            arriving: vec![0; 64 * 1024],
        })
    }

    /// Asks, and reads the answer to its end; a refusal is an error.
    pub(crate) fn ask(&mut self, request: &Request) -> io::Result<Head> {
        let whole = self.exchange(request)?;
        self.answer.good(whole.end)?;
        Ok(whole)
    }

    /// Asks, and reads the answer to its end, whatever it is.
    pub(crate) fn exchange(&mut self, request: &Request) -> io::Result<Head> {
        self.send(request)?;
        loop {
            if let Some(whole) = self.arrived()? {
                return Ok(whole);
            }
        }
    }

    /// Asks, and waits for nothing.
    pub(crate) fn send(&mut self, request: &Request) -> io::Result<()> {
        self.answer.0.clear();
        self.stream.write_all(&request.bytes)
    }

    /// What came next of an answer; its head, once all of it is there.
    pub(crate) fn arrived(&mut self) -> io::Result<Option<Head>> {
        let read = self.stream.read(&mut self.arriving)?;
        let arrived = self.arriving.get(..read).unwrap_or_default();
        self.answer.0.extend_from_slice(arrived);
        self.answer.whole(read)
    }

    /// The same, of an answer that is not refused.
    pub(crate) fn arrived_good(&mut self) -> io::Result<bool> {
        match self.arrived()? {
            Some(whole) => self.answer.good(whole.end).map(|_whole| true),
            None => Ok(false),
        }
    }

    /// The bytes of the last answer.
    pub(crate) fn answer(&self) -> &[u8] {
        &self.answer.0
    }
}

impl AsFd for Connection {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}
