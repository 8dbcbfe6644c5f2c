//! Targets on another machine: a stand-in for `ssh` runs the command here.

use super::hub::Hub;
use super::{grow, ours, publish};
use crate::samples::{CONFIG, PIXEL, keys, notice};
use crate::site::{Site, files};
use std::fs;
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
fn a_connection_that_fails_is_no_empty_target() {
    let site = remote();
    fs::create_dir(www(&site)).unwrap();
    fs::write(www(&site).join("index.html"), "别人的").unwrap();
    // As ssh fails whose settings name a key that is not there, once.
    let ssh = site.outside().join("ssh");
    let fails = "[ -e \"$0.failed\" ] || { : > \"$0.failed\"; echo 'Warning: Identity file k not accessible: No such file or directory.' >&2; exit 255; }\n";
    let text = fs::read_to_string(&ssh).unwrap().replacen('\n', &format!("\n{fails}"), 1);
    fs::write(&ssh, text).unwrap();
    publish(&site).exits(4).says("publish-failed");
    publish(&site).exits(2).says("output-foreign");
    assert_eq!(fs::read_to_string(www(&site).join("index.html")).unwrap(), "别人的");
}

#[test]
fn the_signature_goes_first_and_comes_last() {
    let site = remote();
    let key = &keys()[3];
    let private = site.outside().join("site_key");
    fs::write(&private, &key.private).unwrap();
    let signed = || site.run(&["build", "--key", private.to_str().unwrap()]).exits(0);
    site.write("site.yaml", format!("{}site_key: \"{}\"\n", site.read("site.yaml"), key.public));
    let there = || www(&site).join("manifest.json.sig");
    publish(&site).exits(0).says("manifest-unsigned");
    assert!(!there().exists());
    // Nothing but the signature is new.
    signed();
    let run = publish(&site).exits(0).says("新增 0 个文件，改变 0，去掉 0");
    assert!(!run.stderr.contains("manifest-unsigned") && files(&www(&site)) == ours(&site));
    grow(&site);
    assert!(!site.has("public/manifest.json.sig"));
    publish(&site).exits(0).says("manifest-unsigned");
    assert!(files(&www(&site)) == ours(&site) && !there().exists());
    // The feed cannot be written: what is underway bears no signature.
    signed();
    publish(&site).exits(0);
    site.clock("2024-06-03T09:00:00+08:00");
    site.draft("2024-003", &notice("2024-003", "仿真枪")).publish("2024-003");
    signed();
    let feed = www(&site).join("feed.xml");
    fs::remove_file(&feed).unwrap();
    fs::create_dir(&feed).unwrap();
    fs::write(feed.join("x"), "").unwrap();
    publish(&site).exits(4);
    assert!(!there().exists());
    fs::remove_dir_all(&feed).unwrap();
    publish(&site).exits(0);
    assert!(files(&www(&site)) == ours(&site) && there().exists());
}

#[test]
fn what_rsync_says_is_told() {
    let site = remote();
    site.variable("RSYNC_RSH", "false");
    publish(&site).exits(4).says("publish-failed").says("rsync（退出码");
    site.variable("PATH", "/nowhere");
    publish(&site).exits(4).says("没有 rsync 命令");
}
