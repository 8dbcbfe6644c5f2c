//! The page on how to subscribe.

use super::{PageView, SiteView};
use serde::Serialize;

/// `subscribe.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubscribePageView<'a> {
    /// The site.
    pub site: &'a SiteView,
    /// The page.
    pub page: PageView,
    /// The site's own text on it, HTML, or empty.
    pub intro_html: String,
}
