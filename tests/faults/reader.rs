//! A reader who never stops, behind a real nginx with the configuration of `docs/deploy.md`, while builds go on and are
//! killed: every answer is one of the site before or of the site after, and nothing that a page leads to is missing.

use super::enumerated::{asked, print};
use super::publication::links;
use super::samples::{notice, person};
use super::strace::surroundings;
use super::tree;
use super::world::{NOW, Place, World, scratch};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const DEPLOY: &str = include_str!("../../docs/deploy.md");
/// How many sites follow each other where nobody asks for all points, and how long each stays.
const SITES: u32 = 4;
const STAY: Duration = Duration::from_millis(400);

const BUILD: [&str; 3] = ["build", "--output", "../www/fxjs"];

/// A web server, until it is dropped.
struct Nginx {
    child: Child,
    port: u16,
}

impl Nginx {
    /// Serves `www/` of a folder.
    fn start(folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = DEPLOY.split("```nginx\n").nth(1).unwrap().split("```").next().unwrap();
        let server = server.replace("listen 80;", &format!("listen 127.0.0.1:{port};"));
        let server = server.replace("/var/www", &folder.join("www").display().to_string());
        let temporary =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path tmp;\n"));
        let types = "types { text/html html; text/css css; text/javascript js; }";
        let config = format!(
            "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{types}\n{}{server}\n}}\n",
            temporary.concat()
        );
        fs::write(folder.join("nginx.conf"), config).unwrap();
        // Not on everybody's path.
        let system = Path::new("/usr/sbin/nginx");
        let mut command = Command::new(if system.exists() { system } else { Path::new("nginx") });
        command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf")).args(["-e", "error.log"]);
        command.stdout(Stdio::null()).stderr(File::create(folder.join("nginx.err")).unwrap());
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("nginx is missing ({error}): nothing can be shown without it"));
        let nginx = Self { child, port };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return nginx;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("nginx does not answer: {}", fs::read_to_string(folder.join("nginx.err")).unwrap_or_default());
    }

    /// Status and body.
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let path: String = path
            .bytes()
            .map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        write!(stream, "GET /fxjs/{path} HTTP/1.1\r\nHost: www.example.gov.cn\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
        (status, answer.split_off(end + 4))
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was answered when a page was read with all that it leads to: path, status, digest.
type Visit = Vec<(String, u16, String)>;

#[test]
fn a_reader_gets_the_site_before_or_after_and_nothing_is_missing() {
    let scratch = scratch("faults-");
    let place = Place(scratch.path().to_owned());
    tree::replace(&World::get().place("1").0, &place.0);
    place.run(NOW, &BUILD);
    let mut manifests = vec![manifest(&place.0)];
    let nginx = Nginx::start(&place.0);
    let done = AtomicBool::new(false);
    let (done, nginx) = (&done, &nginx);
    let sites = asked().map_or(SITES, |_| 40);
    let (visits, killed) = std::thread::scope(|scope| {
        let reader = scope.spawn(move || read(nginx, done));
        let killed: u32 = (0..sites).map(|number| next_site(&place, number, &mut manifests)).sum();
        done.store(true, Ordering::Relaxed);
        (reader.join().unwrap(), killed)
    });
    judge(&visits, &manifests);
    let answers: usize = visits.iter().map(Vec::len).sum();
    print(&format!(
        "nginx: {sites} sites one after the other, {killed} builds killed before; {} pages read with all they lead to, {answers} answers: none missing, each of the site before or after\n",
        visits.len()
    ));
}

/// Builds the next site and lets it stay a while; how many builds were killed before.
fn next_site(place: &Place, number: u32, manifests: &mut Vec<BTreeMap<String, String>>) -> u32 {
    let now = format!("2024-06-{:02}T{:02}:00:00+08:00", 6 + number / 12, 9 + number % 12);
    change(place, number, &now);
    let killed = kill(&place.site(), &now, number);
    place.run(&now, &BUILD);
    manifests.push(manifest(&place.0));
    std::thread::sleep(STAY);
    killed
}

/// The next site: a notice corrected, one added, a page and a file of the theme changed.
fn change(place: &Place, number: u32, now: &str) {
    place.run(now, &["revise", "2024-001", "--what", "补充型号", "--why", "又查到一种"]);
    let id = format!("2024-1{number:02}");
    place.write(&format!("content/drafts/{id}/index.md"), notice(&id, "热水袋"));
    let urgent = [
        "review",
        "sign",
        "--stage",
        "终审",
        "--by",
        &person("终审"),
        "--urgent",
        "--reason",
        "有人受伤",
        "content/drafts",
    ];
    place.run(now, &urgent);
    place.write("content/pages/about.md", format!("---\ntitle: 关于\n---\n第 {number} 版。\n"));
    place.write("themes/default/static/style.css", format!("main {{ margin: {number}em }}\n"));
}

/// A build that is killed on its way; whether it was.
fn kill(site: &Path, now: &str, number: u32) -> u32 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jingshi"));
    surroundings(&mut command, site);
    command.args(["--now", now]).args(BUILD).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(Duration::from_millis(20 + u64::from(number * 37 % 120)));
    let _ = child.kill();
    u32::from(child.wait().unwrap().code().is_none())
}

/// Reads page after page, each with all that it leads to, until it is enough.
fn read(nginx: &Nginx, done: &AtomicBool) -> Vec<Visit> {
    let (mut visits, mut waiting) = (Vec::new(), Vec::new());
    while !done.load(Ordering::Relaxed) {
        let page: String = waiting.pop().unwrap_or_else(|| "index.html".to_owned());
        let (status, body) = nginx.get(&page);
        let text = String::from_utf8_lossy(&body).into_owned();
        let mut visit = vec![(page.clone(), status, sha256(&body))];
        // Styles and scripts last, so that a new site comes in between as often as can be.
        for link in links(&page, &text).into_iter().rev() {
            let (status, body) = nginx.get(&link);
            visit.push((link.clone(), status, sha256(&body)));
        }
        if page == "index.html" {
            waiting = visit
                .iter()
                .map(|(path, ..)| path.clone())
                .filter(|path| path.ends_with(".html") && *path != page)
                .collect();
        }
        visits.push(visit);
    }
    visits
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of every file by its path.
fn manifest(place: &Path) -> BTreeMap<String, String> {
    let bytes = fs::read(place.join("www/fxjs/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let files = manifest["files"].as_object().unwrap().iter();
    let mut files: BTreeMap<_, _> =
        files.map(|(path, entry)| (path.clone(), entry["sha256"].as_str().unwrap().to_owned())).collect();
    files.insert("manifest.json".to_owned(), sha256(&bytes));
    files
}

/// Every visit lies in the site before an exchange and the one after it.
fn judge(visits: &[Visit], manifests: &[BTreeMap<String, String>]) {
    let mut faults = BTreeSet::new();
    for visit in visits {
        faults.extend(
            visit.iter().filter(|(_, status, _)| *status != 200).map(|(path, status, _)| format!("{path}: {status}")),
        );
        let fits = |pair: &[BTreeMap<String, String>]| {
            visit.iter().all(|(path, _, digest)| pair.iter().any(|manifest| manifest.get(path) == Some(digest)))
        };
        if !manifests.windows(2).any(fits) {
            faults.insert(format!("{}: answers of neither the site before nor the one after", visit[0].0));
        }
    }
    assert!(faults.is_empty() && visits.len() > 5, "{} visits: {faults:#?}", visits.len());
}
