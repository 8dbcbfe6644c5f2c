//! Finds names that no view has, before anything is rendered.
//!
//! The engine refuses `{{ notice.titel }}` when the page is rendered, but takes `{% if notice.titel %}` for false: a
//! section would silently be missing on every page. So every name in every tag is resolved here against [`fields`]:
//! through loops and `set` where the value is a plain path; an argument of a component may be any view, so its fields
//! need only exist somewhere.

use super::fields::{FIELDS, ROOTS};
use super::tokens::{Token, tags, tokens};
use crate::diag::{Code, Diagnostic, Position};
use crate::text::suggest;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A name that leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Where in the template.
    pub(super) offset: usize,
    message: String,
    hint: Option<String>,
}

impl Finding {
    /// The finding as people read it.
    pub(super) fn diagnostic(&self, position: Position, file: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error(Code::ThemeTemplate, self.message.clone()).at(file, position);
        match &self.hint {
            Some(hint) => diagnostic.hint(hint.clone()),
            None => diagnostic.hint("模板能用的字段见 src/view/ 和主题说明"),
        }
    }
}

/// What a variable stands for: a path of [`FIELDS`], or something of unknown shape.
type Meaning = Option<String>;

/// The paths of all views, and the names of all fields.
static PATHS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| FIELDS.lines().collect());
static NAMES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| FIELDS.lines().flat_map(|path| path.split('.')).map(|name| name.trim_end_matches("[]")).collect());

/// What a template can rely on beside the views.
pub(super) struct Surroundings<'a> {
    /// All templates: an included one sees the variables of the one that includes it.
    pub(super) sources: &'a BTreeMap<String, String>,
    /// Whether a static file is published under a name.
    pub(super) is_asset: &'a dyn Fn(&str) -> bool,
}

impl Surroundings<'_> {
    /// Names that other templates bind and this one may see: a page sees what its base sets, a part what any page does.
    fn bound_elsewhere(&self, template: &str) -> BTreeSet<&str> {
        let is_page = |name: &str| ROOTS.iter().any(|(page, _)| *page == name);
        let visible = self.sources.iter().filter(|(other, _)| *other != template);
        let visible = visible.filter(|(other, _)| !is_page(template) || !is_page(other));
        visible
            .flat_map(|(_, text)| tags(text))
            .flat_map(|(offset, inside)| bound_names(&tokens(inside, offset)))
            .collect()
    }
}

/// The names that `for` and `set` bind in a tag.
fn bound_names<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
    let mut words = tokens.iter().filter_map(Token::word);
    match words.next() {
        Some("for") => words.take_while(|word| *word != "in").collect(),
        Some("set" | "set_global") => words.take(1).collect(),
        _ => Vec::new(),
    }
}

/// Checks one template.
pub(super) fn check(template: &str, text: &str, surroundings: &Surroundings<'_>) -> Vec<Finding> {
    let own = ROOTS.iter().find(|(name, _)| *name == template).map(|(_, roots)| *roots);
    let all: Vec<&str> = ROOTS.iter().flat_map(|(_, roots)| roots.iter().copied()).collect();
    let roots = own.map_or(all, <[&str]>::to_vec);
    let mut outermost: BTreeMap<String, Meaning> =
        surroundings.bound_elsewhere(template).into_iter().map(|name| (name.to_owned(), None)).collect();
    outermost.extend(roots.iter().map(|root| ((*root).to_owned(), Some((*root).to_owned()))));
    let is_asset = surroundings.is_asset;
    let mut checker = Checker { is_asset, scopes: vec![outermost], hidden: Vec::new(), findings: Vec::new() };
    for (offset, inside) in tags(text) {
        checker.tag(&tokens(inside, offset));
    }
    checker.findings
}

struct Checker<'a> {
    is_asset: &'a dyn Fn(&str) -> bool,
    /// Variables, the innermost last.
    scopes: Vec<BTreeMap<String, Meaning>>,
    /// Scopes that a component does not see.
    hidden: Vec<Vec<BTreeMap<String, Meaning>>>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn tag(&mut self, tokens: &[Token<'_>]) {
        let tokens = match tokens {
            [Token::Sign('-'), rest @ ..] => rest,
            all => all,
        };
        match tokens {
            [Token::Word("for", _), rest @ ..] => self.open_loop(rest),
            [Token::Word("endfor", _), ..] => drop(self.scopes.pop()),
            [Token::Word("set" | "set_global", _), Token::Word(name, _), rest @ ..] => self.set(name, rest),
            [Token::Word("component", _), rest @ ..] => self.open_component(rest),
            [Token::Word("endcomponent", _), ..] => self.scopes = self.hidden.pop().unwrap_or_default(),
            [Token::Word("if" | "elif", _), rest @ ..] => drop(self.expression(rest)),
            [Token::Word("filter", _), rest @ ..] => drop(self.expression(rest.get(1..).unwrap_or_default())),
            [Token::Word(word, _), ..] if STATEMENTS.contains(word) => {}
            all => drop(self.expression(all)),
        }
    }

    fn open_loop(&mut self, tokens: &[Token<'_>]) {
        let split = tokens.iter().position(|token| matches!(token, Token::Word("in", _))).unwrap_or(tokens.len());
        let (names, list) = tokens.split_at(split);
        let element = self.expression(list.get(1..).unwrap_or_default()).map(|path| format!("{path}[]"));
        let element = element.filter(|path| PATHS.contains(path.as_str()));
        let names: Vec<&str> = names.iter().filter_map(Token::word).collect();
        let mut scope: BTreeMap<String, Meaning> = names.iter().map(|name| ((*name).to_owned(), None)).collect();
        if let [name] = names.as_slice() {
            scope.insert((*name).to_owned(), element);
        }
        scope.insert("loop".to_owned(), None);
        self.scopes.push(scope);
    }

    fn set(&mut self, name: &str, tokens: &[Token<'_>]) {
        let meaning = match tokens {
            [Token::Sign('='), rest @ ..] => self.expression(rest),
            _ => None,
        };
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), meaning);
        }
    }

    /// `entry(entry, heading: integer = 2, @page)`: an argument after `(` or `,`; `@` takes what the caller's page has.
    fn open_component(&mut self, tokens: &[Token<'_>]) {
        let mut scope = BTreeMap::from([("body".to_owned(), None)]);
        for pair in tokens.windows(2) {
            match pair {
                [Token::Sign('@'), Token::Word(name, _)] => {
                    let meaning = PATHS.contains(name).then(|| (*name).to_owned());
                    scope.insert((*name).to_owned(), meaning);
                }
                [Token::Sign('(' | ',' | '.'), Token::Word(name, _)] => drop(scope.insert((*name).to_owned(), None)),
                _ => {}
            }
        }
        let outside = std::mem::replace(&mut self.scopes, vec![scope]);
        self.hidden.push(outside);
    }

    /// Checks every name of an expression; where the whole is one path (perhaps filtered), says which.
    fn expression(&mut self, tokens: &[Token<'_>]) -> Meaning {
        let local = comprehension_names(tokens);
        let mut first = None;
        let mut index = 0;
        let mut single = true;
        while let Some(token) = tokens.get(index) {
            let before = index.checked_sub(1).and_then(|index| tokens.get(index));
            let Token::Word(word, offset) = *token else {
                single &= !matches!(token, Token::Text(..) | Token::Sign('<' | '~' | '+' | '*' | '/'));
                index += 1;
                continue;
            };
            if is_variable(word, before, tokens.get(index + 1), tokens.get(index + 2)) && !local.contains(&word) {
                let (meaning, next) = self.path(tokens, index, (word, offset));
                single &= first.is_none();
                first = first.or(Some(meaning));
                index = next;
            } else {
                index += 1;
            }
        }
        first.flatten().filter(|_| single)
    }

    /// Follows a path from its root; returns what it means and the index of the token after it.
    fn path(&mut self, tokens: &[Token<'_>], index: usize, root: (&str, usize)) -> (Meaning, usize) {
        let (root, offset) = root;
        let known = self.scopes.iter().rev().find_map(|scope| scope.get(root).cloned());
        let Some(mut meaning) = known else {
            // `x is defined` asks whether there is such a variable.
            if !matches!(tokens.get(index + 1), Some(Token::Word("is", _))) {
                self.unknown_variable(root, offset);
            }
            return (None, skip_path(tokens, index + 1));
        };
        let is_loop = root == "loop";
        let mut shown = root.to_owned();
        let mut at = index + 1;
        loop {
            match tokens.get(at..).unwrap_or_default() {
                [Token::Sign('.'), Token::Word(name, offset), ..]
                | [Token::Sign('?'), Token::Sign('.'), Token::Word(name, offset), ..] => {
                    at += if matches!(tokens.get(at), Some(Token::Sign('?'))) { 3 } else { 2 };
                    if is_loop {
                        continue;
                    }
                    meaning = match self.field(meaning, name, (&shown, *offset)) {
                        Ok(meaning) => meaning,
                        Err(()) => return (None, skip_path(tokens, at)),
                    };
                    shown = format!("{shown}.{name}");
                }
                [Token::Sign('['), Token::Text(name, offset), Token::Sign(']'), ..] => {
                    self.asset(meaning.as_deref(), name, *offset);
                    meaning = None;
                    at += 3;
                }
                [Token::Sign('['), rest @ ..] => {
                    let length = rest.iter().position(|token| *token == Token::Sign(']')).unwrap_or(rest.len());
                    self.expression(rest.get(..length).unwrap_or_default());
                    meaning = meaning.map(|path| format!("{path}[]")).filter(|path| PATHS.contains(path.as_str()));
                    at += length + 2;
                }
                _ => return (meaning, at),
            }
        }
    }

    fn field(&mut self, parent: Meaning, name: &str, shown: (&str, usize)) -> Result<Meaning, ()> {
        let (shown, offset) = shown;
        let path = parent.as_ref().map(|parent| format!("{parent}.{name}"));
        let known = match &path {
            Some(path) => PATHS.contains(path.as_str()),
            None => NAMES.contains(name),
        };
        if known {
            return Ok(path);
        }
        let candidates: Vec<&str> = match &parent {
            Some(parent) => children(parent).collect(),
            None => NAMES.iter().copied().collect(),
        };
        self.findings.push(Finding {
            offset,
            message: format!("模板里的“{shown}.{name}”没有这个字段"),
            hint: suggest(name, candidates).map(|meant| format!("是不是“{shown}.{meant}”？")),
        });
        Err(())
    }

    fn asset(&mut self, parent: Option<&str>, name: &str, offset: usize) {
        if parent == Some("site.assets") && !(self.is_asset)(name) {
            self.findings.push(Finding {
                offset,
                message: format!("主题的 static 文件夹里没有“{name}”"),
                hint: Some("把文件放进 static/，或改正模板里的文件名".to_owned()),
            });
        }
    }

    fn unknown_variable(&mut self, name: &str, offset: usize) {
        let known: BTreeSet<&str> = self.scopes.iter().flat_map(BTreeMap::keys).map(String::as_str).collect();
        let hint = suggest(name, known).map(|meant| format!("是不是“{meant}”？"));
        self.findings.push(Finding { offset, message: format!("模板里的“{name}”没有这个变量"), hint });
    }
}

/// Statements without names of data.
const STATEMENTS: &[&str] =
    &["else", "endif", "block", "endblock", "extends", "include", "endset", "endfilter", "endraw", "break", "continue"];

const KEYWORDS: &[&str] =
    &["and", "or", "not", "in", "is", "if", "elif", "else", "for", "true", "false", "none", "True", "False", "None"];

/// Whether a word names data: no keyword, number, field, filter, test, function, component or argument.
fn is_variable(word: &str, before: Option<&Token<'_>>, next: Option<&Token<'_>>, second: Option<&Token<'_>>) -> bool {
    if KEYWORDS.contains(&word) || word.starts_with(|character: char| character.is_ascii_digit()) {
        return false;
    }
    let named_by = match before {
        Some(Token::Sign('|' | '.' | '/')) => true,
        // `<entry …>` opens a component; `a < b` has something before the sign and a space, told apart by `is_call`.
        Some(Token::Sign('<')) => matches!(next, Some(Token::Word(..) | Token::Sign('/' | '>' | '{'))),
        Some(Token::Word("is", _)) => true,
        _ => false,
    };
    let is_call = matches!(next, Some(Token::Sign('(')));
    let is_argument = matches!(next, Some(Token::Sign('='))) && second != Some(&Token::Sign('='));
    let is_test = matches!(before, Some(Token::Word("not", _))) && TESTS.contains(&word);
    !(named_by || is_call || is_argument || is_test)
}

/// Tests that may follow `is not`.
const TESTS: &[&str] = &[
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
];

/// Names that `[x for x in list]` binds for itself.
fn comprehension_names<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if matches!(token, Token::Word("for", _)) {
            let until_in = tokens.iter().skip(index + 1).take_while(|token| token.word() != Some("in"));
            names.extend(until_in.filter_map(Token::word));
        }
    }
    names
}

/// The index after the rest of a path whose beginning is unknown.
fn skip_path(tokens: &[Token<'_>], mut at: usize) -> usize {
    while let [Token::Sign('.'), Token::Word(..), ..] = tokens.get(at..).unwrap_or_default() {
        at += 2;
    }
    at
}

/// The names of the fields of a path.
fn children(parent: &str) -> impl Iterator<Item = &'static str> {
    let prefix = format!("{parent}.");
    PATHS.iter().filter_map(move |path| path.strip_prefix(prefix.as_str())).filter(|rest| !rest.contains(['.', '[']))
}
