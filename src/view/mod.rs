//! What templates see: one serialisable struct per template, and the parts they share.
//!
//! Every field is always present (an empty one is `null`, `""` or `[]`), so a template that names anything else is
//! wrong and fails the build. Addresses in `href` and `src` are relative to the root of the site and percent-encoded;
//! a template writes `{{ page.root }}{{ entry.href }}`. Only `*_html` fields hold HTML; they are marked `safe` in templates.

mod data;
mod home;
mod list;
mod lookup;
mod notice;
mod parts;
mod plain;
mod search;
mod site;
mod statistics;
mod subscribe;

pub use data::{DataColumnView, DataFileView, DataPageView, LicenseView};
pub use home::HomeView;
pub use list::{ListPageView, ListView};
pub use lookup::LookupPageView;
pub use notice::{
    AttachmentView, ChangeView, FeedItemView, NoticePageView, NoticeView, OriginView, SamplingView, SignOffView,
    VersionView,
};
pub use parts::{
    CountedLink, DayView, EntryView, FactView, ImageView, LevelView, LinkView, MarkView, QrView, TableView, TermView,
    TimeView, WayView,
};
pub use plain::{LedgerPageView, LedgerRowView, LedgerView, MapPageView, NotFoundView, ProsePageView};
pub use search::{FilterView, OptionView, SearchPageView};
pub use site::{BureauView, FooterView, MetaView, PageView, SiteView};
pub use statistics::{DownloadView, FigureTableView, FigureView, PanelView, StatisticsPageView};
pub use subscribe::{FeedFormView, FeedGroupView, FeedView, SubscribePageView};
