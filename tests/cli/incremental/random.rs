//! Any sequence of steps: what nobody thought of putting side by side.
//!
//! `STEPS` says how many builds there are, `SEED` which sequence it is; without them it is a short one, always the same.

use super::content::{notice, with};
use super::meddling;
use super::notices::{Step, VALUES};
use super::world::World;
use chrono::Duration;
use std::fs;

/// Numbers that depend on the seed alone (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    /// One of several.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A number from the environment.
pub fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Takes so many steps, and compares after each.
pub fn walk(world: &World, dice: &mut Dice, steps: u64) {
    let meddling = meddled();
    for _ in 0..steps {
        for _ in 0..=dice.below(2) {
            let told = take(world, dice, &meddling);
            world.told.borrow_mut().push(told);
        }
        world.check(0);
    }
}

/// What may be meddled with at any time.
fn meddled() -> Vec<Step> {
    let all = meddling::output().into_iter().chain(meddling::memory()).chain(meddling::trees());
    all.filter(|step| !ONCE.contains(&step.name.as_str())).collect()
}

/// Steps that need another one before them.
const ONCE: [&str; 4] = ["从更早的备份恢复", "都不见了", "记得的是一个文件", "记得的没有了"];

/// Does something; what it was.
fn take(world: &World, dice: &mut Dice, meddling: &[Step]) -> String {
    match dice.below(12) {
        0..=3 => correct(world, dice),
        4 => appear(world, dice),
        5 => withdraw(world, dice),
        6 | 7 => {
            let hours = i64::try_from(dice.below(40)).unwrap();
            world.wait(Duration::hours(hours));
            format!("{hours} 小时后")
        }
        8 => setting(world, dice),
        9 => touch(world, dice),
        10 => review(world),
        _ => {
            let step = dice.of(meddling);
            (step.act)(world);
            step.name.clone()
        }
    }
}

/// A live notice that nobody is correcting.
fn any(world: &World, dice: &mut Dice) -> Option<String> {
    let ids: Vec<String> =
        world.live().into_iter().filter(|id| !world.site.has(&format!("content/drafts/{id}"))).collect();
    (!ids.is_empty()).then(|| dice.of(&ids).clone())
}

fn correct(world: &World, dice: &mut Dice) -> String {
    let Some(id) = any(world, dice) else { return String::new() };
    let (key, value) = *dice.of(VALUES);
    if world.tick().run(&["revise", &id, "--what", "改了一处", "--why", "原来写错了"]).code != 0 {
        return format!("{id} 不能改");
    }
    let path = format!("content/drafts/{id}/index.md");
    // A notice does not refer to itself.
    let value = value.replace(&id, "2023-001");
    world.site.put(&path, with(&world.site.read(&path), key, &value));
    if dice.below(4) == 0 {
        world.sign_urgently(&id);
    } else {
        world.sign(&id);
    }
    format!("{id} {key}: {value}")
}

fn appear(world: &World, dice: &mut Dice) -> String {
    let id = format!("2024-{:03}", 100 + dice.below(900));
    if world.site.has(&format!("content/notices/{id}")) {
        return String::new();
    }
    let (key, value) = *dice.of(VALUES);
    world.tick().draft(&id, &with(&notice(&id, &format!("又一条{id}（示例）")), key, value));
    world.sign(&id);
    format!("新的 {id} {key}: {value}")
}

fn withdraw(world: &World, dice: &mut Dice) -> String {
    let Some(id) = any(world, dice).filter(|_| dice.below(2) == 0) else { return String::new() };
    if world.tick().run(&["withdraw", &id, "--reason", "有误"]).code != 0 {
        return format!("{id} 不能撤销");
    }
    world.sign(&id);
    format!("撤销 {id}")
}

fn setting(world: &World, dice: &mut Dice) -> String {
    let lines = [
        ("title:", "title: 甲"),
        ("title:", "title: 乙"),
        ("page_size:", "page_size: 5"),
        ("page_size:", "page_size: 6"),
        ("feed_items:", "feed_items: 10"),
        ("feed_items:", "feed_items: 12"),
        ("theme:", "theme: own"),
        ("theme:", "theme: default"),
    ];
    let (key, line) = *dice.of(&lines);
    let text = world.site.read("site.yaml");
    let old = text.lines().find(|line| line.starts_with(key)).unwrap();
    world.site.put("site.yaml", text.replacen(old, line, 1));
    line.to_owned()
}

fn touch(world: &World, dice: &mut Dice) -> String {
    let Some(id) = any(world, dice) else { return String::new() };
    let path = world.site.path(&format!("content/notices/{id}/index.md"));
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    format!("重写 {id}")
}

/// Signs whatever waits for its other sign-offs.
fn review(world: &World) -> String {
    let site = world.tick();
    let signed = world.live().iter().filter(|id| site.sign("初审", id).code == 0).count();
    format!("补审 {signed} 条")
}
