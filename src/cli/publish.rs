//! `publish`: the built site is brought to where the public finds it, and the hub is told.

use super::args::PublishArgs;
use super::build::{counts, data, listing};
use super::{Report, Session};
use crate::config::{Config, PublishTarget};
use crate::diag::{Code, Diagnostic, alone, has_errors};
use crate::disk::SiteDir;
use crate::publish::plan::{self, Extent};
use crate::publish::{self, Act, Done, Job};
use crate::workspace;
use serde_json::json;

/// Publishes the site.
pub(super) fn run(session: &Session, args: &PublishArgs) -> Report {
    match published(session, args) {
        Ok(report) => report,
        Err(diagnostics) => Report::refused(diagnostics, "没有发布完。"),
    }
}

fn published(session: &Session, args: &PublishArgs) -> Result<Report, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let configuration = workspace::configuration(&site);
    let Some(config) = configuration.value else { return Err(configuration.diagnostics) };
    if args.ping {
        return ping_all(&site, &config);
    }
    let target = chosen(&config, args.target.as_deref()).map_err(alone)?;
    let extent = if args.all { Extent::Everything } else { Extent::Changed };
    let act = if args.dry_run { Act::Rehearse } else { Act::Send };
    let key = config.site_key.as_ref();
    let Done { plan, noticed } = publish::run(&Job { site: &site, target, key, extent, act })?;
    let topics = plan::topics(&config.base_url, &plan.feeds);
    let hub = config.hub.as_deref().filter(|_| !args.no_ping && !topics.is_empty());
    let mut report = Report { data: data(&plan.summary), ..Report::default() };
    report.data["target"] = json!(target.name);
    let name = &target.name;
    let all = if args.all {
        format!("（重新送全部 {} 个）", plan.waves.iter().map(Vec::len).sum::<usize>())
    } else {
        String::new()
    };
    let done = format!("{}{all}", counts(&plan.summary));
    if act == Act::Rehearse {
        report.output = listing(&plan.summary);
        report.data["ping"] = json!(hub.map_or(&[][..], |_| topics.as_slice()));
        let told = hub.map(|_| format!("；会通知推送中心 {} 个订阅源", topics.len())).unwrap_or_default();
        report.conclusion = format!("试运行：{done}{told}；“{name}”未改动。");
        return Ok(report);
    }
    report.diagnostics = noticed;
    let told = hub.map_or_else(String::new, |hub| tell(hub, &topics, &mut report));
    report.conclusion = if has_errors(&report.diagnostics) {
        format!("已送到“{name}”：{done}{told}；但核对不通过。")
    } else {
        // Only from outside is seen what the web server makes of it.
        format!("已发布到“{name}”：{done}{told}。请核对公众看到的：jingshi verify {}", config.base_url.as_str())
    };
    Ok(report)
}

/// Tells the hub of every feed once more.
fn ping_all(site: &SiteDir, config: &Config) -> Result<Report, Vec<Diagnostic>> {
    let Some(hub) = &config.hub else {
        let error = Diagnostic::error(Code::Usage, "site.yaml 没有写推送中心（hub）").in_file(crate::config::FILE);
        return Err(vec![error.hint("没有推送中心就不用通知：订阅的人会自己来取")]);
    };
    let output = publish::verified(site, config.site_key.as_ref())?;
    let topics = plan::topics(&config.base_url, &plan::feeds(output.manifest()));
    let mut report = Report { data: json!({}), ..Report::default() };
    let told = tell(hub, &topics, &mut report);
    report.conclusion = format!("{}。", told.trim_start_matches('；'));
    Ok(report)
}

/// Tells the hub; what is to be said of it.
fn tell(hub: &str, topics: &[String], report: &mut Report) -> String {
    let failures = publish::ping(hub, topics);
    report.diagnostics.extend(publish::failed_pings(hub, &failures));
    let told = topics.len() - failures.len();
    report.data["ping"] = json!({ "told": told, "failed": failures.len() });
    format!("；已通知推送中心 {told} 个订阅源")
}

/// The target that was named, or the only one.
fn chosen<'a>(config: &'a Config, named: Option<&str>) -> Result<&'a PublishTarget, Box<Diagnostic>> {
    let targets = &config.targets;
    let found = match (named, targets.as_slice()) {
        (Some(named), _) => targets.iter().find(|target| target.name == named),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    found.ok_or_else(|| Box::new(unclear(targets, named)))
}

fn unclear(targets: &[PublishTarget], named: Option<&str>) -> Diagnostic {
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    if names.is_empty() {
        return Diagnostic::error(Code::Usage, "site.yaml 没有写发布目标（targets）")
            .in_file(crate::config::FILE)
            .hint("例如 targets: [{name: 官网, to: /var/www/fxjs}]；也可以自己把 public/ 里的全部内容复制过去");
    }
    let message = match named {
        Some(named) => format!("没有名为“{}”的发布目标", crate::text::printable(named)),
        None => "有几个发布目标，请写明送到哪一个".to_owned(),
    };
    Diagnostic::error(Code::Usage, message).hint(format!("可用的：{}", names.join("、")))
}
