//! What happens to the output and to what is remembered of it: by strangers, by backups, by other builds.

use super::notices::{Step, step};
use super::world::World;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The page that is meddled with.
const PAGE: &str = "n/2024-004/index.html";

/// A file of the output.
fn public(world: &World, path: &str) -> PathBuf {
    world.site.path("public").join(path)
}

/// What lies beside the output.
fn workshop(world: &World, path: &str) -> PathBuf {
    world.site.path(".public.jingshi").join(path)
}

/// The files of records.
fn records(world: &World) -> Vec<PathBuf> {
    let entries = fs::read_dir(workshop(world, "")).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries.filter(|path| path.to_str().unwrap().contains("/records-")).collect();
    found.sort();
    found
}

/// The files of what is known.
fn known(world: &World) -> Vec<PathBuf> {
    // A build that had no need of them does not write them again.
    let entries = fs::read_dir(workshop(world, "known")).into_iter().flatten();
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// Changes one byte of a file and puts its time back.
pub fn flip(path: &Path) {
    flip_at(path, 0);
}

/// The same, so many bytes after the middle.
fn flip_at(path: &Path, after: usize) {
    let times = fs::metadata(path).unwrap().modified().unwrap();
    let mut bytes = fs::read(path).unwrap();
    let place = bytes.len() / 2 + after;
    bytes[place] ^= 1;
    fs::write(path, bytes).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(times).unwrap();
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-aT").args([from, to]).status().unwrap().success(), "cp");
}

/// Exchanges two files or folders.
fn exchange(one: &Path, other: &Path) {
    let aside = one.with_extension("aside");
    fs::rename(one, &aside).unwrap();
    fs::rename(other, one).unwrap();
    fs::rename(aside, other).unwrap();
}

/// Takes away what is there.
fn remove(path: &Path) {
    if path.symlink_metadata().is_err() {
        return;
    }
    if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
}

/// The files of the output, altered.
pub fn output() -> Vec<Step> {
    vec![
        step("一个字节", |world| flip(&public(world, PAGE))),
        step("清单里的一份附件", |world| flip(&public(world, "n/2024-001/b.txt"))),
        step("不见了", |world| remove(&public(world, PAGE))),
        step("文件夹不见了", |world| remove(&public(world, "n/2024-001"))),
        step("空的", |world| drop(File::create(public(world, PAGE)).unwrap())),
        step("长了", |world| {
            let longer = [fs::read(public(world, PAGE)).unwrap(), b"x".to_vec()].concat();
            fs::write(public(world, PAGE), longer).unwrap();
        }),
        step("有了第二个名字", |world| {
            let second = world.site.outside().join("second-name");
            let _ = fs::remove_file(&second);
            fs::hard_link(public(world, PAGE), second).unwrap();
        }),
        step("清单的空格", |world| {
            let path = public(world, "manifest.json");
            fs::write(&path, format!("{}\n", fs::read_to_string(&path).unwrap())).unwrap();
        }),
        step("没人要的签名", |world| fs::write(public(world, "manifest.json.sig"), "x").unwrap()),
        step("大得不像话的签名", |world| {
            File::create(public(world, "manifest.json.sig")).unwrap().set_len(1 << 20).unwrap();
        }),
        step("别人的文件", |world| {
            for path in ["n/2024-004/stranger.html", "stranger.html"] {
                fs::write(public(world, path), "别人的").unwrap();
                if !world.strangers.borrow().iter().any(|known| known == path) {
                    world.strangers.borrow_mut().push(path.to_owned());
                }
            }
        }),
    ]
}

/// The same, where there are links and permissions.
#[cfg(unix)]
pub fn output_on_unix() -> Vec<Step> {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    vec![
        step("换成链接", |world| {
            let kept = world.site.outside().join("kept-page");
            fs::copy(public(world, PAGE), &kept).unwrap();
            remove(&public(world, PAGE));
            symlink(kept, public(world, PAGE)).unwrap();
        }),
        step("清单是一个链接", |world| {
            let (place, kept) = (public(world, "manifest.json"), world.site.outside().join("kept-manifest"));
            fs::copy(&place, &kept).unwrap();
            remove(&place);
            symlink(kept, place).unwrap();
        }),
        step("签名是一个链接", |world| {
            let place = public(world, "manifest.json.sig");
            let _ = fs::remove_file(&place);
            symlink("/nowhere", place).unwrap();
        }),
        step("权限", |world| {
            fs::set_permissions(public(world, PAGE), fs::Permissions::from_mode(0o600)).unwrap();
        }),
    ]
}

/// What is remembered, and the tree of the build before.
pub fn memory() -> Vec<Step> {
    let each = |name: &str, files: fn(&World) -> Vec<PathBuf>, act: fn(&Path)| {
        step(name, move |world| files(world).iter().for_each(|path| act(path)))
    };
    let cut = |path: &Path| {
        let file = File::options().write(true).open(path).unwrap();
        file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    };
    vec![
        each("记录不见了", records, remove),
        // A record has a key, a digest and marks of about this length: one of these strikes the digest.
        each("记录坏了", records, flip),
        each("记录又坏了", records, |path| flip_at(path, 32)),
        each("记录再坏了", records, |path| flip_at(path, 64)),
        each("记录还坏了", records, |path| flip_at(path, 96)),
        each("记录断了", records, cut),
        each("记录是空的", records, |path| drop(File::create(path).unwrap())),
        step("两份记录换了", |world| {
            if let [one, other] = &records(world)[..] {
                exchange(one, other);
            }
        }),
        step("记得的不见了", |world| remove(&workshop(world, "known"))),
        step("记得的是一个文件", |world| {
            remove(&workshop(world, "known"));
            fs::write(workshop(world, "known"), "x").unwrap();
        }),
        step("记得的没有了", |world| remove(&workshop(world, "known"))),
        each("记得的坏了", known, flip),
        each("记得的断了", known, cut),
        step("记得的放错了", |world| known(world).chunks_exact(2).for_each(|pair| exchange(&pair[0], &pair[1]))),
        step("旁边的都不见了", |world| remove(&workshop(world, ""))),
    ]
}

/// Trees that were put in the place of others, and other builds in between.
pub fn trees() -> Vec<Step> {
    vec![
        step("旧树里的一个字节", |world| {
            let page = workshop(world, "next").join(PAGE);
            if page.is_file() {
                flip(&page);
            }
        }),
        step("旧树不见了", |world| remove(&workshop(world, "next"))),
        step("两棵树换了", |world| {
            if workshop(world, "next").is_dir() {
                exchange(&world.site.path("public"), &workshop(world, "next"));
            }
        }),
        step("从备份恢复", |world| {
            let backup = world.site.outside().join("backup-tree");
            let _ = fs::remove_dir_all(&backup);
            copy(&world.site.path("public"), &backup);
            remove(&world.site.path("public"));
            copy(&backup, &world.site.path("public"));
        }),
        step("从更早的备份恢复", |world| {
            remove(&world.site.path("public"));
            copy(&world.site.outside().join("backup-tree"), &world.site.path("public"));
        }),
        step("都不见了", |world| {
            remove(&world.site.path("public"));
            world.strangers.borrow_mut().clear();
        }),
        step("另一处", |world| drop(world.site.run(&["build", "--output", "another"]).exits(0))),
        step("另一处，另一个网址", |world| {
            world.site.run(&["build", "--output", "another", "--base-url", "https://b.example.gov.cn/"]).exits(0);
        }),
        step("试运行", |world| {
            let before = (world.site.files("public"), world.site.files(".public.jingshi"));
            world.site.run(&["build", "--dry-run"]).exits(0);
            assert!(before == (world.site.files("public"), world.site.files(".public.jingshi")), "it wrote something");
        }),
    ]
}
