//! The same over the web: what a portal, a cache or an attacker makes of it on the way is found.

use super::{MANIFEST, build_with, grow, signed, site_key, spread};
use crate::samples::CONFIG;
use crate::site::{Run, Site};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a server does about a file.
#[derive(Clone)]
enum Reply {
    /// Status and further lines, and the body.
    Sent(String, Vec<u8>),
    /// A body longer than it says, for ever.
    Endless(&'static str),
    /// The connection is cut after so many bytes of the body.
    Cut(Vec<u8>),
    /// Nothing, for a long time.
    Silence,
}

/// What a portal does to a path: none where it serves the file.
type Portal = Box<dyn Fn(&str, &[u8]) -> Option<Reply> + Send + Sync>;

/// A web server for `public/` below `/fxjs/`, with a portal before it.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn before(site: &Site, portal: impl Fn(&str, &[u8]) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/fxjs/", listener.local_addr().unwrap());
        let (root, portal): (PathBuf, Arc<Portal>) = (site.path("public"), Arc::new(Box::new(portal)));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (root, portal, heard) = (root.clone(), Arc::clone(&portal), Arc::clone(&heard));
                std::thread::spawn(move || serve(stream, &root, &portal, &heard));
            }
        });
        Self { address, asked }
    }

    fn plain(site: &Site) -> Self {
        Self::before(site, |_, _| None)
    }

    fn verify(&self, site: &Site) -> Run {
        site.run(&["verify", &self.address, "--timeout", "2"])
    }
}

/// Answers one request after the other until the client has gone.
fn serve(mut stream: TcpStream, root: &std::path::Path, portal: &Portal, heard: &Mutex<Vec<String>>) {
    let mut held = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let end = held.windows(4).position(|window| window == b"\r\n\r\n");
        let Some(end) = end else {
            match stream.read(&mut buffer) {
                Ok(read) if read > 0 => held.extend_from_slice(&buffer[..read]),
                _ => return,
            }
            continue;
        };
        let request = String::from_utf8(held.drain(..end + 4).collect()).unwrap();
        heard.lock().unwrap().push(request.clone());
        let target = request.split(' ').nth(1).unwrap();
        let path = percent_encoding::percent_decode_str(target).decode_utf8().unwrap().into_owned();
        let path = path.strip_prefix("/fxjs/").unwrap_or("elsewhere");
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let bytes = fs::read(root.join(file)).ok();
        let usual = |bytes: Option<Vec<u8>>| match bytes {
            Some(bytes) => Reply::Sent("200 OK".to_owned(), bytes),
            None => Reply::Sent("404 Not Found".to_owned(), b"<p>404".to_vec()),
        };
        let reply = portal(path, bytes.as_deref().unwrap_or_default()).unwrap_or_else(|| usual(bytes));
        if send(&mut stream, reply).is_none() {
            return;
        }
    }
}

/// None where the connection cannot go on.
fn send(stream: &mut TcpStream, reply: Reply) -> Option<()> {
    match reply {
        Reply::Sent(head, body) => {
            // In one piece, or each answer waits for an acknowledgement.
            let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(&[head.as_bytes(), &body].concat()).ok()
        }
        Reply::Endless(head) => {
            write!(stream, "HTTP/1.1 {head}\r\nConnection: close\r\n\r\n").ok()?;
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
            None
        }
        Reply::Cut(body) => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len()).ok()?;
            stream.write_all(&body[..body.len() / 2]).ok()?;
            None
        }
        Reply::Silence => {
            std::thread::sleep(Duration::from_secs(60));
            None
        }
    }
}

fn ok(body: impl Into<Vec<u8>>) -> Option<Reply> {
    Some(Reply::Sent("200 OK".to_owned(), body.into()))
}

/// A portal that does this to one address and nothing to others.
fn at(
    path: &'static str,
    reply: impl Fn(&[u8]) -> Option<Reply> + Send + Sync,
) -> impl Fn(&str, &[u8]) -> Option<Reply> {
    move |asked, bytes| if asked == path { reply(bytes) } else { None }
}

#[test]
fn a_site_on_the_web_passes_and_is_asked_for_all_of_it() {
    let site = signed();
    let server = Server::plain(&site);
    server.verify(&site).exits(0).says("核对通过").says("清单的签名有效").says("看不出有没有多出的文件");
    let asked = server.asked.lock().unwrap().clone();
    let paths: Vec<&str> = asked.iter().map(|request| request.split(' ').nth(1).unwrap()).collect();
    for path in site.tree().keys().map(|path| jingshi::route::encode_path(path)) {
        assert_eq!(paths.iter().filter(|asked| **asked == format!("/fxjs/{path}")).count(), 1, "{path}");
    }
    // Feeds and search engines know pages by their folders.
    assert!(paths.contains(&"/fxjs/") && paths.contains(&"/fxjs/n/2024-001/"));
    for request in &asked {
        let request = request.to_lowercase();
        assert!(request.starts_with("get ") && request.contains("user-agent: jingshi/"), "{request}");
        assert!(!request.contains("accept-encoding") && !request.contains("range:"), "{request}");
    }
    // As copied from a browser; and as a stranger sees it.
    site.run(&["verify", &format!("{}index.html", server.address)]).exits(0);
    site.run(&["verify", server.address.trim_end_matches('/'), "--key", &site_key().public]).exits(0);
}

#[test]
fn one_byte_on_the_way_is_found() {
    let site = signed();
    let flip = |bytes: &[u8]| {
        let mut altered = bytes.to_vec();
        let offset = spread(bytes.len()) % bytes.len().max(1);
        altered.iter_mut().skip(offset).take(1).for_each(|byte| *byte ^= 4);
        altered
    };
    let all =
        Server::before(
            &site,
            move |path, bytes| {
                if path.starts_with("manifest") || bytes.is_empty() { None } else { ok(flip(bytes)) }
            },
        );
    let run = site.run(&["verify", &all.address, "--format", "json"]).exits(3);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let full =
        site.files("public").into_iter().filter(|(path, bytes)| !path.starts_with("manifest") && !bytes.is_empty());
    assert_eq!(report["result"]["counts"]["altered"], full.count());
    for path in ["n/2024-001/图.png", "feed.xml", "", "n/2024-001/"] {
        let one = Server::before(&site, at(path, move |bytes| ok(flip(bytes))));
        let run = one.verify(&site).exits(3).says("有 1 处不一致").says("一样长，内容不同");
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        run.says(&format!("被改动：{file}"));
    }
    for path in ["manifest.json", "manifest.json.sig"] {
        let one = Server::before(&site, at(path, move |bytes| ok(flip(bytes))));
        one.verify(&site).exits(3);
    }
}

#[test]
fn what_portals_do_is_found_and_named() {
    let site = signed();
    let cases: Vec<(Portal, &str)> = vec![
        (
            Box::new(at("n/2024-001/index.html", |bytes| {
                ok(String::from_utf8_lossy(bytes).replace("</body>", "<script src=//tongji></script></body>"))
            })),
            "字节，清单上是",
        ),
        (Box::new(at("feed.xml", |_| ok("<h1>系统维护中</h1>"))), "被改动：feed.xml"),
        (Box::new(at("feed.xml", |_| Some(Reply::Sent("404 Not Found".to_owned(), Vec::new())))), "缺少：feed.xml"),
        (
            Box::new(at("feed.xml", |bytes| Some(Reply::Sent("404 Not Found".to_owned(), bytes.to_vec())))),
            "缺少：feed.xml",
        ),
        (Box::new(at("feed.xml", |_| Some(Reply::Sent("403 Forbidden".to_owned(), b"x".to_vec())))), "网站回答 403"),
        (
            Box::new(at("feed.xml", |bytes| {
                Some(Reply::Sent("302 Found\r\nLocation: https://example.com/login".to_owned(), bytes.to_vec()))
            })),
            "转到了 https://example.com/login",
        ),
        (
            Box::new(at("feed.xml", |_| {
                Some(Reply::Sent("301 Moved Permanently\r\nLocation: feed2.xml".to_owned(), Vec::new()))
            })),
            "/fxjs/feed2.xml",
        ),
        (
            Box::new(at("feed.xml", |_| {
                Some(Reply::Sent("200 OK\r\nContent-Encoding: gzip".to_owned(), b"\x1f\x8b\x08\x00xxxx".to_vec()))
            })),
            "压缩过的",
        ),
        (Box::new(at("feed.xml", |_| Some(Reply::Endless("200 OK")))), "长得多"),
        (Box::new(at("feed.xml", |bytes| ok(&bytes[1..]))), "字节，清单上是"),
        (Box::new(at("feed.xml", |bytes| ok([bytes, b"\n"].concat()))), "字节，清单上是"),
        (Box::new(at("feed.xml", |bytes| Some(Reply::Sent("203 OK".to_owned(), bytes.to_vec())))), "网站回答 203"),
        (Box::new(at("robots.txt", |_| ok(Vec::new()))), "被改动：robots.txt"),
    ];
    for (portal, told) in cases {
        let server = Server::before(&site, portal);
        server.verify(&site).exits(3).says("output-altered").says("有 1 处不一致").says(told).says("核对不通过");
    }
}

#[test]
fn a_page_of_errors_in_place_of_the_manifest_is_none() {
    let site = signed();
    let cases: Vec<(Portal, i32, &str)> = vec![
        (Box::new(at("manifest.json", |_| ok("<h1>登录</h1>"))), 3, "不是清单"),
        (
            Box::new(at("manifest.json", |_| Some(Reply::Sent("404 Not Found".to_owned(), vec![b'x'; 999])))),
            3,
            "网站回答 404",
        ),
        (
            Box::new(at("manifest.json", |_| {
                Some(Reply::Sent("301 Moved\r\nLocation: https://www.example.gov.cn/".to_owned(), Vec::new()))
            })),
            3,
            "转到了 https://www.example.gov.cn/",
        ),
        (
            Box::new(at("manifest.json", |_| Some(Reply::Sent("502 Bad Gateway".to_owned(), Vec::new())))),
            4,
            "网站回答 502",
        ),
        (
            Box::new(at("manifest.json.sig", |_| Some(Reply::Sent("404 Not Found".to_owned(), Vec::new())))),
            3,
            "清单没有签名",
        ),
        (Box::new(at("manifest.json.sig", |_| ok("<h1>登录</h1>"))), 3, "清单的签名无效"),
        (Box::new(at("manifest.json.sig", |_| Some(Reply::Endless("200 OK")))), 3, "太长"),
        (Box::new(at("manifest.json", |_| Some(Reply::Silence))), 4, "太久没有回音"),
        (Box::new(at("manifest.json", |bytes| Some(Reply::Cut(bytes.to_vec())))), 4, "没有传完就断了"),
    ];
    for (portal, code, told) in cases {
        Server::before(&site, portal).verify(&site).exits(code).says(told);
    }
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    site.run(&["verify", &format!("http://{nobody}/")]).exits(4).says("连不上");
}

#[test]
fn what_could_not_be_read_is_not_called_altered() {
    let site = signed();
    let cut = Server::before(&site, at("feed.xml", |bytes| Some(Reply::Cut(bytes.to_vec()))));
    cut.verify(&site).exits(4).says("verify-failed").says("没有读到：feed.xml（没有传完就断了）").says("没有核对完");
    let silent = Server::before(&site, at("feed.xml", |_| Some(Reply::Silence)));
    silent.verify(&site).exits(4).says("没有读到：feed.xml（太久没有回音）");
    // What is certain decides.
    let both = Server::before(&site, |path, _| match path {
        "feed.xml" => Some(Reply::Sent("503 Busy".to_owned(), Vec::new())),
        "atom.xml" => ok("x"),
        _ => None,
    });
    both.verify(&site).exits(3).says("没有读到：feed.xml（网站回答 503）").says("被改动：atom.xml").says("核对不通过");
    // A single slip of the net is none: it is asked for again.
    let slips = Mutex::new(0);
    let once = Server::before(&site, move |path, bytes| {
        let mut slips = slips.lock().unwrap();
        *slips += usize::from(path == "feed.xml");
        (path == "feed.xml" && *slips == 1).then(|| Reply::Cut(bytes.to_vec()))
    });
    once.verify(&site).exits(0);
}

#[test]
fn a_server_that_falls_silent_is_not_waited_for_at_every_file() {
    let site = signed();
    let server = Server::before(&site, |path, _| (!path.starts_with("manifest")).then_some(Reply::Silence));
    let started = Instant::now();
    site.run(&["verify", &server.address, "--timeout", "1"]).exits(4).says("没有再试").says("没有核对完");
    assert!(started.elapsed() < Duration::from_secs(50), "{:?}", started.elapsed());
}

#[test]
fn a_site_that_changes_meanwhile_is_not_accused() {
    let site = signed();
    let old = site.files("public");
    grow(&site);
    build_with(&site, site_key()).exits(0);
    // The manifest of the first two requests is the old one, as if the exchange came just behind them.
    let asked = Mutex::new(0);
    let server = Server::before(&site, move |path, _| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        if *asked <= 2 { ok(old[path].clone()) } else { None }
    });
    server.verify(&site).exits(4).says("更新了").says("再核对一次");
}

#[test]
fn without_curl_it_says_what_is_missing() {
    let site = signed();
    let server = Server::plain(&site);
    site.variable("PATH", site.outside().to_str().unwrap());
    server.verify(&site).exits(4).says("没有 curl 命令");
}

#[test]
fn nobody_s_settings_change_what_is_asked_for() {
    let site = signed();
    let server = Server::plain(&site);
    fs::write(site.outside().join(".curlrc"), "compressed\nheader = \"X-Other: 1\"\noutput = \"/dev/null\"\n").unwrap();
    site.variable("HOME", site.outside().to_str().unwrap());
    server.verify(&site).exits(0);
    assert!(server.asked.lock().unwrap().iter().all(|request| !request.contains("X-Other")));
}

#[test]
fn a_manifest_that_promises_the_moon_takes_no_memory() {
    let site = signed();
    let text = site.read(MANIFEST);
    let length = format!("\"bytes\": {}", site.bytes("public/feed.xml").len());
    site.write(MANIFEST, text.replace(&length, "\"bytes\": 18446744073709551615"));
    site.write("site.yaml", CONFIG);
    let server = Server::plain(&site);
    server.verify(&site).exits(3).says("清单上是 18446744073709551615");
}
