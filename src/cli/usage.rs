//! Wrong words on the command line, explained in Chinese.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io::Write as _;
use std::process::ExitCode;

/// Prints help and versions as they are, and explains every error.
pub fn explain(error: &Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // The few words that the library gives no setting for.
        let text = error
            .render()
            .to_string()
            .replace("[OPTIONS]", "[选项]")
            .replace("Arguments:", "参数：")
            .replace("Options:", "选项：")
            .replace("命令:", "命令：")
            .replace("通用选项:", "通用选项：");
        // Nothing can be done about a closed pipe.
        let _ = std::io::stdout().write_all(text.as_bytes());
        return ExitCode::SUCCESS;
    }
    eprintln!("错误[usage]: {}", message(error));
    if let Some(near) = context(error, ContextKind::SuggestedArg)
        .or_else(|| context(error, ContextKind::SuggestedSubcommand))
        .or_else(|| context(error, ContextKind::SuggestedValue))
    {
        eprintln!("   = 提示：您是不是想写“{near}”？");
    }
    if let Some(valid) = context(error, ContextKind::ValidValue).filter(|valid| !valid.is_empty()) {
        eprintln!("   = 提示：可用的值：{valid}");
    }
    eprintln!("   = 提示：用 jingshi --help 或 jingshi 命令 --help 查看用法");
    ExitCode::from(2)
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
    .map(|text| crate::text::printable(&text))
}
