//! `build`: the whole way from the folder of a site to its public tree.

use super::args::BuildArgs;
use super::{Report, Session, keys};
use crate::artifact::{Edition, Key, PROGRAM, PublicPlan, Validity};
use crate::compose::{self, Options};
use crate::diag::{Code, Diagnostic, Outcome, alone};
use crate::disk::{SiteDir, Survey, write_failed};
use crate::output::{self, Published, Receipt, Seal, Summary, Target};
use crate::review::Ledger;
use crate::review::desk::Signer;
use crate::route::BaseUrl;
use crate::ssh::{PrivateKey, PublicKey};
use crate::workspace::{Known, Workspace};
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Builds the site.
pub(super) fn run(session: &Session, args: &BuildArgs) -> Report {
    match build(session, args) {
        Ok(report) => report,
        Err(diagnostics) => Report::refused(diagnostics, format!("{} 未改动。", output_name(args))),
    }
}

fn output_name(args: &BuildArgs) -> String {
    args.output.as_ref().map_or_else(|| "public/".to_owned(), |output| output.display().to_string())
}

/// What is asked for.
struct Job {
    site: SiteDir,
    output: PathBuf,
    base_url: Option<BaseUrl>,
    sealing: Sealing,
    /// Of what is asked for beside the content; none where the answer is never that of the build before.
    asked: Option<Key>,
}

fn build(session: &Session, args: &BuildArgs) -> Result<Report, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let base_url = args.base_url.as_deref().map(named_base_url).transpose().map_err(alone)?;
    use_jobs(args.jobs).map_err(alone)?;
    let sealing = Sealing::read(args, &site).map_err(alone)?;
    let output = args.output.clone().unwrap_or_else(|| site.join("public"));
    let asked = sealing.asked(base_url.as_ref(), &output_name(args)).filter(|_| !args.dry_run);
    let job = Job { site, output, base_url, sealing, asked };
    match job.asked.and_then(|asked| output::standing(&job.output, &job.site, asked, session.now)) {
        Some((published, noticed)) => Ok(Report { diagnostics: noticed, ..told(&published, args) }),
        None => make(session, args, &job),
    }
}

fn make(session: &Session, args: &BuildArgs, job: &Job) -> Result<Report, Vec<Diagnostic>> {
    let Job { site, output, sealing, .. } = job;
    // Taken before anything is read: a build that read less must not overwrite one that read more.
    let take = if args.dry_run { Target::inspect } else { Target::take };
    let target = own_place(site, output).and_then(|()| take(output));
    let _reading = site.lock_reading().map_err(alone)?;
    let began = SystemTime::now();
    let surveyed = site.survey();
    let known =
        target.as_ref().map(|target| remembered(target, args.dry_run)).unwrap_or_default().seen(surveyed.as_ref());
    let opened = Workspace::open_knowing(site, Edition::Public, known);
    let Outcome { value: workspace, diagnostics: mut noticed } = opened;
    let target = noted(target, &mut noticed);
    let Some((workspace, readings)) = workspace else { return Err(noticed) };
    noticed.extend(target.as_ref().and_then(|target| rewound(&workspace.ledger, target)));
    let seal = noted(sealing.seal(workspace.config.site_key.as_ref()), &mut noticed).flatten();
    let base_url = job.base_url.as_ref().unwrap_or(&workspace.config.base_url).clone();
    let options = Options { now: session.now, edition: Edition::Public, base_url };
    let (done, mut known) = workspace.compose(readings, &options, |Outcome { value: frame, diagnostics }| {
        let known = workspace.known(frame.site, &diagnostics);
        noticed.extend(diagnostics);
        let plan = compose::plan(frame, Edition::Public).drain_into(&mut noticed);
        let (plan, warnings) = PublicPlan::accept(Outcome::new(plan, noticed))?;
        let Some(target) = &target else { return Err(warnings) };
        match finish(&plan, (site, target, seal.as_ref()), args) {
            Ok(done) => {
                let done = done.after(warnings);
                job.keep_receipt(&done, surveyed.filter(|inputs| inputs.is_settled(began)), (&plan, target));
                Ok((done, known))
            }
            Err(errors) => Err([warnings, errors].concat()),
        }
    })?;
    if let (Some(target), false) = (&target, args.dry_run) {
        known.keep(&memory(target));
    }
    Ok(done.report)
}

/// Where what is known of notices is kept.
fn memory(target: &Target) -> PathBuf {
    target.workshop().join("known")
}

/// What is known of notices. A run that writes nothing puts nothing aside either.
fn remembered(target: &Target, dry_run: bool) -> Known {
    let known = Known::load(&memory(target));
    if dry_run { known } else { known.spooling(&target.workshop()) }
}

/// What went well; what did not is noticed.
fn noted<T>(result: Result<T, Box<Diagnostic>>, noticed: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|error| noticed.push(*error)).ok()
}

/// What came of it.
struct Done {
    report: Report,
    /// What was published, and how long it holds; none where it was only tried.
    published: Option<(Published, Validity)>,
}

impl Done {
    /// With what was noticed before.
    fn after(mut self, warnings: Vec<Diagnostic>) -> Self {
        self.report.diagnostics.splice(0..0, warnings);
        self
    }
}

impl Job {
    /// Keeps what a publication rested on, if its marks tell of every change since, and what was said of it; not while an
    /// urgent one waits for its sign-offs, of which is said something else when its time is over.
    fn keep_receipt(&self, done: &Done, inputs: Option<Survey>, (plan, target): (&PublicPlan<'_>, &Target)) {
        let noticed = &done.report.diagnostics;
        let published =
            done.published.as_ref().filter(|_| noticed.iter().all(|found| found.code != Code::ReviewUrgent));
        if let (Some((published, validity)), Some(inputs), Some(asked)) = (published, inputs, self.asked) {
            let receipt = Receipt { asked, validity: *validity, inputs, noticed: noticed.clone() };
            receipt.keep(target, (plan, published));
        }
    }
}

/// What signs the manifest, as the command line and the environment name it.
struct Sealing {
    key: Option<PrivateKey>,
    made: Option<String>,
}

impl Sealing {
    /// What is asked for beside the content of the site, digested, with the name of the output, which messages bear. None
    /// where a signature was handed in: it is of one manifest, and is to be looked at.
    fn asked(&self, base_url: Option<&BaseUrl>, output: &str) -> Option<Key> {
        let signer = self.key.as_ref().map(|key| key.public().fingerprint()).unwrap_or_default();
        let base_url = base_url.map_or("", BaseUrl::as_str);
        self.made.is_none().then(|| Key::of([PROGRAM, base_url, &signer, output]))
    }

    fn read(args: &BuildArgs, site: &SiteDir) -> Result<Self, Box<Diagnostic>> {
        let made = args.signature.as_deref().map(keys::signature).transpose()?;
        let key = if made.is_some() { None } else { keys::site_key(args.key.as_deref(), site)? };
        Ok(Self { key, made })
    }

    /// With the site's public key, if it has one.
    fn seal<'a>(&'a self, site_key: Option<&'a PublicKey>) -> Result<Option<Seal<'a>>, Box<Diagnostic>> {
        let signer = match (&self.key, &self.made) {
            (Some(key), _) => Signer::Key(key),
            (None, Some(made)) => Signer::Made(made),
            (None, None) => Signer::None,
        };
        match site_key {
            Some(key) => {
                let seal = Seal { key, signer };
                seal.check_key().map(|()| Some(seal))
            }
            None if matches!(signer, Signer::None) => Ok(None),
            None => Err(Box::new(
                Diagnostic::error(Code::Usage, "site.yaml 没有登记网站公钥，签了也没有人能核对")
                    .in_file(crate::config::FILE)
                    .hint("请把私钥对应的 .pub 文件里的一整行写进 site.yaml：site_key: \"ssh-ed25519 …\""),
            )),
        }
    }
}

/// What is written here would be taken for content or for a theme, even where the folder is still empty.
fn own_place(site: &SiteDir, output: &Path) -> Result<(), Box<Diagnostic>> {
    let folder = output::real_place(output).map_err(|error| write_failed(&output.display().to_string(), &error))?;
    let root = site.real_root()?;
    let refuse = |message: String| {
        Err(Box::new(Diagnostic::error(Code::OutputForeign, message).hint("请用 --output 另选一个空文件夹")))
    };
    if root.starts_with(&folder) {
        return refuse("输出文件夹不能是网站文件夹本身或它的上级".to_owned());
    }
    match site.folder_around(&folder, &["content", "themes"])? {
        Some(folder) => refuse(format!("输出文件夹不能放在 {folder}/ 里")),
        None => Ok(()),
    }
}

fn named_base_url(text: &str) -> Result<BaseUrl, Box<Diagnostic>> {
    BaseUrl::parse(text).ok_or_else(|| {
        Box::new(
            Diagnostic::error(Code::Usage, format!("--base-url 的网址“{text}”无法识别"))
                .hint("例如 https://www.example.gov.cn/fxjs/"),
        )
    })
}

fn use_jobs(jobs: Option<usize>) -> Result<(), Box<Diagnostic>> {
    let Some(jobs) = jobs else { return Ok(()) };
    let wrong = || Box::new(Diagnostic::error(Code::Usage, "--jobs 应当在 1 到 256 之间"));
    if !(1..=256).contains(&jobs) {
        return Err(wrong());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs);
    // One thread is this one: no second that works while the first waits.
    let pool = if jobs == 1 { pool.use_current_thread() } else { pool };
    pool.build_global().map_err(|_| wrong())
}

/// A ledger that is not the continuation of the one last published would take warnings away in silence.
pub(super) fn rewound(ledger: &Ledger, target: &Target) -> Option<Diagnostic> {
    let head = target.previous()?.ledger()?;
    (!ledger.continues(head)).then(|| {
        Diagnostic::error(Code::LedgerRewound, "台账接不上已经公开的网站：有已公开的记录不见了或不同了")
            .in_file(crate::review::ledger::FILE)
            .fact(format!(
                "已公开的网站依据台账前 {} 行（{}…），现在的台账有 {} 行",
                head.seq,
                head.hash.short(),
                ledger.rows().len()
            ))
            .hint("请从备份或版本库恢复 content/；如果这是另一个网站，请用 --output 另选文件夹")
    })
}

fn finish(
    plan: &PublicPlan<'_>,
    (site, target, seal): (&SiteDir, &Target, Option<&Seal<'_>>),
    args: &BuildArgs,
) -> Result<Done, Vec<Diagnostic>> {
    let name = output_name(args);
    if args.dry_run {
        let summary = output::rehearse(plan, site, target)?;
        let conclusion = format!("试运行：{}；{name} 未改动。", counts(&summary));
        let report = Report { output: listing(&summary), data: data(&summary), conclusion, ..Report::default() };
        return Ok(Done { report, published: None });
    }
    let published = output::publish(plan, site, target, seal)?;
    let diagnostics = seal.filter(|_| !published.is_signed).map(|_| unsigned(&name)).into_iter().collect();
    let report = Report { diagnostics, ..told(&published, args) };
    Ok(Done { report, published: Some((published, plan.basis().validity)) })
}

/// What is told of a publication.
fn told(Published { summary, .. }: &Published, args: &BuildArgs) -> Report {
    let conclusion = format!("已生成 {}：{}。", output_name(args), counts(summary));
    Report { data: data(summary), conclusion, ..Report::default() }
}

/// A site that has a key, and a manifest without its signature.
fn unsigned(name: &str) -> Diagnostic {
    let manifest = format!("{}/{}", name.trim_end_matches('/'), output::MANIFEST);
    Diagnostic::warning(Code::ManifestUnsigned, "清单还没有签名：别人没法核对公开的网站是不是您发布的")
        .hint(format!("请签名：ssh-keygen -Y sign -n {} -f 私钥 {manifest}", output::NAMESPACE))
        .hint("或者生成时签：jingshi build --key 私钥")
}

pub(super) fn counts(summary: &Summary) -> String {
    let Summary { added, changed, removed, unchanged } = summary;
    format!("新增 {} 个文件，改变 {}，去掉 {}，不变 {unchanged}", added.len(), changed.len(), removed.len())
}

pub(super) fn listing(summary: &Summary) -> String {
    let mut listing = String::new();
    for (mark, paths) in [("+", &summary.added), ("~", &summary.changed), ("-", &summary.removed)] {
        for path in paths {
            // Writing to a String cannot fail.
            let _ = writeln!(listing, "{mark} {path}");
        }
    }
    listing
}

pub(super) fn data(summary: &Summary) -> serde_json::Value {
    json!({ "added": summary.added, "changed": summary.changed, "removed": summary.removed, "unchanged": summary.unchanged })
}
