//! What a WebSub hub is told, and what becomes of a publication when it does not listen.

use super::{FOLDER, built, grow, ours, publish, there};
use crate::site::{Site, Tree};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A hub that answers each request with a line, and remembers what it was told.
pub struct Hub {
    pub address: String,
    told: Arc<Mutex<Vec<String>>>,
}

impl Hub {
    pub fn answering(line: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/hub?a=[b]", listener.local_addr().unwrap());
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        std::thread::spawn(move || {
            listener.incoming().for_each(|stream| heard.lock().unwrap().push(hear(stream.unwrap(), line)))
        });
        Self { address, told }
    }

    /// What it was told since it was last asked, without what all requests share.
    fn told(&self) -> Vec<String> {
        let requests = std::mem::take(&mut *self.told.lock().unwrap());
        let topic = |request: &String| {
            assert!(request.starts_with("POST /hub?a=[b] HTTP/1.1\r\n"), "{request}");
            assert!(
                request.to_lowercase().contains("content-type: application/x-www-form-urlencoded\r\n"),
                "{request}"
            );
            let body = request.split("\r\n\r\n").nth(1).unwrap();
            let topic = body.strip_prefix("hub.mode=publish&hub.url=").unwrap_or_else(|| panic!("{body}"));
            let topic = percent_encoding::percent_decode_str(topic).decode_utf8().unwrap().into_owned();
            topic.strip_prefix("https://www.example.gov.cn/fxjs/").unwrap_or_else(|| panic!("{topic}")).to_owned()
        };
        requests.iter().map(topic).collect()
    }
}

fn hear(mut stream: TcpStream, answer: &str) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut request = String::new();
    let mut buffer = [0; 4096];
    let whole = |request: &str| {
        let (head, body) = request.split_once("\r\n\r\n")?;
        let length = head.to_lowercase().split("content-length: ").nth(1)?.lines().next()?.parse::<usize>().ok()?;
        (body.len() >= length).then_some(())
    };
    while whole(&request).is_none() {
        let read = stream.read(&mut buffer).unwrap();
        assert_ne!(read, 0, "{request}");
        request.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
    write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    request
}

fn with_hub(address: &str) -> Site {
    built(&format!("{FOLDER}hub: \"{address}\"\n"))
}

#[test]
fn the_hub_is_told_of_exactly_the_feeds_that_changed() {
    let hub = Hub::answering("204 No Content");
    let site = with_hub(&hub.address);
    let dry = site.run(&["publish", "--dry-run"]).exits(0);
    assert!(dry.stderr.contains("会通知推送中心") && hub.told().is_empty());
    publish(&site).exits(0).says("已通知推送中心");
    let names = ["feed.xml", "atom.xml", "feed.json"];
    let feeds = |tree: &Tree| {
        tree.keys().filter(|path| names.iter().any(|name| path.ends_with(name))).cloned().collect::<Vec<_>>()
    };
    assert_eq!(hub.told(), feeds(&ours(&site)));
    publish(&site).exits(0);
    assert!(hub.told().is_empty());
    let before = ours(&site);
    grow(&site);
    publish(&site).exits(0);
    let changed: Vec<String> =
        feeds(&ours(&site)).into_iter().filter(|path| ours(&site).get(path) != before.get(path)).collect();
    let mut told = hub.told();
    told.sort();
    assert_eq!(told, changed);
    assert!(
        !changed.contains(&"hazards/suffocation/feed.xml".to_owned())
            && changed.contains(&"hazards/fire/feed.xml".to_owned())
    );
    site.run(&["publish", "--ping"]).exits(0).says("已通知推送中心");
    assert_eq!(hub.told(), feeds(&ours(&site)));
}

#[test]
fn no_ping_means_no_ping() {
    let hub = Hub::answering("204 No Content");
    let site = with_hub(&hub.address);
    site.run(&["publish", "--no-ping"]).exits(0);
    assert!(hub.told().is_empty());
    built(FOLDER).run(&["publish", "--ping"]).exits(2).says("没有写推送中心");
    site.run(&["publish", "--ping", "--dry-run"]).exits(2);
}

#[test]
fn a_hub_that_fails_holds_nothing_back() {
    let hub = Hub::answering("500 Internal Server Error");
    let site = with_hub(&hub.address);
    publish(&site).exits(0).says("提醒[ping-failed]").says("回答 500").says("jingshi publish --ping");
    assert!(there(&site) == ours(&site));
    assert!(hub.told().len() > 3, "each is tried");
}

#[test]
fn a_hub_that_is_not_there_holds_nothing_back() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let site = with_hub(&address);
    publish(&site).exits(0).says("ping-failed");
    assert!(there(&site) == ours(&site));
}

#[test]
fn a_hub_that_never_answers_is_waited_for_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = with_hub(&format!("http://{}/", listener.local_addr().unwrap()));
    let started = Instant::now();
    publish(&site).exits(0).says("ping-failed").says("已通知推送中心 0 个订阅源");
    assert!(started.elapsed() < Duration::from_secs(40), "{:?}", started.elapsed());
    assert!(there(&site) == ours(&site));
}
