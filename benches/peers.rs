//! `build`, without what no other generator makes: pages of notices with their pictures, lists, feeds, the sitemap and the
//! files of the theme. So it can be set beside Hugo and Zola; `benches/run --only peers` does that.
//!
//! Usage: `cargo bench --bench peers -- SITE OUTPUT NOW`. What `build` does before and after is done, too: every file is
//! looked at and every notice read, every sign-off checked, the tree written aside, listed in a manifest, forced to the disk
//! and exchanged, and what saves the next build work is kept.

use jingshi::artifact::{Artifact, Basis, Edition, Key, Plan, PublicPlan};
use jingshi::compose::Options;
use jingshi::diag::{Diagnostic, Outcome, alone};
use jingshi::disk::SiteDir;
use jingshi::moment::Moment;
use jingshi::output::{self, Receipt, Target};
use jingshi::pages::Frame;
use jingshi::workspace::{Known, Workspace};
use jingshi::{feed, pages};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [site, output, now] = words.as_slice() else {
        eprintln!("nothing to measure: SITE OUTPUT NOW");
        return Ok(());
    };
    let now = Moment::parse(now).ok_or("no moment")?;
    let published = build(Path::new(site), Path::new(output), now);
    let files = published.map_err(|found| format!("{found:?}"))?;
    println!("{files} files");
    Ok(())
}

/// Builds the site; how many files it has.
fn build(site: &Path, output: &Path, now: Moment) -> Result<usize, Vec<Diagnostic>> {
    let site = SiteDir::find(Some(site)).map_err(alone)?;
    let target = Target::take(output).map_err(alone)?;
    let _reading = site.lock_reading().map_err(alone)?;
    let surveyed = site.survey();
    let known = Known::default().spooling(&target.workshop());
    let Outcome { value: workspace, diagnostics: noticed } = Workspace::open_knowing(&site, Edition::Public, known);
    let Some((workspace, readings)) = workspace else { return Err(noticed) };
    let base_url = workspace.config.base_url.clone();
    let options = Options { now, edition: Edition::Public, base_url };
    workspace.compose(readings, &options, |Outcome { value: frame, diagnostics }| {
        let mut known = workspace.known(frame.site, &diagnostics);
        let (plan, _) = PublicPlan::accept(Outcome::new(plan(frame), [noticed, diagnostics].concat()))?;
        let published = output::publish(&plan, &site, &target, None)?;
        known.keep(&target.workshop().join("known"));
        if let Some(inputs) = surveyed {
            let asked = Key::of(["what peers make"]);
            Receipt { asked, validity: plan.basis().validity, inputs, noticed: Vec::new() }
                .keep(&target, (&plan, &published));
        }
        Ok(published.summary.added.len())
    })
}

fn plan<'a>(frame: &'a Frame<'a>) -> Plan<'a> {
    let artifacts = pages::artifacts(frame).into_iter().flatten().chain(feed::artifacts(frame));
    let shared: Vec<Artifact<'a>> = artifacts.filter(|artifact| is_shared(artifact.path.as_str())).collect();
    let basis = Basis { ledger: frame.site.ledger.head(), validity: frame.site.validity };
    Plan::new(Edition::Public, basis, shared).value
}

/// Whether other generators make such a file, too.
fn is_shared(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let name = parts.last().copied().unwrap_or_default();
    match parts[..] {
        // A version of old lies one folder deeper; JSON is this program's own.
        ["n", _, name] => !name.ends_with(".json"),
        ["n", ..] | ["archive" | "search" | "lookup" | "statistics" | "subscribe" | "ledger" | "data", ..] => false,
        _ if parts.contains(&"archive") => false,
        _ => {
            name.ends_with(".html")
                || matches!(name, "feed.xml" | "atom.xml" | "feed.json")
                || path.starts_with("sitemap")
                || matches!(parts[..], ["robots.txt"] | ["assets", _])
        }
    }
}
