//! Texts and files that the tests write.

use std::process::Command;
use std::sync::OnceLock;

/// The stages every sample site has.
pub const STAGES: [&str; 3] = ["初审", "复审", "终审"];

/// Three reviewers without keys; nothing a government page must carry is empty.
pub const CONFIG: &str = r#"title: 示例风险警示
description: 示例网站。
base_url: https://www.example.gov.cn/fxjs/
tag: "www.example.gov.cn,2024"
bureau:
  name: 示例县市场监督管理局
  phone: "12315"
portal:
  site_name: 示例门户
  site_domain: www.example.gov.cn
  site_id_code: "0000000000"
  column_name: 风险警示
  column_description: 风险警示（示例）
  column_keywords: 风险警示
  column_type: 政务动态
footer:
  sponsor: 示例县市场监督管理局
  contact: "12315"
  icp: 示例备0号
  police: 示例公安备0号
  government_mark_url: https://www.example.gov.cn/dzjg/
  error_report_url: https://www.example.gov.cn/jiucuo/
review:
  stages: [初审, 复审, 终审]
  urgent_hours: 24
  reviewers:
    - name: 初审员
      stages: [初审]
    - name: 复审员
      stages: [复审]
    - name: 终审员
      stages: [终审]
"#;

/// The same without a list of reviewers.
pub fn open_config() -> String {
    CONFIG.split("  reviewers:").next().unwrap_or_default().to_owned()
}

/// Who signs at a stage of the sample sites.
pub fn person(stage: &str) -> String {
    format!("{stage}员")
}

/// A sentence that stands in the body of [`notice`], to be searched for.
pub const MARKER: &str = "夜里听见蓝鲸敲窗";

/// A complete notice.
pub fn notice(id: &str, title: &str) -> String {
    format!(
        "---\nid: {id}\nkind: 风险警示\ntitle: {title}\nsummary: {title}，摘要。\nrisk_level: 高风险\naudience: [儿童]\n\
         hazards: [窒息]\nactions:\n  - 收好\n---\n\n{MARKER}。\n\n## 怎样避免\n\n放在孩子够不到的地方。\n"
    )
}

/// A picture: one pixel, PNG.
pub const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0xf8, 0x0f, 0x00, 0x01, 0x04, 0x01, 0x00, 0x5f, 0xe5, 0xc3,
    0x4b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A key pair: the private key's text and the line of the public one.
#[derive(Clone)]
pub struct KeyPair {
    pub private: String,
    pub public: String,
}

/// Key pairs made with `ssh-keygen`, once for all tests: one for each stage, and a stranger's.
pub fn keys() -> &'static [KeyPair; 4] {
    static KEYS: OnceLock<[KeyPair; 4]> = OnceLock::new();
    KEYS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        std::array::from_fn(|index| {
            let path = folder.path().join(format!("key{index}"));
            let mut command = Command::new("ssh-keygen");
            command.args(["-q", "-t", "ed25519", "-N", "", "-C", "sample", "-f"]).arg(&path);
            assert!(command.status().unwrap().success(), "ssh-keygen");
            let read = |path| std::fs::read_to_string(path).unwrap();
            KeyPair { private: read(path.clone()), public: read(path.with_extension("pub")).trim().to_owned() }
        })
    })
}

/// Three reviewers, each with a key of [`keys`].
pub fn keyed_config() -> String {
    let mut config = CONFIG.to_owned();
    for (stage, key) in STAGES.iter().zip(keys()) {
        let line = format!("      stages: [{stage}]\n");
        config = config.replace(&line, &format!("{line}      keys: [\"{}\"]\n", key.public));
    }
    config
}
