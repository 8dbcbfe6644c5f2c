//! What happens to notices: corrected in every field and file, withdrawn, signed late, added, overtaken by the clock,
//! touched, damaged and restored.

use super::content::{STAGES, notice, with};
use super::world::World;
use crate::samples::PIXEL;
use crate::site::Site;
use chrono::Duration;
use std::fs;
use std::process::Command;

/// A step: what it is called, what is done, and the exit code of the build after it.
pub struct Step {
    pub name: String,
    pub act: Box<dyn Fn(&World)>,
    pub code: i32,
}

/// A step after which the site can be built.
pub fn step(name: &str, act: impl Fn(&World) + 'static) -> Step {
    Step { name: name.to_owned(), act: Box::new(act), code: 0 }
}

/// A step after which it cannot.
pub fn refused(code: i32, name: &str, act: impl Fn(&World) + 'static) -> Step {
    Step { code, ..step(name, act) }
}

/// Values that any notice may get by a correction.
pub const VALUES: &[(&str, &str)] = &[
    ("title", "换了标题（示例）"),
    ("summary", "换了摘要。"),
    ("risk_level", "低风险"),
    ("risk_level", "较高风险"),
    ("kind", "消费提示"),
    ("category", "老年鞋"),
    ("category", "儿童用品"),
    ("audience", "[老年人, 孕产妇]"),
    ("hazards", "[火灾, 触电]"),
    ("actions", "[停用, 退货]"),
    ("sources", "[日常监管发现, 其他渠道]"),
    ("measures", "[下架, 监督抽查]"),
    ("products", "[{name: 水晶泥, brand: 品牌乙, model: S-1, barcode: \"2010000010075\"}]"),
    ("sampling", "{batches: 30, failed: 4}"),
    ("monitored_on", "2024-04-20"),
    ("standards", "[GB 1-2024]"),
    ("related", "[2024-003, 2024-011]"),
    ("related", "[2024-003]"),
    ("expires", "2025-01-01"),
    ("expires", "2024-12-29"),
    ("review_by", "2025-06-01"),
    ("origin", "{source: 邻市市场监督管理局（示例）, date: 2024-04-21}"),
    ("publish_at", "2024-12-31T12:00:00+08:00"),
];

/// A value of a key, by a correction.
pub fn value(id: &'static str, key: &'static str, value: &'static str) -> Step {
    step(&format!("{id} {key}: {value}"), move |world| world.correct(id, |text| with(&text, key, value)))
}

/// A correction of one file beside the text.
fn file(path: &'static str, bytes: Vec<u8>) -> Step {
    step(&format!("2024-001 {path}"), move |world| {
        world.revise("2024-001", |text| text);
        world.site.put(&format!("content/drafts/2024-001/{path}"), &bytes);
        world.sign("2024-001");
    })
}

/// Every field of a notice, each alone; of several values of a key one, `random` takes the others too.
pub fn fields() -> Vec<Step> {
    let firsts = VALUES.chunk_by(|one, other| one.0 == other.0).map(|of_key| of_key[0]);
    // In turn, so that none gets too many versions.
    let ids = ["2024-001", "2024-002", "2024-004"].into_iter().cycle();
    firsts.zip(ids).map(|((key, text), id)| value(id, key, text)).collect()
}

/// Notices that others name, that stand on a full page of a list, or that had a list to themselves.
pub fn fields_of_others() -> Vec<Step> {
    vec![
        value("2024-002", "title", "被别的信息提到的一条（示例）"),
        value("2024-008", "risk_level", "低风险"),
        value("2024-005", "kind", "消费提示"),
        value("2024-007", "hazards", "[溺水]"),
        value("2023-001", "kind", "风险警示"),
    ]
}

/// Lists and feeds of [`World::long`] that grow and shrink, while some of their pages keep what they show of notices.
pub fn growth() -> Vec<Step> {
    vec![
        value("2024-001", "category", "其他玩具"),
        value("2024-014", "hazards", "[窒息]"),
        step("一页满了", |world| sign_new(world.tick(), "2024-015")),
        step("又一条", |world| sign_new(world.tick(), "2024-031")),
        step("同一秒里编号在前的一条，别的危害", |world| {
            world.site.draft("2024-030", &with(&notice("2024-030", "第30号警示（示例）"), "hazards", "[溺水]"));
            world.sign("2024-030");
        }),
        value("2024-002", "kind", "消费提示"),
        step("五条一起离开，前一页不变", |world| {
            for id in ["2024-001", "2024-003", "2024-004", "2024-005", "2024-006"] {
                world.revise(id, |text| with(&text, "kind", "消费提示"));
            }
            world.sign("content/drafts");
        }),
    ]
}

fn sign_new(site: &Site, id: &str) {
    site.draft(id, &notice(id, &format!("第{id}号警示（示例）")));
    STAGES.iter().for_each(|stage| drop(site.sign(stage, id).exits(0)));
}

/// The files of a notice and what else is in its text.
pub fn files() -> Vec<Step> {
    vec![
        file("found.csv", "序号,型号,项目\n1,X-1,磁通量\n2,X-3,磁通量\n".into()),
        file("a.png", [PIXEL, b"\0"].concat()),
        file("b.txt", "另一份说明\n".into()),
        file("册/c.txt", "又一份，改过\n".into()),
        value("2024-001", "findings", "{file: found.csv, caption: 换了表题（示例）}"),
        value("2024-001", "image", "{file: a.png, alt: 换了说明}"),
        value("2024-001", "attachments", "[{file: b.txt, title: 换了名称}, {file: 册/c.txt, title: 又一份说明}]"),
        step("正文", |world| world.correct("2024-001", |text| text.replace("## 怎样避免", "## 怎么办"))),
        step("链接换了一条", |world| {
            world.correct("2024-001", |text| text.replace("../2024-004/", "../2024-002/"))
        }),
    ]
}

/// Publication, withdrawal, late review.
pub fn events() -> Vec<Step> {
    vec![
        step("新的一条，开了新的列表", |world| {
            let text = with(&notice("2024-020", "新的一条（示例）"), "hazards", "[爆炸]");
            world.tick().draft("2024-020", &with(&text, "related", "[2024-002]"));
            world.sign("2024-020");
        }),
        step("新的草稿，还没有签", |world| {
            world.site.draft("2024-021", &notice("2024-021", "草稿（示例）"));
        }),
        step("签了一级", |world| drop(world.tick().sign("初审", "2024-021").exits(0))),
        step("补审", |world| drop(world.tick().sign("初审", "2024-011").exits(0))),
        step("紧急更正", |world| {
            world.revise("2024-007", |text| with(&text, "actions", "[立即停用]"));
            world.sign_urgently("2024-007");
        }),
        step("紧急的一版没等补审就被取代", |world| {
            world.correct("2024-007", |text| with(&text, "actions", "[停用]"))
        }),
        step("撤销被提到的一条", |world| withdraw(world, "2024-002")),
        step("紧急撤销", |world| {
            world.tick().run(&["withdraw", "2024-006", "--reason", "有误"]).exits(0);
            world.sign_urgently("2024-006");
        }),
        step("提到它的一条也撤销", |world| withdraw(world, "2024-001")),
    ]
}

/// Withdraws a notice.
pub fn withdraw(world: &World, id: &str) {
    world.tick().run(&["withdraw", id, "--reason", "样品登记有误"]).exits(0);
    world.sign(id);
}

/// The clock alone, over every moment that matters to this site.
pub fn clock() -> Vec<Step> {
    let at = |name: &str, moment: &'static str| step(name, move |world| world.wait_until(moment));
    vec![
        at("同一天晚些时候", "2024-12-30T23:59:59+08:00"),
        at("今天到期的过期了", "2024-12-31T00:00:00+08:00"),
        at("定时发布，提到还没有发布的一条", "2024-12-31T06:00:00+08:00"),
        at("补审时限", "2024-12-31T08:00:00+08:00"),
        at("补审时限已过", "2024-12-31T08:00:01+08:00"),
        at("跨年，明天到期的也过期了", "2025-01-01T00:00:00+08:00"),
        at("定时发布前一秒", "2025-01-02T07:59:59+08:00"),
        at("定时发布", "2025-01-02T08:00:00+08:00"),
        value("2024-010", "title", "过了年才发布的一条（示例）"),
        step("一年以后", |world| {
            world.wait(Duration::days(365));
        }),
    ]
}

/// A file or folder of a live notice.
fn place(world: &World, path: &str) -> std::path::PathBuf {
    world.site.path(&format!("content/notices/{path}"))
}

/// Copies as a backup does, with the times of the files.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    assert!(Command::new("cp").arg("-rpT").args([from, to]).status().unwrap().success(), "cp");
}

/// Folders that are touched and stay what they are.
pub fn touched() -> Vec<Step> {
    let index = "2024-004/index.md";
    vec![
        step("只动了时间", move |world| {
            let file = fs::File::options().write(true).open(place(world, index)).unwrap();
            file.set_modified(std::time::SystemTime::now()).unwrap();
        }),
        step("换成备份里的同一份", move |world| {
            let (folder, backup) = (place(world, "2024-004"), world.site.outside().join("backup"));
            copy(&folder, &backup);
            fs::remove_dir_all(&folder).unwrap();
            copy(&backup, &folder);
        }),
        step("换行改成 CRLF，加 BOM", move |world| {
            let path = format!("content/notices/{index}");
            world.site.put(&path, format!("\u{feff}{}", world.site.read(&path).replace('\n', "\r\n")));
        }),
        step("文件有了第二个名字", move |world| {
            fs::hard_link(place(world, index), world.site.outside().join("second")).unwrap();
        }),
        step("隐藏文件和空文件夹", |world| {
            world.site.put("content/notices/2024-004/.DS_Store", "x");
            fs::create_dir(place(world, "2024-004/空")).unwrap();
        }),
    ]
}

/// Folders that are no longer what was signed: refused both ways, and what is restored is accepted. The first was known.
pub fn damaged() -> Vec<Step> {
    let index = "2024-002/index.md";
    let restore = |world: &World| copy(&world.site.outside().join("kept"), &place(world, index));
    vec![
        refused(3, "同样长的别的字，时间照旧", move |world| {
            let (path, kept) = (place(world, index), world.site.outside().join("kept"));
            copy(&path, &kept);
            let times = fs::metadata(&path).unwrap().modified().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replacen("收好", "扔掉", 1)).unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(times).unwrap();
        }),
        step("恢复", restore),
        refused(3, "正文不见了", move |world| fs::remove_file(place(world, index)).unwrap()),
        step("再恢复", restore),
        refused(3, "多出一个文件", |world| world.site.put("content/notices/2024-002/x.txt", "x")),
        step("拿走", |world| fs::remove_file(place(world, "2024-002/x.txt")).unwrap()),
        #[cfg(unix)]
        refused(3, "换成链接", move |world| {
            fs::remove_file(place(world, index)).unwrap();
            std::os::unix::fs::symlink(world.site.outside().join("kept"), place(world, index)).unwrap();
        }),
        step("又恢复", move |world| {
            fs::remove_file(place(world, index)).unwrap();
            restore(world);
        }),
        refused(3, "两条换了文件夹", |world| swap(world, "2024-002", "2024-001")),
        step("换回来", |world| swap(world, "2024-002", "2024-001")),
    ]
}

fn swap(world: &World, one: &str, other: &str) {
    let aside = world.site.outside().join("aside");
    fs::rename(place(world, one), &aside).unwrap();
    fs::rename(place(world, other), place(world, one)).unwrap();
    fs::rename(aside, place(world, other)).unwrap();
}
