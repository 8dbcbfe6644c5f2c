//! The gate: whatever is not exactly what was signed and recorded keeps `public/` as it was.

use crate::samples::{MARKER, PIXEL, STAGES, keyed_config, keys, notice, open_config, person};
use crate::site::Site;
use std::fs;

const LIVE: &str = "content/notices/2024-001";
const ARCHIVED: &str = "content/archive/2024-001/v1";
const LEDGER: &str = "content/ledger.csv";

/// A site with 2024-001 in its second version, signed with keys, with a picture; and 2024-002; built.
fn built() -> Site {
    let site = Site::with_config(&keyed_config());
    let picture = "image: {file: 图.png, alt: 一个点}\n---\n\n";
    site.draft("2024-001", &notice("2024-001", "磁力珠").replace("---\n\n", picture));
    site.write("content/drafts/2024-001/图.png", PIXEL);
    publish(&site, "2024-001", "2024-06-01T09:00:00+08:00");
    site.draft("2024-002", &notice("2024-002", "水晶泥"));
    publish(&site, "2024-002", "2024-06-02T09:00:00+08:00");
    site.clock("2024-06-03T09:00:00+08:00").run(&["revise", "2024-001", "--what", "甲", "--why", "乙"]).exits(0);
    publish(&site, "2024-001", "2024-06-03T09:00:00+08:00");
    site.build().exits(0);
    site
}

fn publish(site: &Site, id: &str, at: &str) {
    for (stage, key) in STAGES.iter().zip(keys()) {
        let path = site.outside().join("key");
        fs::write(&path, &key.private).unwrap();
        let (by, key) = (person(stage), path.to_str().unwrap().to_owned());
        site.clock(at).run(&["review", "sign", "--stage", stage, "--by", &by, "--key", &key, id]).exits(0);
    }
}

/// Flips one bit at each of about `samples` places of a file, and asserts that every build is refused.
fn every_flip_is_refused(path: &str, samples: usize) {
    let site = built();
    let (genuine, public) = (site.bytes(path), site.files("public"));
    let step = genuine.len().div_ceil(samples).max(1);
    let mut tried = 0;
    for position in (0..genuine.len()).step_by(step) {
        let mut forged = genuine.clone();
        // Which bit is flipped changes from place to place: letters, digits, line ends and the form of UTF-8 all have their turn.
        forged[position] ^= 1 << ((position / step) % 8);
        site.write(path, &forged);
        let run = site.build();
        assert_eq!(run.code, 3, "{path}, byte {position}:\n{}", run.report());
        tried += 1;
    }
    assert!(tried >= samples.min(genuine.len()) / 2);
    assert!(public == site.files("public"), "public/ changed");
    site.write(path, &genuine).build().exits(0);
}

#[test]
fn no_byte_of_a_live_notice_can_be_changed() {
    every_flip_is_refused(&format!("{LIVE}/index.md"), 260);
}

#[test]
fn no_byte_of_an_archived_version_can_be_changed() {
    every_flip_is_refused(&format!("{ARCHIVED}/index.md"), 80);
}

#[test]
fn no_byte_of_a_picture_can_be_changed() {
    every_flip_is_refused(&format!("{LIVE}/图.png"), PIXEL.len());
    every_flip_is_refused(&format!("{ARCHIVED}/图.png"), 10);
}

#[test]
fn no_byte_of_the_ledger_can_be_changed() {
    every_flip_is_refused(LEDGER, 200);
}

#[test]
fn a_byte_order_mark_and_other_line_ends_change_nothing() {
    let site = built();
    let public = site.files("public");
    for path in [format!("{LIVE}/index.md"), format!("{ARCHIVED}/index.md")] {
        let text = site.read(&path);
        site.write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).build().exits(0);
        site.write(&path, format!("\u{feff}{text}")).build().exits(0);
    }
    assert!(public == site.files("public"));
}

/// Changes a built site, asserts that it is refused, and that what is said contains a text.
fn refused(change: impl Fn(&Site), text: &str) {
    let site = built();
    change(&site);
    site.build_refused(3).says(text);
    // A dry run refuses likewise, and so does a build into another folder.
    site.run(&["build", "--dry-run"]).exits(3);
}

#[test]
fn what_was_published_cannot_vanish() {
    let remove = |path: &'static str| move |site: &Site| fs::remove_dir_all(site.path(path)).unwrap();
    refused(remove(LIVE), "台账里已发布的“2024-001”第 2 版不见了");
    refused(remove("content/notices/2024-002"), "台账里已发布的“2024-002”第 1 版不见了");
    refused(remove(ARCHIVED), "台账里已发布的“2024-001”第 1 版不见了");
    refused(remove("content/archive"), "不见了");
    refused(remove("content/notices"), "不见了");
    refused(|site| fs::remove_file(site.path(&format!("{LIVE}/index.md"))).unwrap(), "没有 index.md");
    refused(|site| fs::remove_file(site.path(&format!("{LIVE}/图.png"))).unwrap(), "找不到文件“图.png”");
}

#[test]
fn nothing_can_be_slipped_in() {
    refused(|site| site.put(&format!("{LIVE}/别的.png"), PIXEL), "签署后内容已改动");
    refused(|site| site.put(&format!("{ARCHIVED}/别的.png"), PIXEL), "签署后内容已改动");
    refused(|site| site.put(&format!("{LIVE}/别的.exe"), "x"), "不发布这种类型的文件");
    let hand_made = |site: &Site| {
        let text = site.read("content/notices/2024-002/index.md").replace("2024-002", "2024-003");
        site.write("content/notices/2024-003/index.md", text);
    };
    refused(hand_made, "台账里没有第 1 版的发布记录");
    let unsigned = |site: &Site| site.put("content/notices/2024-003/index.md", notice("2024-003", "甲"));
    refused(unsigned, "还缺初审、复审、终审签署，不能发布");
    let old_again = |site: &Site| {
        fs::remove_dir_all(site.path(LIVE)).unwrap();
        fs::rename(site.path(ARCHIVED), site.path(LIVE)).unwrap();
    };
    refused(old_again, "台账里最新是第 2 版，这里是第 1 版");
    let twice = |site: &Site| {
        let text = site.read("content/notices/2024-002/index.md");
        site.write("content/notices/2024-003/index.md", text);
    };
    let site = built();
    twice(&site);
    assert_ne!(site.build().code, 0);
}

#[test]
fn what_lies_hidden_beside_a_notice_is_neither_published_nor_in_the_way() {
    let site = built();
    let public = site.files("public");
    for name in [".DS_Store", "Thumbs.db", "desktop.ini", "~$草稿.docx"] {
        site.write(&format!("{LIVE}/{name}"), "x");
    }
    site.build().exits(0);
    assert!(public == site.files("public"));
}

#[test]
fn a_self_made_sign_off_needs_more_than_the_right_digest() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
    // The text is changed and the digest of the sign-offs is brought up to date, as somebody could who has no keys to fear.
    let path = format!("{LIVE}/index.md");
    let forged = site.read(&path).replace(MARKER, "换了一句");
    let old = forged.split("digest: ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let bare =
        format!("{}\n---\n{}", forged.split("\nreview:").next().unwrap(), forged.rsplit("\n---\n").next().unwrap());
    let new = crate::site::sha256(format!("jingshi-notice-v1\n{bare}").as_bytes());
    site.write(&path, forged.replace(&old, &new));
    site.build_refused(3).says("内容与台账第 1 行不一致");
}

#[test]
fn who_signed_and_when_is_sealed_in_the_ledger() {
    let site = Site::with_config(&open_config());
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    for (hour, stage) in STAGES.iter().enumerate() {
        site.clock(&format!("2024-06-01T1{hour}:00:00+08:00")).sign(stage, "2024-001").exits(0);
    }
    site.build().exits(0);
    let path = format!("{LIVE}/index.md");
    let genuine = site.read(&path);
    // Nothing but the ledger can tell: any name may sign here, and the order of the times is kept.
    for (from, to) in [("by: 初审员", "by: 路人"), ("T10:00:00", "T09:59:59"), ("T11:00:00", "T11:30:00")] {
        site.write(&path, genuine.replace(from, to));
        site.build_refused(3).says("审签记录与台账第 1 行不一致");
    }
    site.write(&path, &genuine).build().exits(0);
}

#[test]
fn the_ledger_only_grows() {
    let edit = |change: fn(Vec<String>) -> Vec<String>| {
        move |site: &Site| {
            let lines = site.read(LEDGER).lines().map(str::to_owned).collect();
            site.write(LEDGER, change(lines).iter().map(|line| format!("{line}\n")).collect::<String>());
        }
    };
    refused(
        edit(|mut lines| {
            lines[1] = lines[1].replace("磁力珠", "磁力球");
            lines
        }),
        "台账被改动，与链条对不上",
    );
    refused(
        edit(|mut lines| {
            lines.remove(1);
            lines
        }),
        "台账被改动",
    );
    refused(
        edit(|mut lines| {
            lines.insert(2, lines[1].clone());
            lines
        }),
        "台账被改动",
    );
    refused(
        edit(|mut lines| {
            lines.swap(1, 2);
            lines
        }),
        "台账被改动",
    );
    refused(
        edit(|mut lines| {
            lines.pop();
            lines
        }),
        "有已公开的记录不见了或不同了",
    );
    refused(edit(|lines| lines[..1].to_vec()), "有已公开的记录不见了或不同了");
    refused(|site| fs::remove_file(site.path(LEDGER)).unwrap(), "有已公开的记录不见了或不同了");
}

#[test]
fn a_notice_taken_out_with_its_ledger_row_is_missed() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001");
    let ledger = site.read(LEDGER);
    site.clock("2024-06-02T09:00:00+08:00").draft("2024-002", &notice("2024-002", "水晶泥")).publish("2024-002");
    site.build().exits(0);
    // All traces in the content are gone; only what is public still knows.
    site.write(LEDGER, ledger);
    fs::remove_dir_all(site.path("content/notices/2024-002")).unwrap();
    site.run(&["review", "verify"]).exits(0);
    site.build_refused(3).says("ledger-rewound").says("已公开的网站依据台账前 2 行");
    // Another ledger of the same length is no continuation either.
    site.draft("2024-003", &notice("2024-003", "别的")).publish("2024-003");
    site.build_refused(3).says("ledger-rewound");
}

#[test]
fn sign_offs_of_people_who_are_no_longer_listed_do_not_hold() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
    site.edit("site.yaml", "    - name: 复审员\n", "    - name: 新来的\n");
    site.build_refused(3).says("“复审员”不在审签人员名单里").says("until");
}

#[test]
fn a_clock_set_back_publishes_nothing() {
    let site = built();
    site.clock("2024-05-01T09:00:00+08:00").build_refused(3).says("晚于现在").says("请检查电脑的日期和时间");
}
