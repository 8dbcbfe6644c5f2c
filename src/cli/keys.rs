//! Keys and signatures that are named on the command line.

use crate::diag::{Code, Diagnostic};
use crate::disk::{SiteDir, if_there, read_failed, read_file};
use crate::ssh::{PrivateKey, PublicKey};
use std::path::{Path, PathBuf};

/// Where the site's private key lies, if it is not named on the command line.
const VARIABLE: &str = "JINGSHI_KEY";

/// A private key; `otherwise` says what to do with one under a passphrase.
pub(super) fn private(path: &Path, otherwise: &str) -> Result<PrivateKey, Box<Diagnostic>> {
    let name = path.display().to_string();
    let bytes = read_file(path, &name)?;
    PrivateKey::parse(&bytes)
        .map_err(|error| Box::new(Diagnostic::error(Code::Usage, format!("私钥“{name}”：{error}")).hint(otherwise)))
}

/// The text of a signature that was made elsewhere.
pub(super) fn signature(path: &Path) -> Result<String, Box<Diagnostic>> {
    let name = path.display().to_string();
    let bytes = read_file(path, &name)?;
    String::from_utf8(bytes).map_err(|_| Box::new(Diagnostic::error(Code::Usage, format!("“{name}”不是签名文件"))))
}

/// A public key: the line itself, or a file that has it.
pub(super) fn public(text: &str) -> Result<PublicKey, Box<Diagnostic>> {
    if let Ok(key) = PublicKey::parse(text) {
        return Ok(key);
    }
    let bytes = if text.starts_with("ssh-") { Vec::new() } else { read_file(Path::new(text), text)? };
    let line = String::from_utf8_lossy(&bytes).into_owned();
    PublicKey::parse(&line).map_err(|error| {
        Box::new(
            Diagnostic::error(Code::Usage, format!("--key 的公钥：{error}"))
                .hint("请写 .pub 文件的路径，或用引号括起里面的一整行，以 ssh-ed25519 开头"),
        )
    })
}

/// The site's private key, as `--key` or the environment names it. It never lies in the site's folder, which is copied,
/// kept in a repository and seen by everybody who writes.
pub(super) fn site_key(named: Option<&Path>, site: &SiteDir) -> Result<Option<PrivateKey>, Box<Diagnostic>> {
    let variable = || std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let Some(path) = named.map(Path::to_owned).or_else(variable) else { return Ok(None) };
    let root = site.real_root()?;
    let real = if_there(path.canonicalize()).map_err(|error| read_failed(&path.display().to_string(), &error))?;
    // One that is not there is told of where it is read.
    if real.is_some_and(|path| path.starts_with(root)) {
        return Err(Box::new(
            Diagnostic::error(
                Code::Usage,
                "网站的私钥不能放在网站文件夹里：这个文件夹会被复制、备份，写稿的人都看得到",
            )
            .fact(path.display().to_string())
            .hint("请移到别处，只让生成网站的人能读"),
        ));
    }
    private(
        &path,
        "有口令的私钥请这样用：不带 --key 生成，再 ssh-keygen -Y sign -n jingshi-manifest -f 私钥 public/manifest.json",
    )
    .map(Some)
}
