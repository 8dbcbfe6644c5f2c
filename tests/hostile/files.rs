//! The file system: what is no file, what cannot be read, what is called what nothing should be called, and too much of all.

use crate::case::{Case, ID, case, run};
use crate::samples::{PIXEL, notice};
use crate::site::Site;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

const INDEX: &str = "content/drafts/2024-002/index.md";
const BUNDLE: &str = "content/drafts/2024-002";

/// A draft that is well, and something beside it that is not.
fn beside(name: &'static str, change: impl Fn(&Site, &Path) + 'static, expected: &'static str) -> Case {
    let make = move |site: &Site| {
        site.draft(ID, &notice(ID, "水晶泥"));
        change(site, &site.path(BUNDLE));
    };
    case(name, make).on_draft(expected)
}

fn named(name: &'static str, file: &'static str, expected: &'static str) -> Case {
    beside(name, move |_, bundle| fs::write(bundle.join(file), PIXEL).unwrap(), expected)
}

/// Something in the place of a file of the site.
fn instead(name: &'static str, path: &'static str, put: fn(&Path), expected: &'static str) -> Case {
    let make = move |site: &Site| {
        site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001");
        let place = site.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        if place.is_dir() {
            fs::remove_dir_all(&place).unwrap()
        } else {
            drop(fs::remove_file(&place))
        }
        put(&place);
    };
    case(name, make).on_site(expected)
}

fn fifo(place: &Path) {
    assert!(Command::new("mkfifo").arg(place).status().unwrap().success());
}

fn socket(place: &Path) {
    // A path of a socket is short: it is made by a short name and moved.
    let short = std::env::temp_dir().join(format!("s{}-{}", std::process::id(), rand()));
    drop(UnixListener::bind(&short).unwrap());
    fs::rename(&short, place).or_else(|_| fs::copy(&short, place).map(drop)).unwrap();
}

fn rand() -> u64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    std::hash::RandomState::new().build_hasher().finish()
}

fn device(place: &Path) {
    // Only an administrator may make one; a link to one is refused as any link.
    if !Command::new("mknod").arg(place).args(["c", "1", "5"]).status().unwrap().success() {
        symlink("/dev/zero", place).unwrap();
    }
}

fn folder(place: &Path) {
    fs::create_dir(place).unwrap();
}

#[test]
fn what_is_no_file() {
    run(vec![
        beside("a pipe", |_, bundle| fifo(&bundle.join("图.png")), "4 read-failed"),
        beside("a device without end", |_, bundle| device(&bundle.join("图.png")), "4 read-failed"),
        beside("a socket", |_, bundle| socket(&bundle.join("图.png")), "4 read-failed"),
        beside("a link in a circle", |_, bundle| symlink("图.png", bundle.join("图.png")).unwrap(), "1 file-symlink"),
        beside("a link to the folder", |_, bundle| symlink(".", bundle.join("图")).unwrap(), "1 file-symlink"),
        beside("a link out", |_, bundle| symlink("/etc/passwd", bundle.join("图.png")).unwrap(), "1 file-symlink"),
        beside(
            "a link to a device",
            |_, bundle| symlink("/dev/zero", bundle.join("图.png")).unwrap(),
            "1 file-symlink",
        ),
        beside(
            "the text is a pipe",
            |site, _| {
                fs::remove_file(site.path(INDEX)).unwrap();
                fifo(&site.path(INDEX))
            },
            "4 read-failed",
        ),
        beside(
            "the text is a folder",
            |site, _| {
                fs::remove_file(site.path(INDEX)).unwrap();
                folder(&site.path(INDEX))
            },
            "1 file-missing",
        ),
        beside(
            "the text is a link",
            |site, _| {
                fs::remove_file(site.path(INDEX)).unwrap();
                symlink("/etc/passwd", site.path(INDEX)).unwrap()
            },
            "1 file-symlink",
        ),
        instead("site.yaml is a pipe", "site.yaml", fifo, "2 site-missing"),
        instead("site.yaml is a folder", "site.yaml", folder, "2 site-missing"),
        instead("the ledger is a pipe", "content/ledger.csv", fifo, "4 read-failed"),
        instead("the ledger is a folder", "content/ledger.csv", folder, "4 read-failed"),
        instead(
            "the ledger is a link",
            "content/ledger.csv",
            |place| symlink("/dev/zero", place).unwrap(),
            "3 file-symlink ledger-unknown|3 file-symlink ledger-unknown|1 file-symlink",
        ),
        instead("the standards are a pipe", "standards.csv", fifo, "0|4 read-failed|4 read-failed"),
        instead("the holidays are a pipe", "holidays.csv", fifo, "0|4 read-failed|0"),
        instead("a page is a pipe", "content/pages/x.md", fifo, "1 file-stray"),
        instead(
            "a page is a link",
            "content/pages/x.md",
            |place| symlink("/dev/zero", place).unwrap(),
            "1 file-symlink",
        ),
        instead("a template is a pipe", "themes/default/templates/home.html", fifo, "4 read-failed|4 read-failed|0"),
        instead(
            "a template is a link",
            "themes/default/templates/home.html",
            |place| symlink("/dev/zero", place).unwrap(),
            "1 file-symlink|1 file-symlink|0",
        ),
        instead("the notices are a file", "content/notices", |place| fs::write(place, "x").unwrap(), "3|3|0"),
        instead("the notices are a pipe", "content/notices", fifo, "3|3|0"),
        instead(
            "the notices are a link in a circle",
            "content/notices",
            |place| symlink("notices", place).unwrap(),
            "3 file-symlink|3 file-symlink|1 file-symlink",
        ),
        instead("the lock is a pipe", "content/.lock", fifo, "4 read-failed|0|0"),
        instead("the output is a pipe", "public", fifo, "2|0|0"),
        instead("the manifest is a pipe", "public/manifest.json", fifo, "4 read-failed|0|0"),
        instead(
            "the manifest is a link to a device",
            "public/manifest.json",
            |place| symlink("/dev/zero", place).unwrap(),
            "4 read-failed|0|0",
        ),
        instead("something in the output is a pipe", "public/index.html", fifo, "2|0|0"),
        instead("the workshop is a file", ".public.jingshi", |place| fs::write(place, "x").unwrap(), "4|0|0"),
        instead("the workshop's lock is a pipe", ".public.jingshi/lock", fifo, "4|0|0"),
        instead("the standby is a pipe", ".public.jingshi/next", fifo, "0"),
        instead("the standby is a link", ".public.jingshi/next", |place| symlink("/etc", place).unwrap(), "0"),
    ]);
}

#[test]
fn what_a_name_can_be() {
    run(vec![
        named("a line break in a name", "图\n错误[usage]: 假.png", "1 file-name"),
        named("a carriage return in a name", "图\r错误[usage]: 假.png", "1 file-name"),
        named("an escape in a name", "图\u{1b}[2J.png", "1 file-name"),
        named("a bidi control in a name", "图\u{202e}gnp.exe.png", "1 file-name"),
        named("an invisible sign in a name", "图\u{200b}.png", "0"),
        named("a line separator in a name", "图\u{2028}.png", "0"),
        named(
            "a name as long as can be",
            "图aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.png",
            "0",
        ),
        named("a name of quotes", "图\"'<>&.png", "0"),
        named("a name of percents", "%2e%2e%2f.png", "0"),
        named("a name of blanks", "   .png", "0"),
        named("a name with a backslash", "图\\..\\a.png", "1 file-name"),
        named("a name with a colon", "javascript:alert(1).png", "1 file-name"),
        named("a name of Windows", "CON.png", "0"),
        named("a name that ends with a dot", "图.png.", "1 file-type"),
        named("an alternate stream", "图.png::$DATA", "1 file-name"),
        beside(
            "a name that is no text",
            |_, bundle| {
                use std::os::unix::ffi::OsStrExt as _;
                fs::write(bundle.join(std::ffi::OsStr::from_bytes(b"\xff\xfe.png")), PIXEL).unwrap();
            },
            "1 file-name",
        ),
        beside(
            "twins but for case",
            |_, bundle| ["a.png", "A.png"].iter().for_each(|name| fs::write(bundle.join(name), PIXEL).unwrap()),
            "0",
        ),
        beside(
            "twins but for form",
            |_, bundle| {
                ["\u{e9}.png", "e\u{301}.png"].iter().for_each(|name| fs::write(bundle.join(name), PIXEL).unwrap())
            },
            "0",
        ),
        case("a folder with a line break", |site| {
            site.put("content/drafts/2024\n-错误[usage]: 假/index.md", notice(ID, "甲"))
        })
        .run(&["check"], "1")
        .run(&["list", "drafts"], "1")
        .run(&["review", "status"], "1"),
        case("a folder with orders", |site| site.put("content/drafts/\u{1b}[2J\u{202e}/index.md", notice(ID, "甲")))
            .run(&["check"], "1")
            .run(&["list", "drafts"], "1")
            .run(&["review", "status"], "1"),
        case("an id with orders", |site| {
            site.draft(ID, &notice("\u{1b}[2J\u{202e}", "甲")).clock("2024-06-01T09:00:00+08:00").put("x", "")
        })
        .on_draft("1"),
        case("words with orders", |_| {})
            .run(&["check", "\u{1b}[2J\u{202e}"], "2 usage")
            .run(&["build", "\u{1b}[2J"], "2")
            .run(&["explain", "\u{1b}[2J"], "2")
            .run(&["import", "\u{1b}[2J\u{202e}.docx"], "4")
            .run(&["--site", "\u{1b}[2J", "build"], "2")
            .run(&["--now", "\u{1b}[2J", "build"], "2")
            .run(&["revise", "\u{1b}[2J"], "3 notice-state")
            .run(&["verify", "\u{1b}[2J"], "4")
            .run(&["verify", "http://\u{1b}[2J"], "2")
            .run(&["publish", "\u{1b}[2J"], "2")
            .run(&["new", "\u{1b}[2J", "甲"], "2")
            .run(&["--\u{1b}[2J"], "2"),
    ]);
}

#[test]
fn what_cannot_be_read() {
    let locked = |place: &Path| fs::set_permissions(place, fs::Permissions::from_mode(0o000)).unwrap();
    run(vec![
        beside("a text that cannot be read", move |site, _| locked(&site.path(INDEX)), "4 read-failed"),
        beside(
            "a folder that cannot be read",
            move |_, bundle| {
                folder(&bundle.join("图"));
                locked(&bundle.join("图"))
            },
            "4 read-failed",
        ),
    ]);
}

#[test]
fn too_much() {
    let drafts = |count: usize| {
        move |site: &Site| {
            (0..count).for_each(|index| {
                site.put(&format!("content/drafts/2024-{index:05}/index.md"), notice(&format!("2024-{index:05}"), "甲"))
            })
        }
    };
    let files = |count: usize| {
        move |site: &Site| {
            site.draft(ID, &notice(ID, "水晶泥"));
            (0..count).for_each(|index| fs::write(site.path(BUNDLE).join(format!("图{index}.png")), PIXEL).unwrap());
        }
    };
    run(vec![
        beside(
            "a text of a hundred megabytes",
            |site, _| fs::File::options().write(true).open(site.path(INDEX)).unwrap().set_len(100 << 20).unwrap(),
            "1 file-too-large",
        ),
        beside(
            "a picture of a terabyte",
            |_, bundle| fs::File::create(bundle.join("图.png")).unwrap().set_len(1 << 40).unwrap(),
            "1 file-too-large",
        ),
        beside("folders in folders", |_, bundle| fs::create_dir_all(bundle.join("a/".repeat(1_000))).unwrap(), "1"),
        beside(
            "a file deep down",
            |_, bundle| {
                fs::create_dir_all(bundle.join("a/".repeat(30))).unwrap();
                fs::write(bundle.join("a/".repeat(30)).join("图.png"), PIXEL).unwrap()
            },
            "1",
        ),
        case("many files", files(3_000)).on_draft("1"),
        case("a hundred thousand files", files(100_000)).on_draft("1").heavy(),
        case("many drafts", drafts(500)).run(&["check"], "0").run(&["list", "drafts"], "0").run(&["build"], "0"),
        case("ten thousand drafts", drafts(10_000)).run(&["list", "drafts"], "0").run(&["build"], "0").heavy(),
        case("many stray files", |site| {
            (0..20_000).for_each(|index| site.put(&format!("content/notices/{index}"), ""))
        })
        .run(&["build"], "1 file-stray")
        .run(&["check"], "1 file-stray"),
        case("many empty folders", |site| {
            (0..20_000)
                .for_each(|index| fs::create_dir_all(site.path(&format!("content/notices/2024-{index:05}"))).unwrap())
        })
        .run(&["build"], "3 file-missing")
        .run(&["check"], "3 file-missing"),
        case("many large pictures", |site| {
            site.draft(ID, &notice(ID, "水晶泥"));
            (0..40).for_each(|index| {
                fs::File::create(site.path(BUNDLE).join(format!("图{index}.png"))).unwrap().set_len(49 << 20).unwrap()
            });
        })
        .on_draft("1")
        .heavy(),
    ]);
}
