//! Views of the services.

use super::{page, s, site, ways};
use crate::view::{LookupPageView, SubscribePageView};

fn intro(full: bool) -> String {
    s(if full { "<p>本站的说明。</p>\n<h2 id=\"b\">三步</h2>\n<ol><li>一</li><li>二</li></ol>" } else { "" })
}

pub fn lookup(full: bool) -> LookupPageView<'static> {
    LookupPageView {
        site: site(full),
        page: page("查我的产品", "../", full),
        intro_html: intro(full),
        shards: if full { 16 } else { 1 },
        search_href: s(if full { "search/index.html" } else { "" }),
        ways: if full { ways() } else { vec![] },
    }
}

pub fn subscribe(full: bool) -> SubscribePageView<'static> {
    SubscribePageView { site: site(full), page: page("如何订阅", "../", full), intro_html: intro(full) }
}
