//! Who is let in: so many connections at a time, each with little time to say what it wants.
//!
//! Whoever connects comes in. Where all seats are taken, the one gives way that has been waiting longest without having
//! asked for anything whole, or else the one that asked longest ago; nobody before a moment has passed, in which an honest
//! browser has long asked. So a thousand connections that say nothing keep nobody out, and cost no more than the seats.

use super::http::{self, Server};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// The most connections at a time, and how many files the program keeps for itself where the system allows few.
const SEATS: u64 = 512;
const OWN_FILES: u64 = 64;

/// How long a connection is safe.
const GRACE: Duration = Duration::from_millis(50);

/// How long a request may take to be said; so long may a browser stay silent on a connection that it keeps.
const PATIENCE: Duration = Duration::from_secs(15);

/// The most bytes of a request without its body, of which none is read, and its most headers.
const LONGEST: usize = 16 << 10;
const HEADERS: usize = 64;

/// Lets in whoever connects, until the process ends.
pub(super) async fn open(listener: TcpListener, server: Arc<Server>) {
    let seats = Arc::new(Seats { capacity: capacity(), taken: Mutex::default() });
    for number in 0.. {
        let stream = loop {
            match listener.accept().await {
                Ok((stream, _)) => break stream,
                // No more files can be opened, or the connection is gone already.
                Err(_) => {
                    seats.make_room(1);
                    tokio::time::sleep(GRACE / 10).await;
                }
            }
        };
        while !seats.make_room(0) {
            tokio::time::sleep(GRACE / 10).await;
        }
        seats.seat(number, stream, Arc::clone(&server));
        // Who has asked already is answered before the next one comes in.
        tokio::task::yield_now().await;
    }
}

/// A connection, from its first byte to its last.
async fn visit(stream: TcpStream, server: Arc<Server>, visitor: Visitor) {
    let answer = service_fn(|request| {
        visitor.asks();
        let answer = http::answer(&server, &request);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(LONGEST).max_headers(HEADERS);
    // An error here is a connection's, and the next one may be well.
    let _ = builder.serve_connection(TokioIo::new(stream), answer).await;
}

/// As many as the system has files for.
fn capacity() -> usize {
    #[cfg(unix)]
    let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current.unwrap_or(u64::MAX);
    #[cfg(not(unix))]
    let files = u64::MAX;
    usize::try_from(files.saturating_sub(OWN_FILES).clamp(8, SEATS)).unwrap_or(8)
}

struct Seats {
    capacity: usize,
    taken: Mutex<BTreeMap<u64, Seat>>,
}

struct Seat {
    /// When it came, or asked last.
    since: Instant,
    /// Whether it has ever asked for anything whole.
    has_asked: bool,
    task: AbortHandle,
}

impl Seats {
    fn taken(&self) -> MutexGuard<'_, BTreeMap<u64, Seat>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a connection a seat.
    fn seat(self: &Arc<Self>, number: u64, stream: TcpStream, server: Arc<Server>) {
        let visit = visit(stream, server, Visitor { number, seats: Arc::clone(self) });
        // Held until it is seated: it may be over at once.
        let mut taken = self.taken();
        let task = tokio::spawn(visit).abort_handle();
        taken.insert(number, Seat { since: Instant::now(), has_asked: false, task });
    }

    /// Whether there is room for one more, and for so many others; if need be, somebody gives way.
    fn make_room(&self, others: usize) -> bool {
        let mut taken = self.taken();
        if taken.len() + others < self.capacity {
            return true;
        }
        let is_safe = |seat: &Seat| seat.since.elapsed() < GRACE;
        let first =
            taken.iter().filter(|(_, seat)| !is_safe(seat)).min_by_key(|(_, seat)| (seat.has_asked, seat.since));
        let Some(number) = first.map(|(number, _)| *number) else { return false };
        taken.remove(&number).is_some_and(|seat| {
            seat.task.abort();
            true
        })
    }
}

/// Who holds a seat, until it is dropped.
struct Visitor {
    number: u64,
    seats: Arc<Seats>,
}

impl Visitor {
    fn asks(&self) {
        if let Some(seat) = self.seats.taken().get_mut(&self.number) {
            (seat.since, seat.has_asked) = (Instant::now(), true);
        }
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        self.seats.taken().remove(&self.number);
    }
}
