//! A row of the table, and how it is run.

use crate::samples::notice;
use crate::site::Site;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output};

/// The draft of most cases.
pub const ID: &str = "2024-002";

/// What the manual promises, and what a build without optimisation is allowed.
const RELEASE: Limits = Limits { seconds: 2, megabytes: 300 };
const DEBUG: Limits = Limits { seconds: 40, megabytes: 700 };

struct Limits {
    seconds: u32,
    megabytes: u32,
}

/// Seconds of patience: a command that waits for ever uses no processor time.
const PATIENCE: &str = "120";

type Make = Box<dyn Fn(&Site)>;

/// How its site is made, which commands are run, and how each must end.
pub struct Case {
    name: &'static str,
    make: Make,
    steps: Vec<(&'static [&'static str], &'static str)>,
    is_heavy: bool,
}

/// A case without commands yet.
pub fn case(name: &'static str, make: impl Fn(&Site) + 'static) -> Case {
    Case { name, make: Box::new(make), steps: Vec::new(), is_heavy: false }
}

/// A draft of these bytes: what signing and checking it, and listing the drafts, must end with.
pub fn draft(name: &'static str, bytes: impl Fn() -> Vec<u8> + 'static, expected: &'static str) -> Case {
    let make = move |site: &Site| site.put(&format!("content/drafts/{ID}/index.md"), bytes());
    case(name, make).on_draft(expected)
}

/// A draft with this body.
pub fn body(name: &'static str, body: impl Fn() -> String + 'static, expected: &'static str) -> Case {
    draft(
        name,
        move || {
            format!("{}{}", notice(ID, "水晶泥").split_inclusive("---\n").take(2).collect::<String>(), body())
                .into_bytes()
        },
        expected,
    )
}

/// A draft with these lines at the end of its front matter.
pub fn front_matter(name: &'static str, lines: impl Fn() -> String + 'static, expected: &'static str) -> Case {
    draft(
        name,
        move || {
            notice(ID, "水晶泥").replacen("  - 收好\n---\n", &format!("  - 收好\n{}\n---\n", lines()), 1).into_bytes()
        },
        expected,
    )
}

/// A draft with a file beside it, and these lines in its front matter.
pub fn beside(
    name: &'static str,
    file: &'static str,
    bytes: impl Fn() -> Vec<u8> + 'static,
    lines: &'static str,
    expected: &'static str,
) -> Case {
    let text = notice(ID, "水晶泥").replacen("  - 收好\n---\n", &format!("  - 收好\n{lines}---\n"), 1);
    let make = move |site: &Site| {
        site.draft(ID, &text).put(&format!("content/drafts/{ID}/{file}"), bytes());
    };
    case(name, make).on_draft(expected)
}

impl Case {
    /// A command that must end so: the exit code, and codes that must be among its messages.
    pub fn run(mut self, command: &'static [&'static str], expected: &'static str) -> Self {
        self.steps.push((command, expected));
        self
    }

    /// Building, checking and listing, which must end so: one way for all, or one for each between `|`.
    pub fn on_site(mut self, expected: &'static str) -> Self {
        let mut each = expected.split('|');
        let mut last = "";
        for command in [&["build"][..], &["check"], &["list"]] {
            last = each.next().unwrap_or(last);
            self = self.run(command, last);
        }
        self
    }

    /// Checking and signing the draft, which must end so.
    pub fn on_draft(self, expected: &'static str) -> Self {
        let sign = &["review", "sign", "--stage", "初审", "--by", "初审员", ID];
        let (check, signed) = expected.split_once('|').unwrap_or((expected, expected));
        self.run(&["check", ID], check).run(sign, signed)
    }

    /// Only with optimisation: without, it would take too long.
    pub fn heavy(mut self) -> Self {
        self.is_heavy = true;
        self
    }

    fn attempt(&self, site: &Site, faults: &mut String) {
        // Signing checks, too: without optimisation, once is enough.
        let is_twice = |command: &[&str]| is_slow() && command == ["check", ID] && self.steps.len() == 2;
        for (command, expected) in self.steps.iter().filter(|(command, _)| !is_twice(command)) {
            let output = limited(site, command).output().unwrap();
            let found = self.judge(command, expected, &output);
            note(self.name, (command, site), &output);
            if let Some(fault) = found {
                let said: String = String::from_utf8_lossy(&output.stderr).chars().take(1500).collect();
                writeln!(faults, "{} › {}: {fault}\n{said}\n", self.name, command.join(" ")).unwrap();
            }
        }
    }

    /// What is wrong with a run; none where nothing is.
    fn judge(&self, command: &[&str], expected: &str, output: &Output) -> Option<String> {
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let Some(code) = output.status.code() else { return Some(format!("killed by {}", output.status)) };
        if said.contains("panicked at") || said.contains("overflowed its stack") {
            return Some("a panic".to_owned());
        }
        if let Some(raw) = said.chars().find(|sign| is_raw(*sign)) {
            return Some(format!("U+{:04X} on the terminal", u32::from(raw)));
        }
        // What a name says is no message of ours.
        if said.lines().any(|line| line.starts_with(FORGED)) {
            return Some("a name looks like a message".to_owned());
        }
        let mut wanted = expected.split(' ');
        let codes = codes(&said);
        let is_right = wanted.next() == Some(&code.to_string()) && wanted.all(|code| codes.contains(code));
        let is_told = code == 0 || !codes.is_empty() || command[0] == "list";
        let is_short = said.len() <= 1 << 20;
        match (is_right, is_told, is_short) {
            (true, true, true) => None,
            (true, true, false) => Some(format!("{} bytes of messages", said.len())),
            (true, false, _) => Some("no message".to_owned()),
            (false, ..) => Some(format!("“{expected}” was expected, not “{code} {}”", errors(&said).join(" "))),
        }
    }
}

/// What some names of files go on with behind a line break.
const FORGED: &str = "错误[usage]: 假";

/// What a terminal obeys, or a reader does not see.
fn is_raw(sign: char) -> bool {
    (sign.is_control() && !matches!(sign, '\n' | '\t'))
        || matches!(sign, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The codes of errors, each once.
fn errors(said: &str) -> Vec<&str> {
    let of_error = |line| str::strip_prefix(line, "错误[")?.split(']').next();
    said.lines().filter_map(of_error).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The codes in messages: `错误[code]`.
fn codes(said: &str) -> BTreeSet<&str> {
    let words = ["错误[", "提醒[", "说明["];
    said.lines().filter_map(|line| words.iter().find_map(|word| line.strip_prefix(word))?.split(']').next()).collect()
}

fn limited(site: &Site, command: &[&str]) -> Command {
    let Limits { seconds, megabytes } = if is_slow() { DEBUG } else { RELEASE };
    let own = site.command(command);
    let mut limited = Command::new("timeout");
    limited.args(["--signal=KILL", PATIENCE, "prlimit", "--core=0"]);
    // A second more than promised: the limit counts whole ones.
    if rustix::process::geteuid().is_root() {
        // Even then, what may not be read is not read.
        let rights = "-dac_override,-dac_read_search";
        limited.args(["setpriv", "--bounding-set", rights, "--inh-caps", rights, "prlimit"]);
    }
    limited.args([format!("--cpu={seconds}"), format!("--data={}", u64::from(megabytes) << 20)]);
    if std::env::var_os("HOSTILE_TABLE").is_some() {
        limited
            .args(["/usr/bin/time", "--quiet", "--format", "%U\t%S\t%M", "--output"])
            .arg(site.outside().join("time"));
    }
    limited
        .arg(std::env::var_os("HOSTILE_PROGRAM").unwrap_or_else(|| own.get_program().to_owned()))
        .args(own.get_args());
    limited.env_clear().envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
    limited.current_dir(own.get_current_dir().unwrap());
    limited
}

/// Whether the program was built without optimisation.
pub fn is_slow() -> bool {
    cfg!(debug_assertions) && std::env::var_os("HOSTILE_PROGRAM").is_none()
}

/// Adds a line to the table, if one is wanted.
fn note(name: &str, (command, site): (&[&str], &Site), output: &Output) {
    let Some(table) = std::env::var_os("HOSTILE_TABLE") else { return };
    let used = std::fs::read_to_string(site.outside().join("time")).unwrap_or_default();
    let code = output.status.code().map_or_else(|| output.status.to_string(), |code| code.to_string());
    let line = format!("{name}\t{}\t{code}\t{}\n", command[0], used.trim_end());
    let mut file = std::fs::File::options().create(true).append(true).open(table).unwrap();
    file.write_all(line.as_bytes()).unwrap();
}

/// Runs cases, and fails with all that is wrong with them.
#[track_caller]
pub fn run(cases: Vec<Case>) {
    let only = std::env::var("HOSTILE_ONLY").unwrap_or_default();
    let mut faults = String::new();
    for case in cases.iter().filter(|case| case.name.contains(&only) && !(case.is_heavy && is_slow())) {
        let site = Site::new();
        (case.make)(&site);
        case.attempt(&site, &mut faults);
    }
    assert!(faults.is_empty(), "\n{faults}");
}
