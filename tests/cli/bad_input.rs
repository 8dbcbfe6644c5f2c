//! What people type wrong, and what they are told: every message in full, read as a clerk would read it.
//!
//! A faulty draft is met by `review sign`, since `build` does not read drafts. Each case ends with `public/` as it was.

use crate::samples::{CONFIG, MARKER, PIXEL, notice};
use crate::site::{Run, Site};
use std::fmt::Write as _;

/// A built site, and everything its cases said.
struct Cases {
    site: Site,
    public: crate::site::Tree,
    report: String,
}

impl Cases {
    fn new() -> Self {
        let site = Site::new();
        site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
        let public = site.files("public");
        Self { site, public, report: String::new() }
    }

    /// Notes what a run said, under the name of the case and what was typed.
    fn note(&mut self, name: &str, typed: &str, run: &Run) {
        let typed: String = typed.lines().map(|line| format!("    {}\n", line.escape_debug())).collect();
        writeln!(self.report, "## {name}\n{typed}{}", run.report()).unwrap();
        assert!(self.public == self.site.files("public"), "{name}: public/ changed");
    }

    /// Signs a draft in which one part of a good notice was replaced.
    fn typed(&mut self, name: &str, from: &str, to: &str) {
        let good = notice("2024-002", "水晶泥");
        assert_eq!(good.matches(from).count(), 1, "{from}");
        let bad = good.replace(from, to);
        self.signed(name, to, bad.as_bytes());
    }

    /// Signs a draft of these bytes.
    fn signed(&mut self, name: &str, typed: &str, bytes: &[u8]) {
        let run = self.site.write("content/drafts/2024-002/index.md", bytes).sign("初审", "2024-002");
        self.note(name, typed, &run);
        std::fs::remove_dir_all(self.site.path("content/drafts/2024-002")).unwrap();
    }

    /// Signs a draft with other files beside it, in which one part of a good notice was replaced.
    fn with_files(&mut self, name: &str, from: &str, to: &str, files: &[(&str, &[u8])]) {
        for (path, bytes) in files {
            self.site.write(&format!("content/drafts/2024-002/{path}"), bytes);
        }
        self.typed(name, from, to);
    }
}

const TITLE: &str = "title: 水晶泥\n";
const AUDIENCE: &str = "audience: [儿童]\n";
const BODY: &str = MARKER;
/// The end of the front matter of [`notice`].
const END: &str = "  - 收好\n---\n";

#[test]
fn yaml_as_people_type_it() {
    let mut cases = Cases::new();
    for (name, from, to) in [
        ("全角冒号", TITLE, "title：水晶泥\n"),
        ("中文键加全角冒号", TITLE, "标题：水晶泥\n"),
        ("每一行都是全角冒号", "title: 水晶泥\nsummary: ", "title：水晶泥\nsummary："),
        ("冒号后面是全角空格", TITLE, "title:\u{3000}水晶泥\n"),
        ("冒号后面没有空格", TITLE, "title:水晶泥\n"),
        ("全角减号作列表", "  - 收好\n", "  －收好\n"),
        ("全角逗号分隔", AUDIENCE, "audience: [儿童，老年人]\n"),
        ("顿号分隔", AUDIENCE, "audience: [儿童、老年人]\n"),
        ("全角方括号", AUDIENCE, "audience: 【儿童】\n"),
        ("文字里有半角冒号", TITLE, "title: 风险警示: 水晶泥\n"),
        ("以方括号开头", TITLE, "title: [警示]水晶泥\n"),
        ("以 @ 开头", TITLE, "title: @水晶泥\n"),
        ("以 % 开头", TITLE, "title: %水晶泥\n"),
        ("以反引号开头", TITLE, "title: `水晶泥`\n"),
        ("以星号开头", TITLE, "title: *水晶泥*\n"),
        ("以 & 开头", TITLE, "title: &水晶泥\n"),
        ("井号后面会丢", TITLE, "title: 水晶泥 #1\n"),
        ("引号没有成对", TITLE, "title: \"水晶泥\n"),
        ("中文引号", TITLE, "title: “水晶泥”\n"),
        ("方括号没有成对", AUDIENCE, "audience: [儿童\n"),
        ("用制表符缩进", "  - 收好\n", "\t- 收好\n"),
        ("用全角空格缩进", "  - 收好\n", "\u{3000}\u{3000}- 收好\n"),
        ("缩进不齐", AUDIENCE, " audience: [儿童]\n"),
        ("锚点和别名", AUDIENCE, "audience: &甲 [儿童]\nhazards2: *甲\n"),
        ("键写了两次", TITLE, "title: 水晶泥\ntitle: 水晶\n"),
        ("中英文键各写一次", TITLE, "title: 水晶泥\n标题: 水晶\n"),
        ("不认识的键", "risk_level: 高风险\n", "risk_levle: 高风险\n"),
        ("不认识的中文键", "risk_level: 高风险\n", "风险等级别: 高风险\n"),
        ("毫不相干的键", TITLE, "title: 水晶泥\nweather: 晴\n"),
    ] {
        cases.typed(name, from, to);
    }
    insta::assert_snapshot!(cases.report);
}

#[test]
fn keys_and_values() {
    let mut cases = Cases::new();
    let end = |lines: &str| format!("  - 收好\n{lines}---\n");
    for (name, from, to) in [
        ("缺标题", TITLE, String::new()),
        ("标题是空的", TITLE, "title:\n".to_owned()),
        ("标题写成列表", TITLE, "title: [水晶泥]\n".to_owned()),
        ("标题写成键值", TITLE, "title: {名称: 水晶泥}\n".to_owned()),
        ("缺编号", "id: 2024-002\n", String::new()),
        ("编号是汉字", "id: 2024-002\n", "id: 二号\n".to_owned()),
        ("编号与文件夹不同", "id: 2024-002\n", "id: 2024-003\n".to_owned()),
        ("风险警示缺等级", "risk_level: 高风险\n", String::new()),
        ("没有这个等级", "risk_level: 高风险\n", "risk_level: 极高风险\n".to_owned()),
        ("没有这个类型", "kind: 风险警示\n", "kind: 风险提示\n".to_owned()),
        ("没有这种危害", "hazards: [窒息]\n", "hazards: [窒息, 爆裂]\n".to_owned()),
        ("汉字日期", END, end("expires: 2024年4月22日\n")),
        ("不补零的日期", END, end("expires: 2024-4-22\n")),
        ("斜杠日期", END, end("review_by: 2024/4/22\n")),
        ("没有这一天", END, end("expires: 2024-02-30\n")),
        ("时间缺时区", END, end("publish_at: 2024-06-10 08:00\n")),
        ("时间是汉字", END, end("publish_at: 2024年6月10日8时\n")),
        ("数字写成汉字", END, end("sampling: {batches: 二十, failed: 3}\n")),
        ("不合格多于抽样", END, end("sampling: {batches: 3, failed: 20}\n")),
        ("抽样缺一半", END, end("sampling: {batches: 3}\n")),
        ("产品没有名称", END, end("products:\n  - brand: 某牌\n")),
        ("产品里不认识的键", END, end("products:\n  - {name: 水晶泥, 牌子: 某牌}\n")),
        ("列表写成了一段话", END, end("products: 水晶泥\n")),
        ("第一版就写更正", END, end("status: 更正\n")),
        ("第二版没有说明", END, end("version: 2\nstatus: 更正\n")),
        ("第二版仍写现行", END, end("version: 2\nchange: {what: 甲, why: 乙}\n")),
        ("说明写了一半", END, end("version: 2\nstatus: 更正\nchange: {what: 甲}\n")),
        ("没有这个状态", END, end("status: 作废\n")),
        ("版本是零", END, end("version: 0\n")),
        ("版本不是数", END, end("version: 第一版\n")),
        ("转载没有日期", END, end("origin: {source: 某机构}\n")),
        ("转载网址不对", END, end("origin: {source: 某机构, url: www.example.gov.cn, date: 2024-01-01}\n")),
        ("相关的不是编号", END, end("related: [水晶泥那条]\n")),
        ("手写了审签", END, end("review:\n  - {stage: 初审, by: 初审员}\n")),
        ("审签不在最后", END, end("review:\nexpires: 2025-01-01\n")),
        ("看不见的字符", TITLE, "title: 水晶\u{202e}泥\n".to_owned()),
    ] {
        cases.typed(name, from, &to);
    }
    insta::assert_snapshot!(cases.report);
}

#[test]
fn several_faults_are_told_in_one_run() {
    let mut cases = Cases::new();
    let bad = "---\nid: 2024-002\nkind: 风险提示\ntitle：水晶泥\nrisk_levle: 高风险\nexpires: 2024年4月22日\n---\n\n<b>粗</b>\n\n![](没有.png)\n";
    cases.signed("一次说完", bad, bad.as_bytes());
    insta::assert_snapshot!(cases.report);
}

#[test]
fn files_that_cannot_be_read_as_text() {
    let mut cases = Cases::new();
    let good = notice("2024-002", "水晶泥");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    // “标题” in GBK.
    let gbk = [b"---\nid: 2024-002\ntitle: ".as_slice(), &[0xb1, 0xea, 0xcc, 0xe2], b"\n---\n"].concat();
    cases.signed("GBK", "", &gbk);
    cases.signed("UTF-16", "", &utf16);
    cases.signed("空文件", "", b"");
    cases.signed("只有空行", "", b"\n\n  \n");
    cases.signed("四个加号", "++++", format!("++++\n{}", &good[4..]).as_bytes());
    cases.signed("三个加号", "+++", format!("+++\n{}", &good[4..]).as_bytes());
    cases.signed("四个减号", "----", format!("----\n{}", &good[4..]).as_bytes());
    cases.signed("全角减号作分隔", "－－－", format!("－－－\n{}", &good[4..]).as_bytes());
    cases.signed("破折号作分隔", "———", format!("———\n{}", &good[4..]).as_bytes());
    cases.signed("没有信息栏", "# 水晶泥", "# 水晶泥\n\n正文\n".as_bytes());
    cases.signed("分隔前有空行", "\\n---", format!("\n{good}").as_bytes());
    cases.signed("信息栏没有结束", "", good.replace("---\n\n", "\n").as_bytes());
    cases.signed("信息栏是空的", "---\\n---", "---\n---\n正文\n".as_bytes());
    cases.signed("结束线是全角", "－－－", good.replace("---\n\n", "－－－\n\n").as_bytes());
    insta::assert_snapshot!(cases.report);
}

#[test]
fn markdown_that_is_refused() {
    let mut cases = Cases::new();
    for (name, to) in [
        ("网页代码", "看<b>这里</b>"),
        ("网页脚本", "<script>alert(1)</script>"),
        ("网页注释", "<!-- 内部 -->"),
        ("脚本地址", "[点我](javascript:alert(1))"),
        ("数据地址", "[点我](data:text/html,甲)"),
        ("全角冒号的网址", "[点我](https：//www.example.gov.cn/)"),
        ("指向别处的文件", "[表](../../ledger.csv)"),
        ("绝对路径", "[表](/etc/passwd)"),
        ("没有这个文件", "[表](表.pdf)"),
        ("没有这个标题", "[上文](#没有这个标题)"),
        ("空链接", "[点我]()"),
        ("网上的图片", "![图](https://www.example.gov.cn/a.png)"),
        ("没有这张图", "![图](没有.png)"),
        ("图片没有说明", "![](没有.png)"),
        ("一级标题", "# 大标题"),
        ("脚注没有内容", "这里[^1]"),
        ("看不见的字符", "甲\u{202e}乙"),
    ] {
        cases.typed(name, &format!("{BODY}。"), to);
    }
    insta::assert_snapshot!(cases.report);
}

#[test]
fn pictures_tables_and_attachments() {
    let mut cases = Cases::new();
    let end = |lines: &str| format!("  - 收好\n{lines}---\n");
    let image = end("image: {file: 图.png, alt: 一个点}\n");
    cases.typed("没有这张题图", END, &image);
    cases.with_files("题图名字差一点", END, &image, &[("图1.png", PIXEL)]);
    cases.with_files("题图没有说明", END, &end("image: {file: 图.png}\n"), &[("图.png", PIXEL)]);
    cases.with_files("题图损坏", END, &image, &[("图.png", b"not a picture")]);
    cases.typed("题图在别处", END, &end("image: {file: ../2024-001/图.png, alt: 一个点}\n"));
    cases.typed("题图是绝对路径", END, &end("image: {file: /etc/passwd, alt: 一个点}\n"));
    cases.typed("题图是 Windows 路径", END, &end("image: {file: 'C:\\图.png', alt: 一个点}\n"));
    cases.with_files("题图是文档", END, &end("image: {file: 图.pdf, alt: 一个点}\n"), &[("图.pdf", b"%PDF-1.4")]);
    cases.with_files("不发布的类型", TITLE, TITLE, &[("照片.heic", b"x"), ("脚本.html", b"x"), ("图.svg", b"<svg/>")]);
    cases.with_files("名字占了系统的", TITLE, TITLE, &[("v2/图.png", PIXEL)]);
    cases.with_files("名字里有冒号", TITLE, TITLE, &[("图:1.png", PIXEL)]);
    cases.typed("没有这个附件", END, &end("attachments: [{file: 报告.pdf}]\n"));
    let findings = end("findings: {file: 表.csv, caption: 不合格情况}\n");
    cases.typed("没有这个表", END, &findings);
    cases.with_files(
        "表是 GBK",
        END,
        &findings,
        &[("表.csv", &[0xb1, 0xea, b',', 0xcc, 0xe2, b'\n', b'1', b',', b'2'])],
    );
    cases.with_files("表少一列", END, &findings, &[("表.csv", "甲,乙\n1,2\n3\n".as_bytes())]);
    cases.with_files("表多一列", END, &findings, &[("表.csv", "甲,乙\n1,2\n3,4,5\n".as_bytes())]);
    cases.with_files("表只有表头", END, &findings, &[("表.csv", "甲,乙\n".as_bytes())]);
    cases.with_files("表是空的", END, &findings, &[("表.csv", b"")]);
    cases.with_files("表是 Excel", END, &end("findings: {file: 表.xlsx, caption: 甲}\n"), &[("表.xlsx", b"PK")]);
    insta::assert_snapshot!(cases.report);
}

#[test]
#[cfg(unix)]
fn links_out_of_the_site_are_refused() {
    let mut cases = Cases::new();
    let secret = cases.site.outside().join("secret.png");
    std::fs::write(&secret, PIXEL).unwrap();
    let draft = cases.site.path("content/drafts/2024-002");
    std::fs::create_dir_all(&draft).unwrap();
    std::os::unix::fs::symlink(&secret, draft.join("图.png")).unwrap();
    cases.typed("草稿里的链接", TITLE, TITLE);
    std::os::unix::fs::symlink(&secret, cases.site.path("content/notices/2024-001/图.png")).unwrap();
    let run = cases.site.build();
    cases.note("已发布的文件夹里的链接", "", &run);
    std::fs::remove_file(cases.site.path("content/notices/2024-001/图.png")).unwrap();
    let (live, moved) = (cases.site.path("content/notices"), cases.site.outside().join("notices"));
    std::fs::rename(&live, &moved).unwrap();
    std::os::unix::fs::symlink(&moved, &live).unwrap();
    let run = cases.site.build();
    cases.note("已发布的文件夹本身是链接", "", &run);
    insta::assert_snapshot!(cases.report);
}

#[test]
fn what_is_wrong_among_live_notices() {
    let mut cases = Cases::new();
    let live = |name: &str, change: &dyn Fn(&Site), undo: &dyn Fn(&Site), cases: &mut Cases| {
        change(&cases.site);
        let run = cases.site.build();
        cases.note(name, "", &run);
        undo(&cases.site);
        cases.site.build().exits(0);
    };
    let path = "content/notices/2024-001/index.md";
    let genuine = cases.site.read(path);
    let remove = |path: &'static str| {
        move |site: &Site| {
            let path = site.path(path);
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
    };
    let restore = |site: &Site| site.put(path, &genuine);
    let change = |from: &'static str, to: &'static str| {
        let genuine = genuine.clone();
        move |site: &Site| site.put(path, genuine.replace(from, to))
    };
    live("改了一个字", &change("收好", "收妥"), &restore, &mut cases);
    live("改了标题", &change("title: 磁力珠", "title: 磁力球"), &restore, &mut cases);
    live("写坏了", &change("title: 磁力珠", "title：磁力珠"), &restore, &mut cases);
    live("存成了 GBK", &|site| site.put(path, [0xb1, 0xea]), &restore, &mut cases);
    let twin = |site: &Site| site.put("content/notices/2024-009/index.md", &genuine);
    live("两个文件夹一个编号", &twin, &remove("content/notices/2024-009"), &mut cases);
    let loose = |site: &Site| site.put("content/notices/散落.md", "甲");
    live("散落的文件", &loose, &remove("content/notices/散落.md"), &mut cases);
    let empty = |site: &Site| std::fs::create_dir(site.path("content/notices/2024-010")).unwrap();
    live("空文件夹", &empty, &remove("content/notices/2024-010"), &mut cases);
    let stray = |site: &Site| site.put("content/archive/2024-001/旧版/index.md", &genuine);
    live("归档里别的文件夹", &stray, &remove("content/archive/2024-001"), &mut cases);
    let page = |site: &Site| site.put("content/pages/关于.md", "---\ntitle: 关于\n---\n甲\n");
    live("页面名是汉字", &page, &remove("content/pages/关于.md"), &mut cases);
    let page = |site: &Site| site.put("content/pages/about.md", "---\n标题：关于\n---\n<b>甲</b>\n");
    live("页面写坏了", &page, &remove("content/pages/about.md"), &mut cases);
    let page = |site: &Site| site.put("content/pages/ledger.md", "---\ntitle: 甲\n---\n乙\n");
    live("页面占了系统的名字", &page, &remove("content/pages/ledger.md"), &mut cases);
    insta::assert_snapshot!(cases.report);
}

#[test]
fn faults_of_site_yaml() {
    let mut cases = Cases::new();
    let mut configured = |name: &str, from: &str, to: &str| {
        assert_eq!(CONFIG.matches(from).count(), 1, "{from}");
        let run = cases.site.write("site.yaml", CONFIG.replace(from, to)).build();
        cases.note(name, to, &run);
    };
    configured("没有标题", "title: 示例风险警示\n", "");
    configured("全角冒号", "title: 示例风险警示\n", "title：示例风险警示\n");
    configured("网址没有协议", "base_url: https://www.example.gov.cn/fxjs/", "base_url: www.example.gov.cn/fxjs/");
    configured("订阅标识写成网址", "tag: \"www.example.gov.cn,2024\"", "tag: https://www.example.gov.cn");
    configured("不认识的键", "description: 示例网站。", "descripton: 示例网站。");
    configured("单位没有名称", "  name: 示例县市场监督管理局\n", "");
    configured("标识码位数不对", "site_id_code: \"0000000000\"", "site_id_code: \"000\"");
    configured("链接不是网址", "https://www.example.gov.cn/dzjg/", "dzjg");
    configured("环节写了两次", "stages: [初审, 复审, 终审]", "stages: [初审, 初审, 终审]");
    configured("人员的环节不存在", "stages: [复审]", "stages: [二审]");
    configured("人员写了两次", "name: 复审员", "name: 初审员");
    configured("公钥不对", "stages: [终审]\n", "stages: [终审]\n      keys: [ssh-rsa AAAA]\n");
    configured("补审时限太大", "urgent_hours: 24", "urgent_hours: 9999");
    configured("没有这个主题", "title: 示例风险警示", "theme: 蓝色\ntitle: 示例风险警示");
    configured("主题是路径", "title: 示例风险警示", "theme: ../别处\ntitle: 示例风险警示");
    configured(
        "词表代码重复",
        "title: 示例风险警示",
        "vocabularies:\n  hazard:\n    - {name: 甲, slug: fire}\ntitle: 示例风险警示",
    );
    let run = cases.site.write("site.yaml", "").build();
    cases.note("空的 site.yaml", "", &run);
    let run = cases.site.write("site.yaml", [0xb1, 0xea]).build();
    cases.note("GBK 的 site.yaml", "", &run);
    insta::assert_snapshot!(cases.report);
}

#[test]
fn faults_of_a_theme() {
    let mut cases = Cases::new();
    let mut themed = |name: &str, path: &str, text: &str| {
        let path = format!("themes/default/{path}");
        let run = cases.site.write(&path, text).build();
        cases.note(name, text, &run);
        std::fs::remove_dir_all(cases.site.path("themes/default")).unwrap();
        cases.site.build().exits(0);
    };
    themed(
        "语法错误",
        "templates/home.html",
        "{% extends \"base.html\" %}\n{% block content %}\n{{ page.title \n{% endblock %}\n",
    );
    themed(
        "没有结束",
        "templates/home.html",
        "{% extends \"base.html\" %}\n{% block main %}\n{% if page.title %}甲\n{% endblock %}\n",
    );
    themed("没有这个字段", "templates/feed_item.html", "<p>{{ notice.titel }}</p>\n");
    themed("没有这个变量", "templates/feed_item.html", "<p>{{ notic.title }}</p>\n");
    themed("没有这个过滤器", "templates/feed_item.html", "<p>{{ notice.title | uper }}</p>\n");
    themed("没有上级模板", "templates/feed_item.html", "{% extends \"bas.html\" %}\n");
    insta::assert_snapshot!(cases.report);
}

#[test]
fn words_the_command_does_not_know() {
    let mut cases = Cases::new();
    for words in [
        &["biuld"][..],
        &[],
        &["build", "--outptu", "x"],
        &["build", "--jobs", "0"],
        &["build", "--jobs", "许多"],
        &["build", "--output"],
        &["list", "草稿"],
        &["review", "sign", "--stage", "初审", "2024-001"],
        &["review", "sign", "--stage", "初审", "--by", "初审员", "--key", "甲", "--signature", "乙", "2024-001"],
        &["review", "sign", "--stage", "初审", "--by", "初审员", "--signature", "乙", "2024-001"],
        &["new", "警示", "水晶泥"],
        &["new", "风险警示", "水晶泥", "--category", "移动电原"],
        &["new", "风险警示", "水晶泥", "--id", "二号"],
        &["new", "风险警示", " "],
        &["revise", "2024-999"],
        &["withdraw", "2024-001"],
        &["--now", "昨天", "build"],
        &["--site", "没有这里", "build"],
        &["build", "--format", "xml"],
    ] {
        let run = cases.site.run(words);
        cases.note(&format!("jingshi {}", words.join(" ")), "", &run);
    }
    let nowhere = Site::fresh();
    for words in [&["build"][..], &["list"], &["review", "sign", "--stage", "初审", "--by", "甲", "2024-001"]] {
        let run = nowhere.run(words);
        cases.note(&format!("没有 site.yaml 的地方：jingshi {}", words.join(" ")), "", &run);
    }
    insta::assert_snapshot!(cases.report);
}

#[test]
fn what_looks_odd_and_is_right_is_accepted() {
    let site = Site::new();
    let products = "products:\n  - name: 水晶泥\n    batch: 0123\n    barcode: 6901234567892\n    model: 1.10\n    brand: 0x1F\n    maker: 1e3\n    sold: 是\n";
    let good = notice("2024-001", "yes").replace(END, &format!("  - 收好\n{products}---\n"));
    let typed = format!("\u{feff}{}", good.replace('\n', "\r\n"));
    site.draft("2024-001", &typed).publish("2024-001").build().exits(0);
    let page = site.read("public/n/2024-001/index.html");
    for text in ["0123", "6901234567892", "1.10", "0x1F", "1e3", ">是<", "yes"] {
        assert!(page.contains(text), "{text} was not kept as typed");
    }
    let chinese = "---\n编号: 2024-002\n类型: 消费提示\n标题: 水晶泥：怎么选\n摘要: 甲\n人群: 儿童\n应对措施:\n- 看标签：要有中文\n---\n乙\n";
    site.draft("2024-002", chinese).publish("2024-002").build().exits(0);
    assert!(site.read("public/n/2024-002/index.html").contains("看标签：要有中文"));
}
