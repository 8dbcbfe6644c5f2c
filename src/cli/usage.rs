//! Wrong words on the command line, explained in Chinese.

use super::Report;
use super::args::Format;
use crate::diag::{Code, Diagnostic};
use crate::text::excerpt;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Error, ValueEnum as _};

/// Help and versions as they are, and an explanation of every error.
pub(super) fn explain(error: &Error) -> Report {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Report { output: help(error), ..Report::default() };
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let mut diagnostic = Diagnostic::error(Code::Usage, message(error));
    if let Some(near) = near.into_iter().find_map(|kind| context(error, kind)) {
        diagnostic = diagnostic.hint(format!("您是不是想写“{near}”？"));
    }
    if let Some(valid) = context(error, ContextKind::ValidValue).filter(|valid| !valid.is_empty()) {
        diagnostic = diagnostic.hint(format!("可用的值：{valid}"));
    }
    Report::refused(vec![diagnostic.hint("用 jingshi --help 或 jingshi 命令 --help 查看用法")], "")
}

/// The help text, with the few words in Chinese for which the library has no setting.
fn help(error: &Error) -> String {
    let words = [
        ("[OPTIONS]", "[选项]"),
        ("Arguments:", "参数："),
        ("Options:", "选项："),
        ("命令:", "命令："),
        ("通用选项:", "通用选项："),
    ];
    words.iter().fold(error.render().to_string(), |text, (english, chinese)| text.replace(english, chinese))
}

/// The format that was asked for on a command line that could not be understood.
pub(super) fn format() -> Format {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let named = |name: &str| {
        words.iter().any(|word| *word == format!("--format={name}"))
            || words.windows(2).any(|pair| pair == ["--format", name])
    };
    let found = Format::value_variants()
        .iter()
        .find(|format| format.to_possible_value().is_some_and(|value| named(value.get_name())));
    found.copied().unwrap_or(Format::Human)
}

fn message(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", context(error, ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::UnknownArgument => format!("不认识“{argument}”"),
        ErrorKind::MissingRequiredArgument => format!("缺少：{argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "请写出要执行的命令".to_owned()
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("“{argument}”不能是“{value}”"),
        ErrorKind::ArgumentConflict => {
            format!(
                "“{argument}”不能重复，也不能与“{}”同时使用",
                context(error, ContextKind::PriorArg).unwrap_or_default()
            )
        }
        ErrorKind::InvalidUtf8 => "命令行里有无法识别的文字（不是 UTF-8）".to_owned(),
        _ => format!("命令写法不对：{}", error.to_string().lines().next().unwrap_or_default()),
    }
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join("、")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => texts.first().map(ToString::to_string),
        _ => None,
    }
    .map(|text| excerpt(&text, 60))
}
