//! Builds that see without reading anything that they would come to the same: only where that is so.

use super::content::with;
use super::meddling;
use super::notices::{Step, refused, step};
use super::world::World;
use chrono::Duration;
use std::fs;

/// Builds once more; whether the receipt of the build before was enough. What is known of notices is written again by every
/// build that reads them.
fn is_enough(world: &World) -> bool {
    let known = world.site.path(".public.jingshi/known");
    let _ = fs::remove_dir_all(&known);
    world.check(0);
    !known.exists()
}

/// Builds until there is a receipt.
fn settled(world: &World) {
    world.settle();
    world.check(0);
    assert!(is_enough(world), "after {:?}", world.told.borrow().last());
}

/// Changes of what is read.
fn inputs() -> Vec<Step> {
    const NOTICE: &str = "content/notices/2024-005/index.md";
    vec![
        refused(3, "一处正文", |world| {
            world.site.write(NOTICE, world.site.read(NOTICE).replacen("正文", "正又", 1));
        }),
        step("改回来", |world| {
            world.site.write(NOTICE, world.site.read(NOTICE).replacen("正又", "正文", 1));
        }),
        refused(3, "多了一个文件", |world| world.site.put("content/notices/2024-005/x.txt", b"x")),
        step("少了一个文件", |world| fs::remove_file(world.site.path("content/notices/2024-005/x.txt")).unwrap()),
        step("换了标题", |world| world.correct("2024-007", |text| with(&text, "title", "换了标题（示例）"))),
        step("一页", |world| world.site.put("content/pages/help.md", "---\ntitle: 帮助\n---\n甲\n")),
        step("主题", |world| world.site.put("themes/own/static/data.css", b"a{}")),
        step("设置", |world| {
            world.site.write("site.yaml", world.site.read("site.yaml").replace("示例。", "另例。"));
        }),
    ]
}

#[test]
fn a_receipt_is_enough_only_where_nothing_differs() {
    let world = World::quiet();
    assert!(is_enough(&world));
    for input in inputs() {
        let code = input.code;
        world.take(&input);
        if code == 0 {
            settled(&world);
        }
    }
}

#[test]
fn a_receipt_is_enough_until_the_day_is_over_or_something_is_due() {
    let world = World::quiet();
    let later = |duration: Duration| {
        world.wait(duration);
        is_enough(&world)
    };
    assert!(later(Duration::hours(14)));
    assert!(!later(Duration::hours(1)), "it is midnight");
    assert!(later(Duration::hours(23)));
    world.wait_until("2025-01-02T00:00:00+08:00");
    assert!(!is_enough(&world), "another day");
    world.wait_until("2025-01-02T07:59:59+08:00");
    assert!(is_enough(&world));
    assert!(!later(Duration::seconds(1)), "a notice is due");
    assert!(!later(Duration::minutes(-1)), "the clock went back");
}

#[test]
fn what_was_said_is_said_again() {
    let world = World::quiet();
    world.site.put("content/pages/help.md", "---\ntitle: 帮助\n---\n# 太大的标题\n".as_bytes());
    world.settle();
    world.check(0);
    assert!(is_enough(&world));
    // The words are compared with those of a build from nothing.
    world.site.run(&["build", "--output", "public"]).exits(0).says("一级标题");
    assert!(is_enough(&world));
    world.site.run(&["build", "--output", "./public"]).exits(0).says("一级标题");
    assert!(!is_enough(&world), "messages bear the name of the output");
    assert!(is_enough(&world));
}

#[test]
fn while_an_urgent_one_waits_there_is_no_receipt() {
    let world = World::small();
    assert!(!is_enough(&world), "of what waits is said something else when its time is over");
    world.wait(Duration::hours(48));
    world.check(0);
    world.site.run(&["build", "--output", "public"]).exits(0).says("已过补审时限");
    assert!(is_enough(&world));
}

#[test]
fn a_receipt_does_not_hide_what_happened_to_the_output() {
    let world = World::quiet();
    let mut steps = meddling::output();
    #[cfg(unix)]
    steps.extend(meddling::output_on_unix());
    steps.extend(meddling::trees());
    steps.extend(meddling::memory());
    let names = ["收据坏了", "收据断了"];
    let place = |world: &World| world.site.path(".public.jingshi/receipt");
    steps.push(step(names[0], move |world| meddling::flip(&place(world))));
    steps.push(step(names[1], move |world| fs::write(place(world), "jingshi-receipt-3\n").unwrap()));
    for meddled in steps {
        world.meddle(&meddled);
        world.check(0);
    }
}

#[test]
fn another_address_or_another_key_is_another_question() {
    let world = World::quiet();
    for words in [&["--base-url", "https://b.example.gov.cn/"][..], &[]] {
        *world.words.borrow_mut() = words.iter().map(|word| (*word).to_owned()).collect();
        assert!(!is_enough(&world));
        assert!(is_enough(&world));
    }
    let key = world.site.outside().join("key");
    let made =
        std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.unwrap().success());
    world.site.run(&["build", "--key", key.to_str().unwrap()]).exits(2).says("没有登记网站公钥");
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    let site = world.site.read("site.yaml") + &format!("site_key: \"{}\"\n", public.trim());
    world.site.write("site.yaml", site);
    world.settle();
    *world.words.borrow_mut() = vec!["--key".to_owned(), key.to_str().unwrap().to_owned()];
    world.check(0);
    assert!(is_enough(&world));
    fs::remove_file(world.site.path("public/manifest.json.sig")).unwrap();
    assert!(!is_enough(&world), "the signature is made again");
    assert!(is_enough(&world));
}
