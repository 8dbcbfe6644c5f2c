//! Views of the services.

use super::{entries, home, link, page, s, site, ways};
use crate::chart::{Chart, Shape};
use crate::view::{
    DataColumnView, DataFileView, DataPageView, DownloadView, FeedFormView, FeedGroupView, FeedView, FigureTableView,
    FigureView, FilterView, LicenseView, LookupPageView, OptionView, PanelView, QrView, SearchPageView,
    StatisticsPageView, SubscribePageView,
};

fn intro(full: bool) -> String {
    s(if full { "<p>本站的说明。</p>\n<h2 id=\"b\">三步</h2>\n<ol><li>一</li><li>二</li></ol>" } else { "" })
}

pub fn lookup(full: bool) -> LookupPageView<'static> {
    LookupPageView {
        site: site(full),
        page: page("查我的产品", "../", full),
        intro_html: intro(full),
        shards: if full { 16 } else { 1 },
        stamp: s("0123456789ab"),
        search_href: s("search/index.html"),
        ways: if full { ways() } else { vec![] },
    }
}

fn columns() -> Vec<DataColumnView> {
    let column = |name: &str, meaning: &str| DataColumnView { name: s(name), meaning: s(meaning) };
    vec![column("编号", "永久编号<尖括号>"), column("about[].brand.name", "品牌")]
}

pub fn data(full: bool) -> DataPageView<'static> {
    let file = |name: &'static str, columns: Vec<DataColumnView>| DataFileView {
        id: name.replace('.', "-"),
        name,
        title: "全部信息<尖括号>",
        href: format!("data/{name}"),
        what: "一条信息一行。",
        rows: if full { 12_345 } else { 0 },
        unit: "条信息",
        columns,
    };
    DataPageView {
        site: site(full),
        page: page("开放数据", "../", full),
        intro_html: intro(full),
        count: if full { 12_345 } else { 0 },
        until: s(if full { "2024年4月22日" } else { "" }),
        tables: if full { vec![file("notices.csv", columns()), file("products.csv", columns())] } else { vec![] },
        files: vec![file("notices.json", vec![])],
        fields: columns(),
        schemas: vec![link("notice.schema.json", "data/schema/notice.schema.json")],
        license: full
            .then(|| LicenseView { name: s("署名许可<尖括号>"), url: s("https://example.gov.cn/l?a=1&b=2") }),
        subscribe_href: s("subscribe/index.html"),
        example_href: s(if full { "n/2024-017/notice.json" } else { "" }),
    }
}

pub fn search(full: bool) -> SearchPageView<'static> {
    let option = |value: &str, label: &str, nested| OptionView { value: s(value), label: s(label), nested };
    let filters = [
        FilterView {
            name: "category",
            label: "产品类别",
            options: vec![option("children-products", "儿童用品", false), option("slime", "水晶泥<尖括号>", true)],
        },
        FilterView { name: "year", label: "年份", options: vec![option("2024", "2024年", false)] },
    ];
    SearchPageView {
        site: site(full),
        page: page("搜索", "../", full),
        intro_html: intro(full),
        head_href: s("head.js?v=0123456789ab"),
        filters: if full { filters.into() } else { Vec::new() },
        ways: home(full).ways,
    }
}

fn feed(label: &str, folder: &str, full: bool) -> FeedView {
    FeedView {
        label: s(label),
        address: format!("https://example.gov.cn/jingshi/{folder}feed.xml"),
        href: format!("{folder}feed.xml"),
        others: if full { vec![FeedFormView { name: "Atom", href: format!("{folder}atom.xml") }] } else { vec![] },
        nested: folder.contains("helmets"),
        qr: full.then(|| QrView { size: 29, path: s("m4 4h7v1h-7z") }),
    }
}

pub fn subscribe(full: bool) -> SubscribePageView<'static> {
    let group = |title: &str, feeds: Vec<FeedView>| FeedGroupView { title: s(title), feeds };
    let categories = vec![
        feed("日用<消费品>", "categories/consumer-goods/", false),
        feed("头盔", "categories/e-bike-helmets/", false),
    ];
    let groups = vec![group("类型", vec![feed("风险警示", "risk-warnings/", true)]), group("产品类别", categories)];
    SubscribePageView {
        site: site(full),
        page: page("如何订阅", "../", full),
        intro_html: intro(full),
        whole: feed("全部信息", "", full),
        groups: if full { groups } else { vec![] },
        data_href: s("data/index.html"),
        alerts_href: s(if full { "cap/atom.xml" } else { "" }),
    }
}

fn shape(kind: &'static str, role: &'static str, text: &str) -> Shape {
    let texts = if kind == "text" { ("end", text) } else { ("", "") };
    Shape {
        kind,
        role,
        x: s("50.0%"),
        y: s("1.10em"),
        width: s("25.0%"),
        height: s("0.75em"),
        anchor: texts.0,
        text: s(texts.1),
    }
}

fn panel(title: &str) -> PanelView {
    let shapes = vec![shape("text", "label", "电子<产品>"), shape("rect", "bar", ""), shape("circle", "dot", "")];
    PanelView {
        title: s(title), finding: s("“儿童用品”最多，6 条。"), chart: Chart { height: s("5.50em"), shapes }
    }
}

fn figure(full: bool) -> FigureView {
    FigureView {
        id: if full { "months" } else { "years" },
        title: s("各月发布多少"),
        finding: s("最多的是2024年5月，6 条。"),
        note: s(if full { "柱子上的数字是条数。" } else { "" }),
        panels: if full { vec![panel("2024年"), panel("2025年")] } else { vec![panel("")] },
        table: FigureTableView {
            caption: s("各月发布多少"),
            head: ["月份", "2024年"].map(s).to_vec(),
            rows: vec![["5月", "6"].map(s).to_vec()],
        },
    }
}

pub fn statistics(full: bool) -> StatisticsPageView<'static> {
    let download = DownloadView { name: s("statistics.csv"), href: s("statistics/statistics.csv"), size: s("12.3 KB") };
    StatisticsPageView {
        site: site(full),
        page: page("统计", "../", full),
        intro_html: intro(full),
        until: s(if full { "2024年4月22日" } else { "" }),
        figures: if full { vec![figure(true), figure(false)] } else { vec![] },
        withdrawn: if full { entries() } else { vec![] },
        download: full.then_some(download),
    }
}
