//! `site.yaml`: who publishes, where, under which marks, and who signs.
//!
//! In: the text of `site.yaml`. Out: a [`Config`] in which every value is valid, with all errors of the file in one run.

mod check;
mod read;
mod reuse;
mod targets;

pub use check::{CheckRules, Level, WrongWord};
pub use read::{FILE, read};
pub use targets::{Destination, PublishTarget};

use crate::moment::Day;
use crate::route::BaseUrl;
use crate::ssh::PublicKey;
use crate::vocabulary::Vocabularies;

/// The configuration of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The name of the site.
    pub title: String,
    /// One or two sentences on what it is.
    pub description: String,
    /// The public address.
    pub base_url: BaseUrl,
    /// What `tag:` URIs of the feeds begin with: a domain and a year, `example.gov.cn,2024`; never to be changed.
    pub tag: String,
    /// A line shown on top of every page (for a demonstration site: that all content is 示例); may be empty.
    pub banner: String,
    /// The publishing office.
    pub bureau: Bureau,
    /// The meta tags of 国办发〔2017〕47号.
    pub portal: Portal,
    /// The footer of 国办发〔2017〕47号.
    pub footer: Footer,
    /// Who signs.
    pub review: ReviewRules,
    /// The vocabularies, with the site's own terms.
    pub vocabularies: Vocabularies,
    /// Notices on a page of a list.
    pub page_size: usize,
    /// Items in a feed.
    pub feed_items: usize,
    /// The name of the theme.
    pub theme: String,
    /// What the check is to do otherwise than by default.
    pub check: CheckRules,
    /// The WebSub hub that hands new items on at once, if there is one.
    pub hub: Option<String>,
    /// Under what terms feeds and data may be used, if the site says so.
    pub license: Option<License>,
    /// How CAP alerts are sent, if they are.
    pub cap: Option<Cap>,
    /// Where `publish` brings the site, each name once.
    pub targets: Vec<PublishTarget>,
    /// The key whose signature the manifest of the site bears, if it has one.
    pub site_key: Option<PublicKey>,
}

/// Under what terms feeds and data may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// What it is called.
    pub name: String,
    /// Its full text, http or https; may be empty.
    pub url: String,
}

/// What alerts of the Common Alerting Protocol 1.2 say of their sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// `sender`: names it for ever.
    pub sender: String,
    /// `status`.
    pub status: CapStatus,
    /// `areaDesc`.
    pub area: String,
    /// The code of the area after GB/T 2260; may be empty.
    pub geocode: String,
    /// The first day whose events are sent; none: all of them.
    pub since: Option<Day>,
}

/// Whether alerts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapStatus {
    /// 正式.
    Actual,
    /// 演练.
    Exercise,
    /// 测试.
    Test,
}

impl CapStatus {
    const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Actual, "Actual", "正式"), (Self::Exercise, "Exercise", "演练"), (Self::Test, "Test", "测试")];

    /// The word of the protocol.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(status, ..)| *status == self).map_or("", |(_, name, _)| name)
    }

    fn parse(typed: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name, zh)| typed == *name || typed == *zh).map(|(status, ..)| *status)
    }
}

/// The publishing office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bureau {
    /// The full name; the 落款 of every notice.
    pub name: String,
    /// A telephone number, if it has one for the public.
    pub phone: String,
    /// An address, if it is to be shown.
    pub address: String,
}

/// The meta tags inspectors and aggregators read. An empty value is reported and its tag left out, never invented.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Portal {
    /// `SiteName`: the name of the government site of which this is a column.
    pub site_name: String,
    /// `SiteDomain`.
    pub site_domain: String,
    /// `SiteIDCode`: 10 characters.
    pub site_id_code: String,
    /// `ColumnName`.
    pub column_name: String,
    /// `ColumnDescription`.
    pub column_description: String,
    /// `ColumnKeywords`.
    pub column_keywords: String,
    /// `ColumnType`.
    pub column_type: String,
}

/// The footer. An empty value is reported and left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Footer {
    /// 主办单位.
    pub sponsor: String,
    /// 联系方式.
    pub contact: String,
    /// ICP备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// 党政机关网站标识: the address its badge leads to.
    pub government_mark_url: String,
    /// “我为政府网站找错”: the address its badge leads to.
    pub error_report_url: String,
}

/// The stages of review and who may sign at each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRules {
    /// The stages in order; at least one. The last one publishes.
    pub stages: Vec<String>,
    /// Stages as they were before: what was signed then stays judged by them. In order of time.
    pub earlier: Vec<EarlierStages>,
    /// Hours within which the missing stages of an urgent publication must sign.
    pub urgent_hours: u32,
    /// Who may sign; empty: anybody.
    pub reviewers: Vec<Reviewer>,
}

/// The stages that held up to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierStages {
    /// The last day on which they held.
    pub until: Day,
    /// The stages in order; at least one.
    pub stages: Vec<String>,
}

impl ReviewRules {
    /// The stages that hold on a day, in order; never empty.
    pub fn stages_on(&self, day: Day) -> &[String] {
        self.earlier.iter().find(|earlier| day <= earlier.until).map_or(&self.stages, |earlier| &earlier.stages)
    }

    /// The reviewer of a name.
    pub fn reviewer(&self, name: &str) -> Option<&Reviewer> {
        self.reviewers.iter().find(|reviewer| reviewer.name == name)
    }
}

/// A person who may sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// The name, as it stands in sign-offs.
    pub name: String,
    /// The stages at which this person may sign.
    pub stages: Vec<String>,
    /// Public keys; where there is one, every sign-off must be signed with one of them.
    pub keys: Vec<PublicKey>,
    /// The first day on which a signature is demanded, where the key was registered after the person had begun to sign.
    pub signed_from: Option<Day>,
    /// The last day on which this person may sign; earlier sign-offs stay valid.
    pub until: Option<Day>,
}
