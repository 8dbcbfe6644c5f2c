//! The command line: words in, messages and an exit code out. The only module that prints.

mod args;
mod build;
mod check;
mod draft;
mod explain;
mod import;
mod init;
mod keys;
mod list;
mod monthly;
mod new;
mod publish;
mod report;
mod review;
mod revise;
mod schema;
mod select;
mod usage;
mod verify;

use crate::diag::{Code, Diagnostic};
use crate::disk::SiteDir;
use crate::lint::Excused;
use crate::moment::Moment;
use args::{Args, Command, ReviewCommand};
use clap::Parser;
use report::Sources;
use std::process::ExitCode;

/// What a command leaves to be said.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// What the check found and an exception lets stand.
    pub excused: Vec<Excused>,
    /// Results, for the standard output: paths, statements, listings.
    pub output: String,
    /// The same for `--format json`.
    pub data: serde_json::Value,
    /// The last line: what was done.
    pub conclusion: String,
}

impl Report {
    /// A report of errors and what follows from them.
    fn refused(diagnostics: Vec<Diagnostic>, conclusion: impl Into<String>) -> Self {
        Self { diagnostics, conclusion: conclusion.into(), ..Self::default() }
    }
}

/// What every command knows.
pub(crate) struct Session {
    named_site: Option<std::path::PathBuf>,
    /// The clock.
    pub now: Moment,
    /// Whether the clock was given and stands still.
    pub fixed: bool,
}

impl Session {
    fn site(&self) -> Result<SiteDir, Box<Diagnostic>> {
        SiteDir::find(self.named_site.as_deref())
    }

    /// The site that was named or that we are in; none where we are in none.
    fn site_if_any(&self) -> Result<Option<SiteDir>, Box<Diagnostic>> {
        match self.site() {
            Err(error) if self.named_site.is_none() && error.code == Code::SiteMissing => Ok(None),
            found => found.map(Some),
        }
    }
}

/// Runs the program.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return report::finish(usage::explain(&error), usage::format(), &Sources::default()),
    };
    let format = args.format;
    let now = match clock(args.now.as_deref()) {
        Ok(now) => now,
        Err(error) => return report::finish(Report::refused(vec![*error], ""), format, &Sources::default()),
    };
    let fixed = args.now.is_some() || std::env::var_os("SOURCE_DATE_EPOCH").is_some();
    let session = Session { named_site: args.site, now, fixed };
    let sources = Sources { site: session.site().ok() };
    let report = match args.command {
        Command::Init(args) => init::run(&args),
        Command::New(args) => new::run(&session, &args),
        Command::Import(args) => import::run(&session, &args),
        Command::List(args) => list::run(&session, &args),
        Command::Check(args) => check::run(&session, &args),
        Command::Explain(args) => explain::run(&args),
        Command::Review(ReviewCommand::Status(args)) => review::status(&session, &args),
        Command::Review(ReviewCommand::Sign(args)) => review::sign(&session, &args),
        Command::Review(ReviewCommand::Statement(args)) => review::statement(&session, &args),
        Command::Review(ReviewCommand::Verify(args)) => review::verify(&session, &args),
        Command::Revise(args) => revise::correct(&session, &args),
        Command::Withdraw(args) => revise::withdraw(&session, &args),
        Command::Build(args) => build::run(&session, &args),
        Command::Publish(args) => publish::run(&session, &args),
        Command::Verify(args) => verify::run(&session, &args),
        Command::Serve(args) => return serve(&session, &args, format, &sources),
        Command::Report(args) => monthly::run(&session, &args),
        Command::Schema(args) => schema::run(&session, &args),
        Command::Completions(args) => args::completions(args.shell),
    };
    report::finish(report, format, &sources)
}

fn serve(session: &Session, args: &args::ServeArgs, format: args::Format, sources: &Sources) -> ExitCode {
    let site = match session.site() {
        Ok(site) => site,
        Err(error) => return report::finish(Report::refused(vec![*error], ""), format, sources),
    };
    let options =
        crate::serve::Options { port: args.port, public: args.public, clock: session.fixed.then_some(session.now) };
    let announce = |diagnostics: &[Diagnostic], conclusion: &str| report::announce(diagnostics, conclusion, sources);
    match crate::serve::run(site, options, &announce) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report::finish(Report::refused(vec![*error], ""), format, sources),
    }
}

/// `--now`, else `SOURCE_DATE_EPOCH`, else the system's clock.
fn clock(named: Option<&str>) -> Result<Moment, Box<Diagnostic>> {
    let wrong = |what: &str, example: &str| {
        Box::new(Diagnostic::error(Code::Usage, format!("{what}无法识别")).hint(format!("例如 {example}")))
    };
    if let Some(text) = named {
        return Moment::parse(text).ok_or_else(|| wrong("--now 的时间", "2024-04-22T09:00:00+08:00"));
    }
    if let Some(text) = std::env::var_os("SOURCE_DATE_EPOCH") {
        let seconds = text.to_str().and_then(|text| text.parse().ok());
        return seconds.and_then(Moment::from_unix).ok_or_else(|| wrong("环境变量 SOURCE_DATE_EPOCH", "1713747600"));
    }
    let now = chrono::Utc::now().timestamp();
    Moment::from_unix(now)
        .ok_or_else(|| Box::new(Diagnostic::error(Code::Usage, "电脑的时间不对").hint("请校准日期和时间")))
}
