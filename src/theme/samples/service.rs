//! Views of the services.

use super::{home, page, s, site};
use crate::view::{FilterView, OptionView, SearchPageView, SubscribePageView};

fn intro(full: bool) -> String {
    s(if full { "<p>本站的说明。</p>\n<h2 id=\"b\">三步</h2>\n<ol><li>一</li><li>二</li></ol>" } else { "" })
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

pub fn subscribe(full: bool) -> SubscribePageView<'static> {
    SubscribePageView { site: site(full), page: page("如何订阅", "../", full), intro_html: intro(full) }
}
