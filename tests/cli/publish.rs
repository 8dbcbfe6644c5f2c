//! `publish`: what a web server and a hub get to see.

use crate::samples::{CONFIG, PIXEL, notice};
use crate::site::{Run, Site, Tree, files};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const FOLDER: &str = "targets:\n  - {name: 官网, to: ../www/fxjs}\n";

/// A built site with this added to its `site.yaml`.
fn built(more: &str) -> Site {
    let site = Site::with_config(&format!("{CONFIG}{more}"));
    site.draft(
        "2024-001",
        &notice("2024-001", "磁力珠").replace("actions:", "image: {file: 图.png, alt: 磁力珠}\nactions:"),
    );
    site.write("content/drafts/2024-001/图.png", PIXEL).publish("2024-001").build().exits(0);
    site
}

/// One more notice, in a category and of a hazard of its own.
fn grow(site: &Site) {
    site.clock("2024-06-02T09:00:00+08:00");
    site.draft("2024-002", &notice("2024-002", "水晶泥").replace("[窒息]", "[火灾]"))
        .publish("2024-002")
        .build()
        .exits(0);
}

fn publish(site: &Site) -> Run {
    site.run(&["publish"])
}

/// What the public sees; the target lies beside the site.
fn there(site: &Site) -> Tree {
    files(&site.outside().join("www/fxjs"))
}

fn ours(site: &Site) -> Tree {
    site.files("public")
}

#[test]
fn the_first_time_everything_is_brought_then_what_differs() {
    let site = built(FOLDER);
    publish(&site).exits(0).says("已发布到“官网”");
    assert!(there(&site) == ours(&site));
    publish(&site).exits(0).says("新增 0 个文件，改变 0，去掉 0");
    grow(&site);
    let untouched = site.outside().join("www/fxjs/n/2024-001/图.png");
    let before = fs::metadata(&untouched).unwrap().modified().unwrap();
    let run = site.run(&["publish", "官网", "--format", "json"]).exits(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(report["result"]["added"].as_array().unwrap().contains(&"n/2024-002/index.html".into()));
    assert!(there(&site) == ours(&site));
    assert_eq!(fs::metadata(&untouched).unwrap().modified().unwrap(), before);
}

#[test]
fn a_rehearsal_says_what_would_be_done_and_does_nothing() {
    let site = built(FOLDER);
    let run = site.run(&["publish", "--dry-run"]).exits(0).says("未改动");
    assert!(run.stdout.contains("+ n/2024-001/index.html\n"));
    assert!(there(&site).is_empty());
    publish(&site).exits(0);
    grow(&site);
    let before = there(&site);
    let run = site.run(&["publish", "--dry-run"]).exits(0);
    assert!(run.stdout.contains("~ feed.xml\n") && !run.stdout.contains("2024-001"), "{}", run.stdout);
    assert!(there(&site) == before);
}

#[test]
fn what_goes_is_removed_and_what_others_put_there_stays() {
    let site = built(FOLDER);
    site.write("content/pages/gone.md", "---\ntitle: 旧页\n---\n\n旧。\n").build().exits(0);
    let www = site.outside().join("www/fxjs");
    publish(&site).exits(0);
    fs::create_dir_all(www.join("portal")).unwrap();
    fs::write(www.join("portal/头条.html"), "门户").unwrap();
    fs::write(www.join("CNAME"), "www.example.gov.cn").unwrap();
    fs::remove_file(site.path("content/pages/gone.md")).unwrap();
    site.build().exits(0);
    assert!(www.join("gone/index.html").exists());
    publish(&site).exits(0).says("去掉 1");
    assert!(!www.join("gone").exists(), "an empty folder is left");
    assert!(www.join("portal/头条.html").exists() && www.join("CNAME").exists());
}

#[cfg(unix)]
#[test]
fn pages_come_after_their_parts_and_removals_come_last() {
    let site = built(FOLDER);
    site.write("content/pages/gone.md", "---\ntitle: 旧页\n---\n\n旧。\n").build().exits(0);
    publish(&site).exits(0);
    fs::remove_file(site.path("content/pages/gone.md")).unwrap();
    grow(&site);
    let www = site.outside().join("www/fxjs");
    // Lists cannot be written: what they lead to is there already, what they led to is still there, and nothing is announced.
    fs::remove_file(www.join("feed.xml")).unwrap();
    fs::create_dir(www.join("feed.xml")).unwrap();
    fs::write(www.join("feed.xml/x"), "").unwrap();
    publish(&site).exits(4).says("publish-failed").says("没有发布完");
    assert!(www.join("n/2024-002/index.html").exists() && www.join("gone/index.html").exists());
    // The obstacle removed, the next run goes on where this one stopped.
    fs::remove_dir_all(www.join("feed.xml")).unwrap();
    publish(&site).exits(0).says("去掉 1");
    assert!(there(&site) == ours(&site));
}

#[test]
fn a_first_copy_that_was_interrupted_goes_on() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let www = site.outside().join("www/fxjs");
    // As a run leaves it that was killed at once after its first file: nothing but the manifest of what is to come.
    let manifest: serde_json::Value = serde_json::from_str(&site.read("public/manifest.json")).unwrap();
    let mut underway = manifest.clone();
    for entry in underway["files"].as_object_mut().unwrap().values_mut() {
        *entry = serde_json::json!({ "sha256": "", "bytes": 0 });
    }
    fs::remove_dir_all(&www).unwrap();
    fs::create_dir_all(www.join("assets")).unwrap();
    fs::write(www.join("manifest.json"), underway.to_string()).unwrap();
    let asset = manifest["files"].as_object().unwrap().keys().find(|path| path.starts_with("assets/")).unwrap();
    fs::write(www.join(asset), "half of").unwrap();
    publish(&site).exits(0);
    assert!(there(&site) == ours(&site));
}

#[test]
fn a_copy_that_is_killed_leaves_what_the_next_run_completes() {
    let site = built(FOLDER);
    for milliseconds in (5..60).step_by(11) {
        let _ = fs::remove_dir_all(site.outside().join("www"));
        let mut child = site.command(&["publish"]).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        publish(&site).exits(0);
        assert!(there(&site) == ours(&site), "killed after {milliseconds} ms");
    }
}

#[test]
fn a_folder_of_others_is_refused() {
    let site = built(FOLDER);
    let www = site.outside().join("www/fxjs");
    fs::create_dir_all(&www).unwrap();
    fs::write(www.join("index.html"), "别人的").unwrap();
    publish(&site).exits(2).says("output-foreign").says("不是本程序的");
    fs::write(www.join("manifest.json"), "{\"name\": \"别的程序\"}").unwrap();
    publish(&site).exits(2).says("manifest.json 不是本程序写的");
    assert_eq!(there(&site).len(), 2);
    fs::remove_dir_all(&www).unwrap();
    publish(&site).exits(0);
    fs::create_dir_all(www.join("n/2024-002")).unwrap();
    fs::write(www.join("n/2024-002/index.html"), "别人的").unwrap();
    grow(&site);
    let before = there(&site);
    publish(&site).exits(2).says("n/2024-002/index.html");
    assert!(there(&site) == before);
}

#[test]
fn a_manifest_that_leads_outside_removes_nothing() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let www = site.outside().join("www/fxjs");
    fs::write(site.outside().join("www/precious"), "x").unwrap();
    let text = fs::read_to_string(www.join("manifest.json")).unwrap();
    fs::write(
        www.join("manifest.json"),
        text.replacen("\"files\": {", "\"files\": {\"../precious\": {\"sha256\": \"\", \"bytes\": 1},", 1),
    )
    .unwrap();
    publish(&site).exits(2).says("output-foreign");
    assert!(site.outside().join("www/precious").exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_target_leads_nowhere() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let www = site.outside().join("www/fxjs");
    let elsewhere = site.outside().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::remove_dir_all(www.join("n")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, www.join("n")).unwrap();
    grow(&site);
    publish(&site).exits(2).says("符号链接");
    assert!(files(&elsewhere).is_empty());
}

#[test]
fn what_the_manifest_does_not_vouch_for_is_not_published() {
    let site = built(FOLDER);
    let refused = |what: &str| {
        publish(&site).exits(3).says("output-altered").says(what);
        assert!(there(&site).is_empty());
        site.build().exits(0);
    };
    site.edit("public/index.html", "磁力珠</", "没有危险</");
    refused("被改动：index.html");
    fs::remove_file(site.path("public/feed.xml")).unwrap();
    refused("缺少：feed.xml");
    site.write("public/n/2024-666/index.html", "<p>假的");
    publish(&site).exits(3).says("多出：n/2024-666/index.html");
    fs::remove_dir_all(site.path("public/n/2024-666")).unwrap();
    // What others put beside our folders is theirs, and what systems leave lying about nobody's: it is not sent.
    site.write("public/portal/x.html", "门户").write("public/CNAME", "x").write("public/n/.DS_Store", "x");
    publish(&site).exits(0);
    assert!(!there(&site).contains_key("CNAME") && !there(&site).contains_key("portal/x.html"));
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_not_published() {
    let site = built(FOLDER);
    fs::rename(site.path("public/feed.xml"), site.path("feed.xml")).unwrap();
    std::os::unix::fs::symlink("../feed.xml", site.path("public/feed.xml")).unwrap();
    publish(&site).exits(3).says("被改动：feed.xml");
}

#[test]
fn nothing_is_published_before_it_is_built() {
    let site = Site::with_config(&format!("{CONFIG}{FOLDER}"));
    publish(&site).exits(2).says("output-missing").says("jingshi build");
}

#[test]
fn an_older_site_does_not_go_over_a_newer_one() {
    let site = built(FOLDER);
    let old = site.files("");
    grow(&site);
    publish(&site).exits(0);
    let before = there(&site);
    for folder in ["content", "public"] {
        fs::remove_dir_all(site.path(folder)).unwrap();
    }
    for (path, bytes) in old {
        site.write(&path, bytes);
    }
    publish(&site).exits(3).says("ledger-rewound").says("content/ledger.csv");
    assert!(there(&site) == before);
}

#[test]
fn a_target_is_named_or_the_only_one() {
    let site = built("");
    publish(&site).exits(2).says("没有写发布目标");
    let site = built("发布目标:\n  - {名称: 甲, 位置: ../www/fxjs}\n  - {name: 乙, to: ../www2}\n");
    publish(&site).exits(2).says("甲、乙");
    site.run(&["publish", "丙"]).exits(2).says("没有名为“丙”的发布目标").says("甲、乙");
    site.run(&["publish", "甲"]).exits(0);
    assert!(there(&site) == ours(&site) && !site.outside().join("www2").exists());
}

#[test]
fn the_site_itself_is_no_target() {
    for to in ["public", "public/x", ".", "..", "content/drafts", "content/pages/x", "themes/x", "/"] {
        let site = built(&format!("targets: [{{name: 甲, to: \"{to}\"}}]\n"));
        let before = site.files("");
        publish(&site).exits(2);
        assert!(site.files("") == before, "{to}");
    }
}

#[test]
fn no_target_is_an_option_or_a_command() {
    for to in
        ["-oProxyCommand=touch x:/a", "a b:/www", "host:www", "host:/", "https://www.example.gov.cn/", "host:/a/../b"]
    {
        let site = Site::with_config(&format!("{CONFIG}targets: [{{name: 甲, to: \"{to}\"}}]\n"));
        publish(&site).exits(2).says("config-value").says("site.yaml");
    }
}

#[test]
fn everything_can_be_sent_again() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let page = site.outside().join("www/fxjs/index.html");
    fs::write(&page, "被人改过").unwrap();
    publish(&site).exits(0);
    site.run(&["publish", "--all"]).exits(0).says("重新送全部");
    assert!(there(&site) == ours(&site));
}

/// A hub that answers each request with a line, and remembers what it was told.
struct Hub {
    address: String,
    told: Arc<Mutex<Vec<String>>>,
}

impl Hub {
    fn answering(line: &'static str) -> Self {
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

/// Targets on another machine: a stand-in for `ssh` that runs the command here.
#[cfg(unix)]
mod remote {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// A built site whose target is a folder of “another machine”; the name of the folder is what a shell would stumble on.
    fn remote() -> Site {
        let site = Site::fresh();
        site.run(&["init", site.path("").to_str().unwrap()]).exits(0);
        let www = www(&site);
        let hub = Hub::answering("204 No Content").address;
        let target =
            format!("targets: [{{name: 远程, to: 'fabu@www.example.gov.cn:{}'}}]\nhub: \"{hub}\"\n", www.display());
        site.write("site.yaml", format!("{CONFIG}{target}"));
        let ssh = site.outside().join("ssh");
        fs::write(&ssh, "#!/bin/sh\n[ \"$1\" = -l ] && [ \"$2\" = fabu ] && [ \"$3\" = www.example.gov.cn ] || exit 9\nshift 3\necho \"$*\" >> \"$0.log\"\n# As sshd does: one line for the shell of the user.\nexec sh -c \"$*\"\n").unwrap();
        fs::set_permissions(&ssh, fs::Permissions::from_mode(0o755)).unwrap();
        site.variable("RSYNC_RSH", ssh.to_str().unwrap());
        site.draft(
            "2024-001",
            &notice("2024-001", "磁力珠").replace("actions:", "image: {file: 图.png, alt: 磁力珠}\nactions:"),
        );
        site.write("content/drafts/2024-001/图.png", PIXEL).publish("2024-001").build().exits(0);
        site
    }

    fn www(site: &Site) -> std::path::PathBuf {
        site.outside().canonicalize().unwrap().join("w w $(touch pwned) `x`; 网站")
    }

    #[test]
    fn what_differs_is_brought_and_what_went_is_removed() {
        let site = remote();
        site.write("content/pages/gone.md", "---\ntitle: 旧页\n---\n\n旧。\n").build().exits(0);
        site.run(&["publish", "--dry-run"]).exits(0);
        assert!(!www(&site).exists());
        publish(&site).exits(0).says("已发布到“远程”").says("已通知推送中心");
        assert!(files(&www(&site)) == ours(&site));
        fs::write(www(&site).join("CNAME"), "x").unwrap();
        fs::remove_file(site.path("content/pages/gone.md")).unwrap();
        grow(&site);
        publish(&site).exits(0).says("去掉 1");
        let mut left = files(&www(&site));
        assert!(left.remove("CNAME").is_some() && left == ours(&site));
        publish(&site).exits(0).says("新增 0 个文件，改变 0，去掉 0");
        assert!(!site.public_with("pwned").iter().any(|path| path.contains("pwned")));
        let made: Vec<_> = fs::read_dir(site.outside()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!made.iter().any(|name| name == "pwned"), "{made:?}");
    }

    #[test]
    fn folders_of_others_and_newer_sites_are_refused() {
        let site = remote();
        fs::create_dir(www(&site)).unwrap();
        fs::write(www(&site).join(".hidden"), "x").unwrap();
        fs::write(www(&site).join("page one.html"), "别人的").unwrap();
        publish(&site).exits(2).says("output-foreign");
        fs::remove_file(www(&site).join("page one.html")).unwrap();
        publish(&site).exits(0);
        let text = fs::read_to_string(www(&site).join("manifest.json")).unwrap();
        fs::write(www(&site).join("manifest.json"), text.replace("\"rows\": 1", "\"rows\": 9")).unwrap();
        publish(&site).exits(3).says("ledger-rewound");
    }

    #[test]
    fn what_rsync_says_is_told() {
        let site = remote();
        site.variable("RSYNC_RSH", "false");
        publish(&site).exits(4).says("publish-failed").says("rsync（退出码");
        site.variable("PATH", "/nowhere");
        publish(&site).exits(4).says("没有 rsync 命令");
    }
}
