//! Tells a WebSub hub that feeds have changed, so that it hands them on at once.
//!
//! It is told by the system's `curl`, which knows the certificates and the proxy of the machine. A hub that does not
//! answer keeps nothing back: readers find what is new by themselves, later.

use crate::diag::{Code, Diagnostic};
use crate::text::printable;
use std::io;
use std::process::{Command, Stdio};

/// Why the hub was not told of a feed.
pub struct Failure {
    topic: String,
    why: String,
}

/// Whether it makes sense to try with the next one.
enum Answer {
    Taken,
    Refused(String),
    None(String),
}

/// Tells the hub of each feed; those it was not told of.
pub fn ping(hub: &str, topics: &[String]) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut silent: Option<String> = None;
    for topic in topics {
        let answer = match &silent {
            // It would only be waited for again.
            Some(why) => Answer::None(why.clone()),
            None => tell(hub, topic),
        };
        match answer {
            Answer::Taken => {}
            Answer::Refused(why) => failures.push(Failure { topic: topic.clone(), why }),
            Answer::None(why) => {
                silent = Some(why.clone());
                failures.push(Failure { topic: topic.clone(), why });
            }
        }
    }
    failures
}

/// The warning for what the hub was not told of.
pub fn failed_pings(hub: &str, failures: &[Failure]) -> Option<Diagnostic> {
    let first = failures.first()?;
    let message = format!("有 {} 个订阅源的更新没有通知到推送中心（hub）", failures.len());
    Some(
        Diagnostic::warning(Code::PingFailed, message)
            .fact(format!("{}：{}", printable(hub), printable(&first.why)))
            .fact(format!("例如 {}", first.topic))
            .hint("网站已经发布，订阅的人会晚一点看到；推送中心恢复后运行 jingshi publish --ping 再通知一次"),
    )
}

fn tell(hub: &str, topic: &str) -> Answer {
    let nowhere = if cfg!(windows) { "NUL" } else { "/dev/null" };
    let mut command = Command::new("curl");
    // `--disable` comes first: nobody's settings change what is sent.
    command.args(["--disable", "--silent", "--show-error", "--globoff", "--proto", "=http,https"]);
    command.args(["--connect-timeout", "5", "--max-time", "10", "--output", nowhere, "--write-out", "%{http_code}"]);
    command.args(["--data-urlencode", "hub.mode=publish", "--data-urlencode", &format!("hub.url={topic}")]);
    command.args(["--url", hub]).stdin(Stdio::null());
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Answer::None("这台电脑上没有 curl 命令，请安装".to_owned());
        }
        Err(error) => return Answer::None(error.to_string()),
    };
    let status = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match (output.status.success(), status.starts_with('2')) {
        (true, true) => Answer::Taken,
        (true, false) => Answer::Refused(format!("推送中心回答 {status}")),
        (false, _) => Answer::None(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}
