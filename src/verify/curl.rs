//! Fetches addresses with the system's `curl`: several at a time, none longer than it may be, none for ever.
//!
//! No shell reads a word of it, nobody's settings change it, no redirect is followed and no compression asked for. What
//! comes is read as it comes; a word that no server can know stands between one answer and the next.

use super::Kind;
use super::answer::{self, Answer, Body};
use crate::digest::Hasher;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How many are fetched at the same time.
const AT_A_TIME: usize = 6;

/// How many are fetched by one process, one after the other over one connection.
const BATCH: usize = 100;

/// How many bytes too many are read, so that the rest of the batch need not begin anew.
const SLACK: u64 = 256 << 10;

/// The most that may stand behind an answer.
const LONGEST_TRAILER: usize = 512 << 10;

/// After how many addresses in a row without any answer no more are tried.
const SILENCES: usize = 12;

/// How long a whole run may take, beyond what an honest server needs for each file, and for its bytes, on a slow line: a
/// server that drips must not keep anybody for ever.
const MARGIN: Duration = Duration::from_secs(600);
const OF_FILE: Duration = Duration::from_millis(500);
const BYTES_OF_SECOND: u64 = 20_000;

/// An address to be fetched.
pub(super) struct Request {
    /// The address, percent-encoded.
    pub url: String,
    /// The most bytes that can be right.
    pub limit: u64,
    /// What is to be kept.
    pub want: Want,
}

/// What is to be kept of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// Its bytes.
    Bytes,
    /// What they are known by.
    Digest,
}

/// Fetches every address; the answers in the same order. What little was not answered is asked for once more.
pub(super) fn fetch(requests: &[Request], patience: u32) -> Vec<Answer> {
    let until = Instant::now() + allowance(requests);
    let mut answers = round(&requests.iter().collect::<Vec<_>>(), patience, until);
    let is_unread = |answer: &Answer| answer::refusal(answer).is_some_and(|(kind, _)| kind == Kind::Unread);
    let again: Vec<usize> =
        answers.iter().enumerate().filter(|(_, answer)| is_unread(answer)).map(|(index, _)| index).collect();
    if again.len() < SILENCES && again.len() < requests.len() {
        let second = round(&again.iter().map(|index| &requests[*index]).collect::<Vec<_>>(), patience, until);
        again.into_iter().zip(second).for_each(|(index, answer)| answers[index] = answer);
    }
    answers
}

/// How long fetching may take in all.
fn allowance(requests: &[Request]) -> Duration {
    let bytes = requests.iter().fold(0_u64, |sum, request| sum.saturating_add(request.limit));
    let files = OF_FILE.saturating_mul(u32::try_from(requests.len()).unwrap_or(u32::MAX));
    // A manifest may claim anything; a day is enough for any site.
    let needed = files.saturating_add(Duration::from_secs(bytes / BYTES_OF_SECOND)).min(Duration::from_secs(86_400));
    MARGIN + needed / u32::try_from(AT_A_TIME).unwrap_or(1)
}

fn round(requests: &[&Request], patience: u32, until: Instant) -> Vec<Answer> {
    let silences = AtomicUsize::new(0);
    let batches = Mutex::new(requests.chunks(BATCH).enumerate());
    let done = Mutex::new(Vec::new());
    let next = || batches.lock().ok().and_then(|mut batches| batches.next());
    let work = || {
        while let Some((index, batch)) = next() {
            let answers = Fetcher { patience, silences: &silences, until }.batch(batch);
            if let Ok(mut done) = done.lock() {
                done.push((index, answers));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME.min(requests.len().div_ceil(BATCH)) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().flat_map(|(_, answers)| answers).collect()
}

struct Fetcher<'a> {
    patience: u32,
    /// Addresses in a row, over all batches, that nobody answered.
    silences: &'a AtomicUsize,
    /// When nothing more is waited for.
    until: Instant,
}

impl Fetcher<'_> {
    /// Fetches a batch; begins anew behind an answer that had to be broken off.
    fn batch(&self, requests: &[&Request]) -> Vec<Answer> {
        let mut answers = Vec::new();
        while answers.len() < requests.len() {
            let before = answers.len();
            let ended = self.process(&requests[before..], &mut answers);
            let why = match ended {
                Err(error) if error.kind() == io::ErrorKind::NotFound => "这台电脑上没有 curl 命令，请安装".to_owned(),
                Err(error) => error.to_string(),
                Ok(()) if self.is_silent() => "网站没有回音，没有再试".to_owned(),
                Ok(()) if self.is_late() => "网站太慢，没有再等".to_owned(),
                Ok(()) if answers.len() == before => "curl 没有说结果".to_owned(),
                Ok(()) => continue,
            };
            answers.resize_with(requests.len(), || Answer::none(why.clone()));
        }
        answers
    }

    /// Runs curl once: answers are added until all are there, one is too long, or nobody answers any more.
    fn process(&self, requests: &[&Request], answers: &mut Vec<Answer>) -> io::Result<()> {
        let marker = marker();
        let mut child = Running(self.command(&marker).spawn()?);
        let mut list = String::new();
        for request in requests {
            list.push_str(&format!("url = \"{}\"\n", request.url));
        }
        // It reads all before it writes; one that has ended already says so by saying nothing.
        let _ = child.0.stdin.take().map(|mut input| input.write_all(list.as_bytes()));
        let Some(output) = child.0.stdout.take() else { return Ok(()) };
        let mut stream = Stream { from: output, marker: marker.into_bytes(), held: Vec::new(), until: self.until };
        for request in requests {
            if self.is_silent() || self.is_late() {
                return Ok(());
            }
            let Some(answer) = stream.answer(request)? else { return Ok(()) };
            let is_over = answer.body == Body::TooLong;
            if answer.is_heard() {
                self.silences.store(0, Ordering::Relaxed);
            } else {
                self.silences.fetch_add(1, Ordering::Relaxed);
            }
            answers.push(answer);
            if is_over {
                return Ok(());
            }
        }
        Ok(())
    }

    fn command(&self, marker: &str) -> Command {
        let patience = self.patience.to_string();
        let mut command = Command::new("curl");
        // `--disable` comes first: nobody's settings change what is fetched. `--fail` leaves out the pages of errors.
        command.args(["--disable", "--silent", "--fail", "--globoff", "--proto", "=http,https"]);
        command.args(["--user-agent", concat!("jingshi/", env!("CARGO_PKG_VERSION"))]);
        command.args(["--connect-timeout", &patience, "--speed-limit", "1", "--speed-time", &patience]);
        command.args(["--max-time", "900", "--config", "-", "--write-out"]);
        command.arg(format!("{marker}%{{http_code}}\t%{{exitcode}}\t%{{errormsg}}\t%{{redirect_url}}\n"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }

    fn is_late(&self) -> bool {
        Instant::now() >= self.until
    }

    fn is_silent(&self) -> bool {
        self.silences.load(Ordering::Relaxed) >= SILENCES
    }
}

/// A process that ends when nobody reads it any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A word that nobody can guess.
fn marker() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("jingshi-{:016x}{:016x} ", random(), random())
}

/// Answers, one behind the other.
struct Stream<R> {
    from: R,
    marker: Vec<u8>,
    held: Vec<u8>,
    until: Instant,
}

impl<R: Read> Stream<R> {
    /// The next answer; none where nothing more comes.
    fn answer(&mut self, request: &Request) -> io::Result<Option<Answer>> {
        let mut sink = Sink { hasher: Hasher::default(), length: 0, head: Vec::new(), kept: Vec::new(), request };
        let mut chunk = vec![0; 64 << 10];
        loop {
            let marker = self.held.windows(self.marker.len()).position(|window| window == self.marker);
            let trailer = marker.map(|at| (at, at + self.marker.len()));
            let end =
                trailer.and_then(|(_, start)| Some(start + self.held[start..].iter().position(|byte| *byte == b'\n')?));
            if let (Some((at, start)), Some(end)) = (trailer, end) {
                sink.take(&self.held[..at]);
                let trailer = String::from_utf8_lossy(&self.held[start..end]).into_owned();
                self.held.drain(..=end);
                return Ok(Some(sink.finish(&trailer)));
            }
            // What may be the beginning of the word stays.
            let sure = trailer.map_or_else(|| (self.held.len() + 1).saturating_sub(self.marker.len()), |(at, _)| at);
            sink.take(&self.held[..sure]);
            self.held.drain(..sure);
            if sink.length > request.limit.saturating_add(SLACK) || self.held.len() > LONGEST_TRAILER {
                return Ok(Some(Answer { body: Body::TooLong, ..Answer::none("") }));
            }
            let read = self.from.read(&mut chunk)?;
            if read == 0 || Instant::now() >= self.until {
                return Ok(None);
            }
            self.held.extend_from_slice(&chunk[..read]);
        }
    }
}

/// What has come of one answer.
struct Sink<'a> {
    hasher: Hasher,
    length: u64,
    head: Vec<u8>,
    kept: Vec<u8>,
    request: &'a Request,
}

impl Sink<'_> {
    fn take(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.length += bytes.len() as u64;
        let missing = 2_usize.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        if self.request.want == Want::Bytes {
            self.kept.extend_from_slice(bytes);
        }
    }

    fn finish(self, trailer: &str) -> Answer {
        let mut fields = trailer.splitn(4, '\t');
        let mut field = || fields.next().unwrap_or_default().trim().to_owned();
        let (status, exit, error, redirect) = (field(), field(), field(), field());
        let is_over = self.length > self.request.limit && self.request.want == Want::Bytes;
        let is_gzip = self.head == [0x1f, 0x8b];
        let whole = Body::Whole { length: self.length, digest: self.hasher.finish(), is_gzip, kept: self.kept };
        let body = if is_over { Body::TooLong } else { whole };
        Answer { status: status.parse().unwrap_or(0), exit: exit.parse().ok(), error, redirect, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;

    /// Hands out bytes in pieces of a size.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(self.0.len()).min(buffer.len());
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn request(limit: u64) -> Request {
        Request { url: String::new(), limit, want: Want::Bytes }
    }

    fn later() -> Instant {
        Instant::now() + Duration::from_secs(3_600)
    }

    #[test]
    fn a_server_that_drips_is_left_when_its_time_is_over() {
        let marker = b"WORD ".to_vec();
        let mut stream = Stream { from: io::repeat(b'x'), marker, held: Vec::new(), until: Instant::now() };
        assert_eq!(stream.answer(&request(u64::MAX)).unwrap(), None);
        let claimed = [request(u64::MAX), request(u64::MAX)];
        assert!(allowance(&claimed) < Duration::from_secs(6 * 3_600));
        assert!(allowance(&[request(50 << 20)]) > Duration::from_secs(900));
    }

    #[test]
    fn answers_are_told_apart_however_they_are_cut() {
        let text = b"one\nWORD\x00WORWORD 200\t0\t\t\nWORD 404\t22\tno: such\thttps://x/\ta\n\x1f\x8bWORD 200\t\t\t\n";
        for size in 1..text.len() {
            let mut stream =
                Stream { from: Pieces(text, size), marker: b"WORD ".to_vec(), held: Vec::new(), until: later() };
            let mut next = || stream.answer(&request(100)).unwrap();
            let first = next().unwrap();
            let kept = b"one\nWORD\x00WOR".to_vec();
            let digest = Digest::of(&kept);
            assert_eq!(first.body, Body::Whole { length: kept.len() as u64, digest, is_gzip: false, kept }, "{size}");
            let second = next().unwrap();
            assert_eq!((second.status, second.exit, second.error.as_str()), (404, Some(22), "no: such"));
            assert_eq!(second.redirect, "https://x/\ta");
            let third = next().unwrap();
            assert!(matches!(third.body, Body::Whole { is_gzip: true, length: 2, .. }) && third.exit.is_none());
            assert_eq!(next(), None);
        }
    }

    #[test]
    fn what_never_ends_is_broken_off() {
        let mut stream = Stream { from: io::repeat(b'x'), marker: b"WORD ".to_vec(), held: Vec::new(), until: later() };
        assert_eq!(stream.answer(&request(10)).unwrap().unwrap().body, Body::TooLong);
    }

    #[test]
    fn no_two_words_are_the_same() {
        assert_ne!(marker(), marker());
    }
}
