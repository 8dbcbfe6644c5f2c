//! Files that were written elsewhere become drafts: what is kept, what is told, what is refused.

use crate::samples::STAGES;
use crate::site::Site;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name);
    path.display().to_string()
}

/// The report of an import of a fixture, its draft and the names of its files.
fn imported(name: &str) -> String {
    let site = Site::new();
    let run = site.run(&["import", &fixture(name)]).exits(0);
    let report = run.report().replace(&fixture(name), name);
    let draft = site.read("content/drafts/2024-001/index.md");
    // What `new` writes is known: the front matter above the summary and the body are what was read.
    let (head, rest) = draft.split_once("\n# 摘要：").unwrap();
    let body = rest.split_once("\n---\n").unwrap().1;
    let files = crate::site::files(&site.path("content/drafts/2024-001"));
    let files: Vec<_> = files.keys().filter(|path| *path != "index.md").cloned().collect();
    format!("{report}\n{head}\n…\n---\n{body}\n[{}]\n", files.join(", "))
}

#[test]
fn a_notice_of_libreoffice() {
    insta::assert_snapshot!(imported("writer.docx"));
}

#[test]
fn a_notice_as_offices_type_it() {
    insta::assert_snapshot!(imported("wps.docx"));
}

#[test]
fn a_web_page_in_gbk() {
    insta::assert_snapshot!(imported("page.html"));
}

#[test]
fn a_markdown_file_in_gbk() {
    insta::assert_snapshot!(imported("text.md"));
}

#[test]
fn an_imported_draft_is_completed_signed_and_published() {
    let site = Site::new();
    let run = site.run(&["import", &fixture("writer.docx"), "--id", "2024-017"]).exits(0);
    assert_eq!(run.stdout.trim(), "SITE/content/drafts/2024-017/index.md");
    site.sign("初审", "2024-017").exits(1).says("摘要");
    let draft = "content/drafts/2024-017/index.md";
    site.edit(draft, "摘要: \"\"", "摘要: 移动电源会过热起火。")
        .edit(draft, "风险等级: \"\"", "风险等级: 高风险")
        .edit(draft, "人群: []", "人群: [所有消费者]")
        .edit(draft, "\n危害: []", "\n危害: [火灾]")
        .edit(draft, "\n应对措施: []", "\n应对措施: [停止使用]");
    for (hour, stage) in STAGES.iter().enumerate() {
        site.clock(&format!("2024-06-01T1{hour}:00:00+08:00")).sign(stage, "2024-017").exits(0);
    }
    site.build().exits(0);
    let page = site.read("public/n/2024-017/index.html");
    for part in [
        "<strong>会过热起火。</strong>",
        "<em>核对型号</em>",
        "X_1*2*、#号、&lt;b&gt;和 a|b",
        "<td>C14-P6|P7</td>",
        "<li>跌落以后</li>",
        "<img src=\"image-1.png\" alt=\"移动电源背面的标签，右下角是批号\"",
        "<li>立即停止使用</li>",
        "查询时以证书编号为准。",
    ] {
        assert!(page.contains(part), "no {part} in:\n{page}");
    }
    assert!(site.has("public/n/2024-017/image-1.png"));
}

#[test]
fn the_kind_is_the_titles_or_the_one_named() {
    let site = Site::new();
    let page = |title: &str| format!("<html><body><h1>{title}</h1><p>正文</p></body></html>");
    std::fs::write(site.outside().join("a.html"), page("关于插座的通告")).unwrap();
    let file = site.outside().join("a.html").display().to_string();
    site.run(&["import", &file]).exits(2).says("没有说明类型").says("--kind");
    assert!(!site.has("content/drafts/2024-001"));
    site.run(&["import", &file, "--kind", "消费提示"]).exits(0);
    assert!(site.read("content/drafts/2024-001/index.md").contains("类型: 消费提示"));
    site.run(&["import", &file, "--kind", "风险提醒"]).exits(2).says("没有“风险提醒”这个类型");
}

#[test]
fn nothing_that_exists_is_written_over() {
    let site = Site::new();
    site.run(&["import", &fixture("wps.docx"), "--id", "2024-005"]).exits(0);
    let before = site.read("content/drafts/2024-005/index.md");
    site.run(&["import", &fixture("writer.docx"), "--id", "2024-005"]).exits(2).says("已经用过");
    assert_eq!(site.read("content/drafts/2024-005/index.md"), before);
    site.run(&["import", &fixture("writer.docx")]).exits(0);
    assert!(site.has("content/drafts/2024-006/index.md"));
}

#[test]
fn a_page_reaches_no_file_beyond_its_folder() {
    let site = Site::new();
    let folder = site.outside().join("资料");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(site.outside().join("secret.png"), b"\x89PNG\r\n\x1a\nsecret").unwrap();
    let page =
        "<h1>消费提示</h1><p>甲<img src='../secret.png'><img src='%2e%2e/secret.png'><img src='/etc/passwd'></p>";
    std::fs::write(folder.join("a.html"), page).unwrap();
    site.run(&["import", &folder.join("a.html").display().to_string()]).exits(0).says("3 张图片没有带入");
    assert!(!site.has("content/drafts/2024-001/image-1.png"));
}

/// A Word document whose text is this XML.
fn word(xml: &str) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(std::fs::File::open(fixture("wps.docx")).unwrap()).unwrap();
    let mut made = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        made.start_file(name.clone(), zip::write::SimpleFileOptions::default()).unwrap();
        match name.as_str() {
            "word/document.xml" => made.write_all(xml.as_bytes()).unwrap(),
            _ => drop(std::io::copy(&mut part, &mut made).unwrap()),
        }
    }
    made.finish().unwrap().into_inner()
}

fn nested(open: &str, close: &str, times: usize) -> Vec<u8> {
    let head = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>";
    word(&format!(
        "{head}{}<w:p><w:r><w:t>底</w:t></w:r></w:p>{}</w:body></w:document>",
        open.repeat(times),
        close.repeat(times)
    ))
}

#[test]
fn hostile_files_are_refused_or_read_in_time() {
    let whole = std::fs::read(fixture("wps.docx")).unwrap();
    let bomb = word(&format!("<w:document><w:body><w:p><w:r><w:t>{}", "甲".repeat(40_000_000)));
    let (cell, end) = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    let (shape, shape_end) =
        ("<w:p><w:r><w:pict><v:textbox><w:txbxContent>", "</w:txbxContent></v:textbox></w:pict></w:r></w:p>");
    let files = [
        ("截断.docx", whole[..whole.len() / 2].to_vec(), 1, "读不出来"),
        ("空.docx", Vec::new(), 1, "空的"),
        ("文字.docx", "不是压缩包".into(), 1, "不是 Word 文档"),
        ("改名.docx", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat(), 1, "老格式"),
        ("旧.doc", vec![1, 2, 3], 1, "另存为"),
        ("炸弹.docx", bomb, 1, "太大"),
        ("表中表.docx", nested(cell, end, 3_000), 0, "读不出来"),
        ("框中框.docx", nested(shape, shape_end, 3_000), 0, "读不出来"),
        ("不完整.docx", word("<w:document><w:body><w:p>"), 1, "读不出来"),
        ("深.html", "<div>".repeat(60_000).into_bytes(), 1, "嵌套太深"),
        ("乱.html", "<b><a><p><table><td>".repeat(1_000).into_bytes(), 0, "草稿已建好"),
        ("深.md", "> ".repeat(60_000).into_bytes(), 1, "嵌套太深"),
        ("二进制.md", vec![0, 159, 146, 150, 0], 1, "编码无法识别"),
    ];
    for (name, bytes, code, words) in files {
        let site = Site::new();
        let path = site.outside().join(name);
        std::fs::write(&path, bytes).unwrap();
        let start = Instant::now();
        let run = site.run(&["import", "--kind", "消费提示", &path.display().to_string()]);
        assert!(run.stderr.contains(words) && run.code == code, "{name}: {}", run.report());
        assert!(start.elapsed() < Duration::from_secs(30), "{name} took {:?}", start.elapsed());
        assert_eq!(site.has("content/drafts/2024-001"), code == 0, "{name}");
    }
}
