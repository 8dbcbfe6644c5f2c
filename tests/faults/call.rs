//! System calls as `strace -f -y` writes them down.

use super::strace::READS;
use std::path::Path;

/// A call that returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The thread that made it.
    pub thread: u32,
    /// Its name.
    pub name: String,
    /// What stands between its brackets.
    pub words: Vec<String>,
    /// What follows `=`.
    pub result: String,
}

impl Call {
    /// Reads a line, with or without the thread at its beginning; none where it is about anything else, or the call never returned.
    pub fn parse(line: &str) -> Option<Self> {
        let (thread, rest) = line.split_once(' ')?;
        let (thread, rest) = thread.parse().map_or((0, line), |thread| (thread, rest.trim_start()));
        let (name, rest) = rest.split_once('(')?;
        let (words, end) = words(rest);
        let result = rest.get(end..)?.trim_start().strip_prefix('=')?.trim().to_owned();
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let call = Self { thread, name: name.to_owned(), words, result };
        (is_name && !call.result.starts_with('?')).then_some(call)
    }

    /// Whether it did what it was to do.
    pub fn succeeded(&self) -> bool {
        !self.result.starts_with('-')
    }

    /// The texts in quotation marks among its words, unescaped: the paths it names.
    pub fn paths(&self) -> Vec<String> {
        self.words.iter().filter(|word| word.starts_with('"')).map(|word| unescape(word.trim_matches('"'))).collect()
    }

    /// The path behind the file descriptor that is its first word.
    pub fn open_path(&self) -> Option<String> {
        behind(self.words.first()?)
    }

    /// The path of what it opened.
    pub fn opened(&self) -> Option<String> {
        behind(&self.result)
    }

    /// Whether a flag stands among its words.
    pub fn has(&self, flag: &str) -> bool {
        self.words.iter().any(|word| word.split('|').any(|part| part == flag))
    }

    /// Whether it can change the file system.
    pub fn changes(&self) -> bool {
        match self.name.as_str() {
            name if READS.split(',').any(|own| own.trim_start_matches('?') == name) => false,
            "openat" | "open" => ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| self.has(flag)),
            // Messages: the file system is changed by none, but a run can be killed there, too.
            _ => true,
        }
    }

    /// Whether it is about something in a folder, and not about a library of the program, say.
    pub fn is_about(&self, folder: &Path) -> bool {
        // What is named from the root lies there, wherever the run is; the first word says where that is.
        let named = self.paths().into_iter().find(|path| path.starts_with('/')).or_else(|| self.open_path());
        named.is_some_and(|name| Path::new(&name).starts_with(folder))
    }

    /// Whether it writes to the standard output or error.
    pub fn is_message(&self) -> bool {
        self.name == "write" && self.words.first().is_some_and(|word| word.starts_with("1<") || word.starts_with("2<"))
    }

    /// The call in short, for a table or a failure.
    pub fn short(&self) -> String {
        // What is written is in quotation marks as well.
        let named = if self.name.contains("write") { None } else { self.paths().pop() };
        let what = named.or_else(|| self.open_path()).unwrap_or_default();
        format!("{} {what}", self.name)
    }
}

/// The words up to the closing bracket, and where what follows it begins. Commas and brackets in quotation marks, in `<…>`
/// and in inner brackets belong to their word.
fn words(text: &str) -> (Vec<String>, usize) {
    let (mut words, mut word) = (Vec::new(), String::new());
    let (mut quoted, mut escaped, mut depth) = (false, false, 0_usize);
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' | '<' => depth += 1,
            ')' if depth == 0 => {
                words.push(word.trim().to_owned());
                return (words, at + 1);
            }
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                words.push(std::mem::take(&mut word).trim().to_owned());
                continue;
            }
            _ => {}
        }
        word.push(sign);
    }
    (words, text.len())
}

/// The path in `3</a/path>`; what was removed meanwhile is marked, too.
fn behind(word: &str) -> Option<String> {
    let inside = word.split_once('<')?.1;
    Some(unescape(inside.strip_suffix("(deleted)").unwrap_or(inside).strip_suffix('>')?))
}

/// Octal and other escapes as the bytes they stand for.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let digits = rest.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(*byte)).count();
        if digits > 0 {
            bytes.push(rest[..digits].iter().fold(0, |value: u8, digit| value.wrapping_mul(8) + (digit - b'0')));
            rest = &rest[digits..];
        } else if let [sign, after @ ..] = rest {
            bytes.push(match sign {
                b'n' => b'\n',
                b't' => b'\t',
                b'r' => b'\r',
                b'f' => 12,
                b'v' => 11,
                other => *other,
            });
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_whatever_stands_in_it() {
        let line = r#"12  openat(AT_FDCWD</a, b>, "/\345\233\276 (1),.png", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 3</\345\233\276 (1),.png>"#;
        let call = Call::parse(line).unwrap();
        assert_eq!((call.thread, call.name.as_str(), call.words.len()), (12, "openat", 4));
        assert_eq!(call.paths(), ["/图 (1),.png"]);
        assert_eq!(call.opened().as_deref(), Some("/图 (1),.png"));
        assert!(call.has("O_CREAT") && call.changes() && call.succeeded());
        let line = r#"12 write(2</dev/pts/0<char 136:0>>, "a\"),\n"..., 76) = 76"#;
        let call = Call::parse(line).unwrap();
        assert!(call.is_message() && call.words.len() == 3);
        let in_site = |line: &str| Call::parse(line).unwrap().is_about(Path::new("/site"));
        assert!(!in_site(r#"1 openat(AT_FDCWD</site>, "/lib/libc.so.6", O_RDONLY|O_CLOEXEC) = 3</lib/libc.so.6>"#));
        assert!(in_site(r#"1 openat(AT_FDCWD</site>, "content", O_RDONLY|O_CLOEXEC) = 3</site/content>"#));
        assert!(in_site(r#"1 read(3</site/site.yaml>, "a", 2) = 1"#) && !in_site(r#"1 read(3</etc/x>, "a", 2) = 1"#));
        let call = Call::parse("1 mkdir(\"/a\", 0777) = -1 EEXIST (File exists)").unwrap();
        assert!(!call.succeeded());
        assert_eq!(Call::parse("12 fsync(3</a>) = ?"), None);
        assert_eq!(Call::parse("12 +++ exited with 0 +++"), None);
    }
}
