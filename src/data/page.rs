//! The page that explains the data to people, and to search engines for data.

use super::file::{File, NOTICE_SCHEMA, schema_path};
use super::schema::{self, Column};
use crate::artifact::Artifact;
use crate::pages::{Frame, Service, bureau_ref, graph, service_page};
use crate::view::{DataColumnView, DataFileView, DataPageView, LicenseView, LinkView, PageView};
use serde_json::{Value, json};

pub(super) fn artifact<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    service_page(frame, Service::Data, "data.html", move |mut page, intro_html| {
        page.json_ld_html = graph(frame, &page, dataset(frame, &page));
        let newest = frame.site.events.first();
        let (tables, files): (Vec<_>, Vec<_>) = File::ALL.into_iter().partition(|file| file.media_type() == "text/csv");
        DataPageView {
            site: &frame.view,
            page,
            intro_html,
            count: frame.site.dossiers.len(),
            until: newest.map(|event| event.at.to_chinese_day()).unwrap_or_default(),
            tables: tables.into_iter().map(|file| view(frame, file)).collect(),
            files: files.into_iter().map(|file| view(frame, file)).collect(),
            fields: columns(&File::Lines.schema(frame)),
            schemas: schemas(),
            license: frame
                .site
                .config
                .license
                .as_ref()
                .map(|license| LicenseView { name: license.name.clone(), url: license.url.clone() }),
            subscribe_href: Service::Subscribe.href(),
            example_href: newest
                .map(|event| format!("n/{}/notice.json", frame.site.dossiers[event.dossier].id()))
                .unwrap_or_default(),
        }
    })
}

fn view<'a>(frame: &'a Frame<'a>, file: File) -> DataFileView {
    let (title, what, unit) = words(file);
    let is_table = file.media_type() == "text/csv";
    DataFileView {
        id: file.name().replace('.', "-"),
        name: file.name(),
        title,
        href: format!("data/{}", file.name()),
        what,
        rows: file.rows(frame),
        unit,
        columns: if is_table { columns(&file.schema(frame)) } else { Vec::new() },
    }
}

/// Title, what it is for, and what a row is.
const fn words(file: File) -> (&'static str, &'static str, &'static str) {
    match file {
        File::Notices => ("全部信息", "一条信息一行，从第一条到最新一条，已撤销的也在。适合浏览、统计。", "条信息"),
        File::Products => {
            ("涉及的产品", "一种产品一行，写明品牌、型号、批号、条码。适合商家对照进货和库存。", "种产品")
        }
        File::Batches => ("产品的批号", "一个批号一行，成段的批号已逐个写出来。适合筛选、查找某一个批号。", "个批号"),
        File::Standards => ("引用的标准", "一条信息引用一个标准，就是一行。适合查某个标准与哪些信息有关。", "行"),
        File::Json => {
            ("全部信息，一个文件", "最完整的数据：网页上有的都有，包括检测结果表、各个版本和审签时间。", "条信息")
        }
        File::Lines => ("全部信息，一行一条", "内容与 notices.json 相同，一行是一条信息，适合逐行读入程序。", "条信息"),
    }
}

fn columns(schema: &Value) -> Vec<DataColumnView> {
    let view = |Column { name, meaning }| DataColumnView { name, meaning };
    schema::columns(schema).into_iter().map(view).collect()
}

/// The schemas of records first, then those of rows.
fn schemas() -> Vec<LinkView> {
    let link = |name: &str| LinkView { label: name.to_owned(), href: schema_path(name) };
    let others = File::ALL.into_iter().rev().map(File::schema_name).filter(|name| *name != NOTICE_SCHEMA);
    std::iter::once(NOTICE_SCHEMA).chain(others).map(link).collect()
}

/// The data as search engines for data look for it.
fn dataset(frame: &Frame<'_>, page: &PageView) -> Value {
    let download = |file: File| {
        json!({
            "@type": "DataDownload",
            "name": file.name(),
            "encodingFormat": file.media_type(),
            "contentUrl": frame.address(&format!("data/{}", file.name())),
        })
    };
    let mut node = json!({
        "@type": "Dataset",
        "@id": format!("{}#dataset", page.canonical),
        "url": page.canonical,
        "name": format!("{} · {}", page.title, frame.site.config.title),
        "description": format!("{}{}{}", frame.site.config.banner, page.description, frame.site.config.description),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": true,
        "creator": bureau_ref(frame),
        "publisher": bureau_ref(frame),
        "distribution": File::ALL.map(download),
    });
    if let Some(newest) = frame.site.events.first() {
        node["dateModified"] = Value::from(newest.at.to_string());
    }
    if let Some(license) = &frame.site.config.license {
        node["license"] = if license.url.is_empty() {
            json!({ "@type": "CreativeWork", "name": license.name })
        } else {
            json!({ "@type": "CreativeWork", "name": license.name, "url": license.url })
        };
    }
    node
}
