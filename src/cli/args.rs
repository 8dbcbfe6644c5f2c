//! The words of the command line.

use super::Report;
use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "jingshi",
    version,
    about = "警示：把审签过的风险警示和消费提示变成公开网站和订阅源，没审签的一个字也不出去",
    help_template = TEMPLATE,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    propagate_version = false,
    next_help_heading = "通用选项"
)]
pub struct Args {
    /// 网站文件夹（含 site.yaml）；不写时从当前文件夹向上找
    #[arg(long, value_name = "文件夹", global = true)]
    pub site: Option<PathBuf>,
    /// 代替当前时间，例如 2024-04-22T09:00:00+08:00
    #[arg(long, value_name = "时间", global = true)]
    pub now: Option<String>,
    /// 报告的格式：human 给人看，json、sarif 给程序读
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "格式", global = true, hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
    /// 显示帮助
    #[arg(short, long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Command,
}

/// How reports are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// For editors and checks: SARIF 2.1.0.
    Sarif,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 新建一个网站
    #[command(help_template = TEMPLATE)]
    Init(InitArgs),
    /// 新写一条信息，打印草稿的路径
    #[command(help_template = TEMPLATE)]
    New(NewArgs),
    /// 把 WPS、Word、网页、Markdown 文件导入成草稿，打印草稿的路径
    #[command(help_template = TEMPLATE)]
    Import(ImportArgs),
    /// 列出信息：drafts 草稿、live 已发布、future 待发布、expired 已过期、due 待复核
    #[command(help_template = TEMPLATE)]
    List(ListArgs),
    /// 自查：找出稿件和网站里的差错
    #[command(help_template = TEMPLATE)]
    Check(CheckArgs),
    /// 解释一个报错代码或一条自查规则；不写代码时列出全部规则
    #[command(help_template = TEMPLATE)]
    Explain(ExplainArgs),
    /// 审签：查看、签署、导出陈述、核对
    #[command(subcommand, help_template = TEMPLATE, subcommand_help_heading = "命令", subcommand_value_name = "命令")]
    Review(ReviewCommand),
    /// 更正：把已发布的信息复制成下一版草稿
    #[command(help_template = TEMPLATE)]
    Revise(ReviseArgs),
    /// 撤销：为已发布的信息生成撤销草稿
    #[command(help_template = TEMPLATE)]
    Withdraw(WithdrawArgs),
    /// 生成网站
    #[command(help_template = TEMPLATE)]
    Build(BuildArgs),
    /// 发布：把 public/ 送到网页服务器的文件夹，并通知推送中心
    #[command(help_template = TEMPLATE)]
    Publish(PublishArgs),
    /// 核对：public/、服务器的文件夹或公开的网址，是不是清单上签了名的那个网站
    #[command(help_template = TEMPLATE)]
    Verify(VerifyArgs),
    /// 在本机预览，改了就刷新
    #[command(help_template = TEMPLATE)]
    Serve(ServeArgs),
    /// 月报：把一个月的发布、更正、撤销写成表格；或算出报送日
    #[command(help_template = TEMPLATE)]
    Report(ReportArgs),
    /// 打印信息栏的 JSON Schema，供编辑器提示和检查
    #[command(help_template = TEMPLATE)]
    Schema(SchemaArgs),
    /// 打印命令行补全脚本
    #[command(help_template = TEMPLATE)]
    Completions(CompletionsArgs),
}

/// `init`
#[derive(Debug, ClapArgs)]
pub struct InitArgs {
    /// 新网站的文件夹（不存在或是空的）
    #[arg(value_name = "文件夹")]
    pub dir: PathBuf,
    /// 带上示例内容
    #[arg(long)]
    pub sample: bool,
}

/// `new`
#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// 类型：风险警示 或 消费提示
    #[arg(value_name = "类型")]
    pub kind: String,
    /// 标题
    #[arg(value_name = "标题")]
    pub title: String,
    /// 编号；不写时按年份顺排
    #[arg(long, value_name = "编号")]
    pub id: Option<String>,
    /// 产品类别
    #[arg(long, value_name = "类别")]
    pub category: Option<String>,
}

/// `import`
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// 要导入的文件（.docx、.md、.html）
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 类型：风险警示 或 消费提示；不写时看标题
    #[arg(long, value_name = "类型")]
    pub kind: Option<String>,
    /// 编号；不写时按年份顺排
    #[arg(long, value_name = "编号")]
    pub id: Option<String>,
}

/// `list`
#[derive(Debug, ClapArgs)]
pub struct ListArgs {
    /// 列哪些
    #[arg(value_enum, value_name = "范围", default_value_t = Scope::Live, hide_possible_values = true, hide_default_value = true)]
    pub scope: Scope,
}

/// What `list` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    /// Drafts.
    Drafts,
    /// What the public sees.
    Live,
    /// Signed, waiting for `publish_at`.
    Future,
    /// Past `expires`.
    Expired,
    /// Past `review_by`.
    Due,
}

/// `check`
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// 编号、稿件文件夹或 index.md；不写时查整个网站
    #[arg(value_name = "稿件")]
    pub paths: Vec<String>,
    /// 先改好一定没错的：BOM、换行、信息栏的全角冒号、行末空格；签过的不动
    #[arg(long)]
    pub fix: bool,
}

/// `explain`
#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// 报错代码，例如 personal-mobile
    #[arg(value_name = "代码")]
    pub code: Option<String>,
}

/// `review`
#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// 各稿件审到哪一步
    #[command(help_template = TEMPLATE)]
    Status(PathsArgs),
    /// 签署
    #[command(help_template = TEMPLATE)]
    Sign(SignArgs),
    /// 打印签署陈述，供 ssh-keygen -Y sign 签名
    #[command(help_template = TEMPLATE)]
    Statement(StatementArgs),
    /// 核对签署、签名和台账
    #[command(help_template = TEMPLATE)]
    Verify(PathsArgs),
}

/// Notices by id, folder or file.
#[derive(Debug, ClapArgs)]
pub struct PathsArgs {
    /// 编号、稿件文件夹，或整个 content/drafts；不写时是全部
    #[arg(value_name = "编号或路径")]
    pub paths: Vec<String>,
}

/// `review statement`
#[derive(Debug, ClapArgs)]
pub struct StatementArgs {
    #[command(flatten)]
    pub what: WhatArgs,
    /// 写入文件，不打印（Windows 的“>”会改变编码，签名就对不上）
    #[arg(long, value_name = "文件")]
    pub output: Option<PathBuf>,
}

/// Who signs what.
#[derive(Debug, ClapArgs)]
pub struct WhatArgs {
    /// 环节，例如 初审
    #[arg(long, value_name = "环节")]
    pub stage: String,
    /// 签署人
    #[arg(long, value_name = "姓名")]
    pub by: String,
    /// 签署时间；不写时是现在
    #[arg(long, value_name = "时间")]
    pub at: Option<String>,
    /// 紧急发布：不等其他环节（限最后一个环节）
    #[arg(long, requires = "reason")]
    pub urgent: bool,
    /// 紧急发布的理由
    #[arg(long, value_name = "理由", requires = "urgent")]
    pub reason: Option<String>,
    /// 编号、稿件文件夹，或整个 content/drafts
    #[arg(value_name = "编号或路径", required = true)]
    pub paths: Vec<String>,
}

/// `review sign`
#[derive(Debug, ClapArgs)]
pub struct SignArgs {
    #[command(flatten)]
    pub what: WhatArgs,
    /// 用这把 SSH 私钥签名
    #[arg(long, value_name = "私钥文件", conflicts_with = "signature")]
    pub key: Option<PathBuf>,
    /// 交回 ssh-keygen -Y sign 生成的签名文件（一次一篇，--at 与陈述相同）
    #[arg(long, value_name = "签名文件", requires = "at")]
    pub signature: Option<PathBuf>,
}

/// `revise`
#[derive(Debug, ClapArgs)]
pub struct ReviseArgs {
    /// 编号
    #[arg(value_name = "编号")]
    pub id: String,
    /// 改了什么
    #[arg(long, value_name = "内容", default_value = "", hide_default_value = true)]
    pub what: String,
    /// 为什么改
    #[arg(long, value_name = "原因", default_value = "", hide_default_value = true)]
    pub why: String,
}

/// `withdraw`
#[derive(Debug, ClapArgs)]
pub struct WithdrawArgs {
    /// 编号
    #[arg(value_name = "编号")]
    pub id: String,
    /// 撤销的原因，会公开显示
    #[arg(long, value_name = "原因")]
    pub reason: String,
}

/// `build`
#[derive(Debug, ClapArgs)]
pub struct BuildArgs {
    /// 输出文件夹；不写时是网站里的 public
    #[arg(long, value_name = "文件夹")]
    pub output: Option<PathBuf>,
    /// 代替 site.yaml 里的网址
    #[arg(long, value_name = "网址")]
    pub base_url: Option<String>,
    /// 只说会新增、改变、去掉什么，不写文件
    #[arg(long)]
    pub dry_run: bool,
    /// 同时使用几个处理器
    #[arg(long, value_name = "个数")]
    pub jobs: Option<usize>,
    /// 用网站的私钥给清单签名；不写时看环境变量 JINGSHI_KEY
    #[arg(long, value_name = "私钥文件", conflicts_with = "signature")]
    pub key: Option<PathBuf>,
    /// 放进 ssh-keygen -Y sign -n jingshi-manifest 对这份清单生成的签名
    #[arg(long, value_name = "签名文件")]
    pub signature: Option<PathBuf>,
}

/// `publish`
#[derive(Debug, ClapArgs)]
pub struct PublishArgs {
    /// site.yaml 的 targets 里的名称；只有一个时不用写
    #[arg(value_name = "目标")]
    pub target: Option<String>,
    /// 只说会送去、去掉什么，不动手
    #[arg(long)]
    pub dry_run: bool,
    /// 全部重新送，不管目标的清单怎么说（目标上的文件被人动过时用）
    #[arg(long)]
    pub all: bool,
    /// 不通知推送中心
    #[arg(long)]
    pub no_ping: bool,
    /// 只把全部订阅源再通知推送中心一次，不送文件
    #[arg(long, conflicts_with_all = ["target", "dry_run", "all", "no_ping"])]
    pub ping: bool,
}

/// `verify`
#[derive(Debug, ClapArgs)]
pub struct VerifyArgs {
    /// 文件夹，或以 http:// 或 https:// 开头的网址；不写时是网站里的 public
    #[arg(value_name = "文件夹或网址")]
    pub target: Option<String>,
    /// 按这把公钥核对签名（.pub 文件，或里面的一整行），不看本机的网站；不写时用 site.yaml 的 site_key
    #[arg(long, value_name = "公钥")]
    pub key: Option<String>,
    /// 网站几秒没有回音就不等了
    #[arg(long, value_name = "秒", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub timeout: u32,
}

/// `serve`
#[derive(Debug, ClapArgs)]
pub struct ServeArgs {
    /// 端口
    #[arg(long, value_name = "端口", default_value_t = 8414)]
    pub port: u16,
    /// 不显示草稿
    #[arg(long)]
    pub public: bool,
}

/// `report`
#[derive(Debug, ClapArgs)]
pub struct ReportArgs {
    /// 哪个月，例如 2024-06；不写时是本月
    #[arg(long, value_name = "月份")]
    pub month: Option<String>,
    /// 写到哪个文件夹；不写时是当前文件夹
    #[arg(long, value_name = "文件夹")]
    pub output: Option<PathBuf>,
    /// 只算报送日：每月20日，遇休息日顺延到下一个工作日
    #[arg(long, conflicts_with = "output")]
    pub due: bool,
}

/// `schema`
#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// 写入文件，不打印
    #[arg(long, value_name = "文件")]
    pub output: Option<PathBuf>,
}

/// `completions`
#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// bash、zsh、fish、powershell 或 elvish
    #[arg(value_enum, value_name = "外壳", hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

/// The completion script of a shell.
pub fn completions(shell: clap_complete::Shell) -> Report {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "jingshi", &mut script);
    Report { output: String::from_utf8_lossy(&script).into_owned(), ..Report::default() }
}
