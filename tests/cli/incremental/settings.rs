//! What changes around notices: every key of `site.yaml`, the pages about the site, the theme, the words of the command.

use super::notices::{Step, refused, step};
use super::world::World;
use crate::samples::keys;
use std::fs;

/// One part of `site.yaml` for another.
fn setting(from: &'static str, to: &'static str) -> Step {
    step(&format!("site.yaml {from} → {to}"), move |world| {
        world.site.edit("site.yaml", from, to);
    })
}

/// More of `site.yaml`.
fn more(lines: &'static str) -> Step {
    step(&format!("site.yaml + {lines}"), move |world| {
        world.site.put("site.yaml", world.site.read("site.yaml") + lines);
    })
}

/// Who publishes, and what every page says of it.
pub fn identity() -> Vec<Step> {
    let pairs = [
        ("title: 示例风险警示", "title: 别的名称"),
        ("description: 示例网站。", "description: 别的简介。"),
        ("banner: 示例。", "banner: 全部内容为示例。"),
        ("name: 示例县市场监督管理局", "name: 别县市场监督管理局"),
        ("  phone: \"12315\"", "  phone: \"12345\""),
        ("\nportal:", "\n  address: 示例路一号\nportal:"),
        ("site_name: 示例门户", "site_name: 别的门户"),
        ("site_domain: www.example.gov.cn", "site_domain: example.gov.cn"),
        ("site_id_code: \"0000000000\"", "site_id_code: \"1111111111\""),
        ("column_name: 风险警示", "column_name: 警示"),
        ("column_description: 风险警示（示例）", "column_description: 警示（示例）"),
        ("column_keywords: 风险警示", "column_keywords: 警示"),
        ("column_type: 政务动态", "column_type: 通知公告"),
        ("sponsor: 示例县市场监督管理局", "sponsor: 别县市场监督管理局"),
        ("  contact: \"12315\"", "  contact: \"12345\""),
        ("icp: 示例备0号", "icp: 示例备1号"),
        ("police: 示例公安备0号", "police: 示例公安备1号"),
        (
            "government_mark_url: https://www.example.gov.cn/dzjg/",
            "government_mark_url: https://www.example.gov.cn/mark/",
        ),
        (
            "error_report_url: https://www.example.gov.cn/jiucuo/",
            "error_report_url: https://www.example.gov.cn/report/",
        ),
        ("  icp: 示例备1号\n", ""),
    ];
    pairs.map(|(from, to)| setting(from, to)).into()
}

/// How the site is made.
pub fn making() -> Vec<Step> {
    let pairs = [
        ("base_url: https://www.example.gov.cn/fxjs/", "base_url: https://www.example.gov.cn/jsxx/"),
        ("tag: \"www.example.gov.cn,2024\"", "tag: \"example.gov.cn,2023\""),
        ("feed_items: 10", "feed_items: 11"),
        ("page_size: 5", "page_size: 6"),
        ("hub: https://hub.example.gov.cn/\n", ""),
        ("license: {name: 署名许可（示例）", "license: {name: 别的许可（示例）"),
        (", url: \"https://www.example.gov.cn/license\"", ""),
        (", since: 2024-05-01}", ", since: 2024-06-01}"),
        (", since: 2024-06-01}", "}"),
        ("area: 示例县, geocode: \"000000\"", "area: 别县, geocode: \"111111\""),
        ("sender: fxjs@example.gov.cn", "sender: fxjs@www.example.gov.cn, status: 演练"),
        ("cap: {", "# cap: {"),
        ("urgent_hours: 24", "urgent_hours: 1"),
        ("reviewers:\n    - name: 初审员", "reviewers:\n    - name: 新来的\n      stages: [初审]\n    - name: 初审员"),
        ("      stages: [终审]", "      stages: [终审]\n      until: 2024-12-31"),
        (
            "  stages: [初审, 终审]",
            "  stages: [初审, 复审, 终审]\n  earlier: [{until: 2024-12-31, stages: [初审, 终审]}]",
        ),
        (
            "electric-blankets, group: 日用消费品}",
            "electric-blankets, group: 日用消费品}\n  hazard:\n    - {name: 中毒, slug: poisoning}\n  kind:\n    - {name: 消费知识, slug: lore}",
        ),
    ];
    let mut steps: Vec<Step> = pairs.map(|(from, to)| setting(from, to)).into();
    steps.extend([
        more("check:\n  rules: [{rule: link-http, level: 关}]\n"),
        more("targets:\n  - {name: 官网, to: ../www}\n"),
    ]);
    steps
}

/// Terms of the site's own that a notice has: those of [`super::content::live`].
pub fn terms() -> Vec<Step> {
    vec![
        setting("slug: electric-blankets, group: 日用消费品", "slug: electric-blankets, group: 新兴产品"),
        setting("slug: electric-blankets, group: 新兴产品", "slug: blankets, group: 新兴产品"),
    ]
}

/// Pages about the site.
pub fn pages() -> Vec<Step> {
    let write = |name: &str, path: &'static str, text: &'static str| {
        step(name, move |world| world.site.put(&format!("content/pages/{path}"), text))
    };
    let remove = |name: &str, path: &'static str| {
        step(name, move |world| fs::remove_file(world.site.path("content/pages").join(path)).unwrap())
    };
    vec![
        write("新的一页", "privacy.md", "---\ntitle: 隐私\n---\n不收集个人信息。\n"),
        write("改正文", "privacy.md", "---\ntitle: 隐私\n---\n不收集任何信息。\n"),
        write("改标题", "privacy.md", "---\ntitle: 个人信息\n---\n不收集任何信息。\n"),
        write("改简介", "about.md", "---\ntitle: 关于本站\nsummary: 别的简介。\n---\n见[一条](../2024-004/)。\n"),
        write("服务的说明", "search.md", "---\ntitle: 找一找\n---\n输入产品的名称。\n"),
        write("又一项服务的说明", "data.md", "---\ntitle: 数据\nsummary: 都在这里。\n---\n随便用。\n"),
        remove("去掉服务的说明", "search.md"),
        remove("去掉一页", "about.md"),
        refused(1, "有毛病的一页", |world| {
            world.site.put("content/pages/privacy.md", "---\ntitle: 个人信息\n---\n[坏](javascript:x)\n");
        }),
        write("改好", "privacy.md", "---\ntitle: 个人信息\n---\n好了。\n"),
    ]
}

/// The site's own theme.
pub fn theme() -> Vec<Step> {
    let default = |path: &str| {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        fs::read_to_string(root.join(path)).unwrap()
    };
    let template = |path: &'static str| format!("themes/own/templates/{path}");
    vec![
        step("改模板", move |world| {
            world.site.put(&template("map.html"), default("templates/map.html").replacen("<h1", "<!-- 本站 --><h1", 1));
        }),
        step("多一个模板", move |world| {
            world.site.put(&template("feed_item.html"), default("templates/feed_item.html") + "<p>本站</p>\n");
        }),
        step("模板的一部分", move |world| {
            let text = default("templates/partials/components.html");
            world.site.put(&template("partials/components.html"), text.replacen("相关警示和提示", "还可以看", 1));
        }),
        step("去掉模板", move |world| fs::remove_file(world.site.path(&template("map.html"))).unwrap()),
        step("改样式", |world| world.site.put("themes/own/static/data.css", "p { margin: 0 }\n")),
        step("多一个文件", |world| world.site.put("themes/own/static/fonts/own.txt", "x\n")),
        step("换掉 404 的样式", |world| world.site.put("themes/own/static/404.css", "p { margin: 0 }\n")),
        step("去掉文件", |world| fs::remove_file(world.site.path("themes/own/static/data.css")).unwrap()),
        step("不是给网页的文件", |world| world.site.put("themes/own/theme.yaml", "name: 本站\n")),
        refused(2, "坏的模板", move |world| world.site.put(&template("home.html"), "{{ nothing }}")),
        step("改好", move |world| fs::remove_file(world.site.path(&template("home.html"))).unwrap()),
        setting("theme: own", "theme: default"),
    ]
}

/// The words of the command, and the key of the site.
pub fn words() -> Vec<Step> {
    let say = |name: &str, words: &'static [&'static str]| {
        step(name, move |world: &World| {
            *world.words.borrow_mut() = words.iter().map(|word| (*word).to_owned()).collect()
        })
    };
    vec![
        say("别的网址", &["--base-url", "https://test.example.gov.cn/a/"]),
        say("又一个网址", &["--base-url", "http://test.example.gov.cn/a/"]),
        say("一个线程", &["--jobs", "1"]),
        say("许多线程", &["--jobs", "8"]),
        step("网站有了公钥", |world| {
            let line = format!("site_key: \"{}\"\n", keys()[3].public);
            world.site.put("site.yaml", world.site.read("site.yaml") + &line);
        }),
        step("签名", sign_with),
        step("签了名再来一次", |_| ()),
        step("又没有公钥了，签名要走", |world| {
            world.words.borrow_mut().clear();
            let line = format!("site_key: \"{}\"\n", keys()[3].public);
            world.site.edit("site.yaml", &line, "");
        }),
    ]
}

fn sign_with(world: &World) {
    let path = world.site.outside().join("site_key");
    fs::write(&path, &keys()[3].private).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    *world.words.borrow_mut() = vec!["--key".to_owned(), path.to_str().unwrap().to_owned()];
}
