//! Views filled with sample data: everything full, everything empty, and the states a notice can be in.

mod notice;
mod service;

pub use notice::{bare_notice, full_notice, notice_page, withdrawn_notice};
pub use service::{data, lookup, search, statistics, subscribe};

use super::Prepared;
use crate::view::*;
use std::collections::BTreeMap;

/// The static files of the default theme, as templates find them.
fn assets() -> BTreeMap<String, String> {
    let files = super::default_files();
    let names = files.iter().filter_map(|file| file.path.strip_prefix("static/"));
    names.map(|name| (s(name), format!("assets/0123456789ab.{name}"))).collect()
}

/// Keeps a value for the rest of the test: views borrow.
fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn s(text: &str) -> String {
    text.to_owned()
}

fn texts(texts: &[&str]) -> &'static [String] {
    keep(texts.iter().map(|text| s(text)).collect::<Vec<_>>())
}

fn link(label: &str, href: &str) -> LinkView {
    LinkView { label: s(label), href: s(href) }
}

fn meta(name: &str, content: &str) -> MetaView {
    MetaView { name: s(name), content: s(content) }
}

fn time(day: u32, clock: &str) -> TimeView {
    TimeView {
        iso: format!("2024-04-{day:02}T{clock}:00+08:00"),
        minute: format!("2024年4月{day}日 {clock}"),
        chinese: format!("2024年4月{day}日"),
    }
}

fn term(name: &str, slug: &str, folder: &str) -> Prepared<TermView> {
    Prepared::new(TermView { name: s(name), slug: s(slug), href: format!("{folder}{slug}/index.html") })
}

pub fn warning() -> Prepared<TermView> {
    term("风险警示", "risk-warnings", "")
}

pub fn tip() -> Prepared<TermView> {
    term("消费提示", "consumer-tips", "")
}

fn level(rank: usize) -> Option<Prepared<LevelView>> {
    let (name, slug) =
        [("高风险", "high"), ("较高风险", "elevated"), ("一般风险", "moderate"), ("低风险", "low")][rank - 1];
    let href = format!("levels/{slug}/index.html");
    Some(Prepared::new(LevelView { name: s(name), slug: s(slug), href, rank, of: 4 }))
}

pub fn mark(tone: &'static str) -> MarkView {
    let (label, sentence, href) = match tone {
        "draft" => ("草稿", "本文尚未完成审签，不得对外发布、转发或引用。", None),
        "urgent" => ("紧急发布，待补审", "本警示因危及人身安全于2024年4月22日紧急发布，其余审签正在补办。", None),
        "withdrawn" => ("已撤销", "本文已于2024年4月25日撤销，请勿再引用或转发。", None),
        "corrected" => (
            "已更正",
            "本文于2024年4月24日更正，改了产品批号，原因见文末。",
            Some(link("看改了什么", "n/2024-017/index.html#history")),
        ),
        "superseded" => {
            ("旧版本", "这是第 1 版，已被更正，现行的是第 3 版。", Some(link("看现行版本", "n/2024-017/index.html")))
        }
        "expired" => ("已过有效期", "本提示的有效期到2024年6月1日为止，内容可能不再适用。", None),
        _ => ("转发", "本文最早由省级市场监督管理部门发布，本局转发。", None),
    };
    MarkView { tone, label, sentence: s(sentence), link: href }
}

pub fn site(full: bool) -> &'static Prepared<SiteView> {
    keep(Prepared::new(site_view(full)))
}

fn site_view(full: bool) -> SiteView {
    let text = |text: &str| if full { s(text) } else { String::new() };
    let footer = FooterView {
        sponsor: text("原平市市场监督管理局"),
        contact: text("0350-0000000（工作日 8:30–12:00，14:30–18:00）"),
        site_id_code: text("1409810001"),
        icp: text("晋ICP备00000000号-1"),
        police: text("晋公网安备 14098100000000号"),
        government_mark_url: text("https://example.gov.cn/mark"),
        error_report_url: text("https://example.gov.cn/error?site=1409810001&lang=zh"),
    };
    let nav = [
        ("首页", "index.html"),
        ("风险警示", "risk-warnings/index.html"),
        ("消费提示", "consumer-tips/index.html"),
        ("产品查询", "lookup/index.html"),
        ("搜索", "search/index.html"),
        ("订阅", "subscribe/index.html"),
        ("统计", "statistics/index.html"),
    ];
    let foot = [
        ("关于本站", "about/index.html"),
        ("台账", "ledger/index.html"),
        ("开放数据", "data/index.html"),
        ("网站地图", "map/index.html"),
    ];
    let links = |links: &[(&str, &str)]| links.iter().map(|(label, href)| link(label, href)).collect();
    SiteView {
        title: s("产品质量安全风险警示与消费提示"),
        description: text(
            "原平市市场监督管理局发布的产品质量安全风险警示和消费提示：先说要做什么，再说是不是您的产品，最后说为什么。",
        ),
        banner: text("示例网站：内容均为演示，不是真实的警示信息。"),
        home_url: s("https://example.gov.cn/jingshi/"),
        bureau: BureauView {
            name: s("原平市市场监督管理局"),
            phone: text("0350-0000000"),
            address: text("山西省忻州市原平市示例街1号"),
        },
        metas: if full {
            vec![meta("SiteName", "产品质量安全风险警示与消费提示"), meta("SiteIDCode", "1409810001")]
        } else {
            vec![]
        },
        footer,
        nav: if full { links(&nav) } else { vec![] },
        nav_more: if full { links(&foot) } else { vec![] },
        footer_links: if full { links(&foot) } else { vec![] },
        assets: assets(),
        preview: false,
    }
}

pub fn preview() -> &'static Prepared<SiteView> {
    keep(Prepared::new(SiteView { preview: true, ..site_view(true) }))
}

/// A page at a depth: its own title, and full surroundings or none.
pub fn page(title: &str, root: &str, full: bool) -> PageView {
    if !full {
        return PageView {
            root: s(root),
            title: s(title),
            description: String::new(),
            canonical: s("https://example.gov.cn/jingshi/"),
            noindex: false,
            metas: vec![],
            feeds: vec![],
            breadcrumbs: vec![],
            json_ld_html: String::new(),
            section: String::new(),
        };
    }
    let crumbs = vec![link("首页", "index.html"), link("风险警示", "risk-warnings/index.html")];
    PageView {
        description: s("含“引号”、<尖括号> 和 & 号的说明。"),
        canonical: s("https://example.gov.cn/jingshi/n/2024-017/"),
        noindex: true,
        metas: vec![meta("ArticleTitle", title), meta("PubDate", "2024-04-22 09:00")],
        feeds: [
            link("RSS：全部警示和提示", "feed.xml"),
            link("Atom：全部警示和提示", "atom.xml"),
            link("JSON：全部警示和提示", "feed.json"),
        ]
        .map(Prepared::new)
        .into(),
        breadcrumbs: if root.is_empty() { vec![] } else { crumbs },
        section: s("risk-warnings/index.html"),
        json_ld_html: s("{\"@context\":\"https://schema.org\"}"),
        ..page(title, root, false)
    }
}

pub fn entries() -> Vec<EntryView> {
    let entry = |id: &str, title: &str, summary: &str, kind, level, day, marks| EntryView {
        href: format!("n/{id}/index.html"),
        title: s(title),
        summary: s(summary),
        kind,
        level,
        published: time(day, "09:00"),
        marks,
    };
    vec![
        entry(
            "2024-021",
            "立即停用型号 X-1 移动电源：过充时可能起火",
            "经监测，该型号移动电源过充保护失效，充电时电池鼓包、起火。请立即停止使用并联系销售者退货。",
            warning(),
            level(1),
            26,
            vec![mark("urgent")],
        ),
        entry(
            "2024-017",
            "关于部分电动自行车头盔缓冲层不足、碰撞时不能有效保护头部，请对照型号和生产日期停止使用并退换的风险警示",
            "抽检 40 批次，9 批次的缓冲层没有盖住规定的保护区。",
            warning(),
            level(1),
            24,
            vec![mark("corrected")],
        ),
        entry(
            "2024-016",
            "磁力珠、磁力泥不是幼儿玩具",
            "吞下两颗以上磁力珠，可能造成肠穿孔。家有幼儿请收走。",
            warning(),
            level(2),
            20,
            vec![],
        ),
        entry(
            "2024-015",
            "儿童爬行垫：闻、看、查三步选购",
            "先闻气味，再看边角和标识，最后查强制性认证。",
            tip(),
            None,
            18,
            vec![],
        ),
        entry(
            "2024-012",
            "成人纸尿裤怎么选",
            "按体重和臀围选尺码，看清包装上的执行标准。",
            tip(),
            level(4),
            12,
            vec![mark("expired")],
        ),
        entry("2024-011", "降噪耳机：音量不过六成，连续不过一小时", "", tip(), level(3), 10, vec![mark("reposted")]),
        entry(
            "2024-008",
            "食品接触用不锈钢制品选购提示",
            "认准“食品接触用”标识，不盛放强酸强碱食物过夜。",
            tip(),
            None,
            8,
            vec![mark("withdrawn")],
        ),
    ]
}

fn counted(label: &str, href: &str, count: usize, nested: bool) -> CountedLink {
    CountedLink { label: s(label), href: format!("{href}/index.html"), count, nested }
}

pub fn ways() -> Vec<WayView> {
    let way = |title: &str, lists: &[(&str, &str, usize, bool)]| WayView {
        title: s(title),
        lists: lists.iter().map(|(label, href, count, nested)| counted(label, href, *count, *nested)).collect(),
    };
    vec![
        way(
            "按产品查",
            &[
                ("食品相关产品", "categories/food-contact", 5, false),
                ("食品接触用塑料制品", "categories/food-contact-plastic", 2, true),
                ("食品接触用不锈钢制品", "categories/food-contact-stainless-steel", 3, true),
                ("儿童用品", "categories/children-products", 8, false),
                ("爬行地垫", "categories/crawling-mats", 3, true),
                ("水晶泥", "categories/slime", 2, true),
                ("其他玩具", "categories/other-toys", 3, true),
                ("日用消费品", "categories/daily-goods", 12, false),
                ("电动自行车头盔", "categories/e-bike-helmets", 6, true),
                ("移动电源", "categories/power-banks", 6, true),
                ("新兴产品", "categories/emerging-products", 1, false),
            ],
        ),
        way(
            "按人群查",
            &[
                ("儿童", "audience/children", 14, false),
                ("老年人", "audience/elderly", 6, false),
                ("所有消费者", "audience/all-consumers", 21, false),
            ],
        ),
        way(
            "按危害查",
            &[
                ("窒息", "hazards/suffocation", 3, false),
                ("火灾", "hazards/fire", 9, false),
                ("触电", "hazards/electric-shock", 4, false),
                ("磁体误吞", "hazards/magnet-ingestion", 2, false),
            ],
        ),
        way(
            "按风险等级查",
            &[
                ("高风险", "levels/high", 4, false),
                ("较高风险", "levels/elevated", 7, false),
                ("一般风险", "levels/moderate", 9, false),
                ("低风险", "levels/low", 6, false),
            ],
        ),
        way("按年份查", &[("2024年", "years/2024", 17, false), ("2023年", "years/2023", 26, false)]),
    ]
}

pub fn home(full: bool) -> HomeView<'static> {
    let mut all = if full { entries() } else { vec![] };
    let newest = all.split_off(all.len().min(3));
    HomeView {
        site: site(full),
        page: page("", "", full),
        grave: all,
        changes: newest.iter().rev().take(3).cloned().collect(),
        newest,
        ways: if full { ways() } else { vec![] },
    }
}

pub fn list(full: bool) -> ListPageView<'static> {
    let list = ListView {
        title: s("儿童用品"),
        dimension: s(if full { "产品类别" } else { "" }),
        count: if full { 26 } else { 0 },
        feed_href: s(if full { "categories/children-products/feed.xml" } else { "" }),
        entries: if full { entries().into_iter().map(Prepared::new).collect() } else { vec![] },
        number: if full { 0 } else { 3 },
        newer: full.then(|| link("较新", "categories/children-products/index.html")),
        older: full.then(|| link("较旧", "categories/children-products/page/1/index.html")),
        narrower: if full {
            vec![
                counted("爬行地垫", "categories/crawling-mats", 3, false),
                counted("水晶泥", "categories/slime", 2, false),
            ]
        } else {
            vec![]
        },
    };
    ListPageView { site: site(full), page: page("儿童用品", "../../", full), list }
}

pub fn prose(full: bool) -> ProsePageView<'static> {
    let body = "<p>本站发布原平市产品质量安全风险警示和消费提示。</p>\n<h2 id=\"a\">怎样订阅</h2>\n<ol><li>复制下面的地址。</li><li>粘贴到阅读器。</li></ol>\n<p><code>https://example.gov.cn/jingshi/feed.xml</code></p>\n<pre><code>curl https://example.gov.cn/jingshi/data/notices.json | head -c 200 # 很长的一行命令，用来看横向滚动</code></pre>";
    ProsePageView {
        site: site(full),
        page: page(if full { "怎样订阅" } else { "" }, "../", full),
        body_html: s(if full { body } else { "" }),
    }
}

pub fn ledger(full: bool) -> LedgerPageView<'static> {
    let rows = entries().into_iter().enumerate().map(|(index, entry)| LedgerRowView {
        seq: 27 - u32::try_from(index).unwrap_or_default(),
        time: entry.published,
        event: s(["紧急发布", "更正", "发布", "补审", "撤销"][index % 5]),
        id: s(entry.href.split('/').nth(1).unwrap_or_default()),
        version: 1,
        title: entry.title,
        href: entry.href,
        hash: s("3f9ca17b08de"),
    });
    LedgerPageView {
        site: site(full),
        page: page("台账", "../", full),
        ledger: LedgerView {
            count: if full { 27 } else { 0 },
            rows: if full { rows.collect() } else { vec![] },
            number: if full { 0 } else { 3 },
            newer: full.then(|| link("较新", "ledger/index.html")),
            older: full.then(|| link("较旧", "ledger/p/1/index.html")),
        },
    }
}

pub fn map(full: bool) -> MapPageView<'static> {
    MapPageView { site: site(full), page: page("网站地图", "../", full), ways: if full { ways() } else { vec![] } }
}

pub fn not_found(full: bool) -> NotFoundView<'static> {
    NotFoundView {
        site: site(full),
        page: page(if full { "没有找到这个页面" } else { "" }, "", full),
        style_html: s("body{margin:0}"),
        style_source: s("sha256-0000"),
    }
}
