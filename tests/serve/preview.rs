//! A running preview, and connections to it.

use crate::samples::{PIXEL, notice};
use crate::site::Site;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What stands in the draft, and must never be read by strangers.
pub const SECRET: &str = "夜里听见蓝鲸敲窗";

/// The largest file of the preview.
pub const LARGE: usize = 5 << 20;

/// How long an honest browser waits at most; a second is promised, and a busy machine gets ten.
const SOON: Duration = Duration::from_secs(10);

/// A preview, which ends when it is dropped.
pub struct Preview {
    child: Child,
    pub port: u16,
    _site: Site,
}

impl Preview {
    /// One of a site with a draft and a large picture; `limits` are options of `prlimit`.
    pub fn start(limits: &[&str]) -> Self {
        let site = Site::new();
        site.draft("2024-001", &notice("2024-001", "磁力珠"));
        let large = [PIXEL, &vec![0; LARGE - PIXEL.len()]].concat();
        site.put("content/drafts/2024-001/图.png", large);
        let own = site.command(&["serve", "--port", "0"]);
        let mut command = Command::new("prlimit");
        command.args(limits).arg(own.get_program()).args(own.get_args());
        command.env_clear().envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(own.get_current_dir().unwrap()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = said.find_map(|line| {
            let line = line.unwrap();
            line.split_once("http://127.0.0.1:")?.1.split('/').next()?.parse().ok()
        });
        // What it says later is read and let go, so that it is never kept waiting.
        std::thread::spawn(move || said.for_each(drop));
        let preview = Self { child, port: port.unwrap(), _site: site };
        while TcpStream::connect(("127.0.0.1", preview.port)).is_err() {}
        preview
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.set_write_timeout(Some(SOON)).unwrap();
        stream
    }

    /// A request that is in order, with these lines more.
    pub fn request(&self, target: &str, lines: &[&str]) -> String {
        let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{lines}\r\n", self.port)
    }

    /// What is answered to these bytes, until the connection is closed; empty where nothing is.
    pub fn answer(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect();
        // It may be closed before all is sent.
        let _ = stream.write_all(bytes.as_ref());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asserts that an honest browser gets the page, soon.
    #[track_caller]
    pub fn is_alive(&self) {
        let started = Instant::now();
        let answer = self.answer(self.request("/", &[]));
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("磁力珠"), "{answer}");
        assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    }

    /// The memory it uses, in megabytes, and how many files it has open.
    pub fn used(&self) -> (u64, usize) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kilobytes =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")).unwrap();
        let files = fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap().count();
        (kilobytes.parse::<u64>().unwrap() >> 10, files)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The status of an answer; 0 where there is none.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}
