//! Runs the rules, and settles what they find: `site.yaml` says how grave it is, the notice's exceptions what may stay.

use super::rule::{Check, Findings, Found, Rule, Scope, Subject, Survey};
use super::{RULES, find};
use crate::config::{CheckRules, FILE, Level};
use crate::diag::{Code, Diagnostic, Severity};
use crate::notice::Exception;
use crate::text;
use std::collections::BTreeSet;

/// What a check comes to.
#[derive(Debug, Default)]
pub struct Verdict {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that an exception lets stand.
    pub excused: Vec<Excused>,
}

impl Verdict {
    /// Adds what another check came to.
    pub fn extend(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.excused.extend(other.excused);
    }
}

/// A finding that may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excused {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it may stand, in the words of the notice.
    pub reason: String,
}

/// Errors for rules in `site.yaml` that do not exist.
pub fn settings(rules: &CheckRules) -> Vec<Diagnostic> {
    let unknown = rules.levels.iter().filter(|(rule, _)| find(&rule.value).is_none());
    let error = |code: &str| Diagnostic::error(Code::ConfigValue, format!("没有“{}”这条规则", text::printable(code)));
    unknown.map(|(rule, _)| near(error(&rule.value).at(FILE, rule.at), &rule.value)).collect()
}

fn near(diagnostic: Diagnostic, typed: &str) -> Diagnostic {
    match text::suggest(typed, RULES.iter().map(|rule| rule.code)) {
        Some(near) => diagnostic.hint(format!("您是不是想写“{near}”？")),
        None => diagnostic.hint("用 jingshi explain 查看全部规则"),
    }
}

/// Checks one notice.
pub fn notice(subject: &Subject<'_>, scope: &Scope<'_>) -> Verdict {
    let mut found = Vec::new();
    for (rule, severity) in in_force(scope) {
        let mut findings = Findings::new(rule, severity);
        match rule.check {
            Check::Passage(look) => {
                subject.study.passages.iter().for_each(|passage| look(passage, scope, &mut findings));
            }
            Check::Notice(look) => look(subject, scope, &mut findings),
            Check::Site(_) => continue,
        }
        found.extend(findings.into_found());
    }
    let exceptions = subject.manuscript().map_or(&[][..], |manuscript| &manuscript.notice.exceptions);
    let mut used = BTreeSet::new();
    let mut verdict = settle(found, |_| exceptions, &mut used);
    for (index, exception) in exceptions.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
        verdict.diagnostics.extend(
            unused(exception, scope)
                .map(|diagnostic| diagnostic.at(subject.study.file.as_str(), exceptions[index].rule.at)),
        );
    }
    verdict
}

/// Checks the site as a whole.
pub fn site(survey: &Survey<'_>, scope: &Scope<'_>) -> Verdict {
    let mut found = Vec::new();
    for (rule, severity) in in_force(scope) {
        if let Check::Site(look) = rule.check {
            let mut findings = Findings::new(rule, severity);
            look(survey, scope, &mut findings);
            found.extend(findings.into_found());
        }
    }
    let exceptions = |file: &str| {
        let owner = survey.manuscripts.iter().find(|manuscript| manuscript.index_path() == file);
        owner.map_or(&[][..], |manuscript| &manuscript.notice.exceptions)
    };
    settle(found, exceptions, &mut BTreeSet::new())
}

/// The rules that are not switched off, and how grave their findings are.
fn in_force(scope: &Scope<'_>) -> impl Iterator<Item = (&'static Rule, Severity)> {
    let levels = &scope.config.check.levels;
    RULES.iter().filter_map(|rule| {
        let named = levels.iter().rev().find(|(code, _)| code.value == rule.code);
        match named.map_or(Level::On(rule.severity), |(_, level)| *level) {
            Level::Off => None,
            Level::On(severity) => Some((*rule, severity)),
        }
    })
}

fn settle<'a>(found: Vec<Found>, exceptions: impl Fn(&str) -> &'a [Exception], used: &mut BTreeSet<usize>) -> Verdict {
    let mut verdict = Verdict::default();
    for Found { diagnostic, context } in found {
        let file = diagnostic.place.as_ref().map_or("", |place| place.file.as_str());
        let applies = |exception: &Exception| {
            exception.rule.value == diagnostic.code.id() && context.contains(exception.text.as_str())
        };
        let excuse = exceptions(file).iter().enumerate().find(|(_, exception)| applies(exception));
        match excuse {
            Some((index, exception)) => {
                used.insert(index);
                verdict.excused.push(Excused { finding: diagnostic, reason: exception.reason.clone() });
            }
            None => verdict.diagnostics.push(diagnostic),
        }
    }
    verdict
}

/// An exception that excused nothing is a trap for the next one who edits the text.
fn unused(exception: &Exception, scope: &Scope<'_>) -> Option<Diagnostic> {
    let code = &exception.rule.value;
    match find(code).map(|rule| rule.check) {
        None => {
            let error = Diagnostic::error(Code::ExceptionUnused, format!("没有“{}”这条规则", text::printable(code)));
            Some(near(error, code))
        }
        // Whether it is needed shows only where all of the site is read.
        Some(Check::Site(_)) => None,
        Some(_) if !in_force(scope).any(|(rule, _)| rule.code == code) => None,
        Some(_) => Some(
            Diagnostic::warning(Code::ExceptionUnused, "这条例外没有用上：这里没有它所说的问题")
                .fact(format!("规则 {code}，原文“{}”", text::printable(&exception.text)))
                .hint("原文改过的，请照改后的文字抄写；已经不需要的，请删去"),
        ),
    }
}
