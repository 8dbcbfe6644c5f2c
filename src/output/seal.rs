//! The signature of a manifest: made with the site's key, handed in, or kept from the build before.
//!
//! In: the manifest's bytes and what may sign them. Out: the text of the signature, or that there is none. A signature that
//! does not hold over just these bytes by just this key is never let through.

use super::manifest::{LARGEST_SIGNATURE, NAMESPACE, SIGNATURE, is_signed};
use crate::diag::{Code, Diagnostic};
use crate::disk::{if_there, read_plain};
use crate::review::desk::Signer;
use crate::ssh::{self, PublicKey};
use std::fs;
use std::io;
use std::path::Path;

/// By which key a site's manifest is signed, and what signs it now.
pub struct Seal<'a> {
    /// The site's public key.
    pub key: &'a PublicKey,
    /// What signs.
    pub signer: Signer<'a>,
}

impl Seal<'_> {
    /// The signature of a manifest of these bytes; none where nothing signs it and the one that stands there does not hold.
    ///
    /// # Errors
    /// The private key is not that of the site, or what was handed in does not hold.
    pub(super) fn over(&self, bytes: &[u8], standing: Option<&[u8]>) -> Result<Option<String>, Box<Diagnostic>> {
        self.check_key()?;
        let signature = match &self.signer {
            Signer::Key(key) => key.sign(NAMESPACE, bytes).map_err(|error| unusable(error.to_string()))?,
            Signer::Made(made) => ssh::canonical(made).map_err(|error| unusable(error.to_string()))?,
            Signer::None => {
                let standing = standing.filter(|standing| is_signed(bytes, standing, self.key));
                return Ok(standing.map(|standing| String::from_utf8_lossy(standing).into_owned()));
            }
        };
        let holds = self.key.verifies(NAMESPACE, bytes, &signature);
        if holds {
            Ok(Some(signature))
        } else {
            Err(unusable("它签的不是这一次生成的清单，或不是用网站的私钥签的"))
        }
    }

    /// Whether what signs is the site's key.
    ///
    /// # Errors
    /// It is another one.
    pub fn check_key(&self) -> Result<(), Box<Diagnostic>> {
        match &self.signer {
            Signer::Key(private) if !private.public().is_same(self.key) => Err(Box::new(
                Diagnostic::error(Code::ManifestSignature, "这把私钥与 site.yaml 登记的网站公钥不是一对，不能用它签")
                    .fact(format!("私钥的公钥是 {}", private.public().fingerprint()))
                    .fact(format!("登记的是 {}", self.key.fingerprint()))
                    .hint("请用网站的私钥；确实换了钥匙，先改 site.yaml 的 site_key，并告诉核对网站的人"),
            )),
            _ => Ok(()),
        }
    }
}

/// The signature that stands in a folder; none where no file does. One that is too large is there, and holds over nothing.
///
/// # Errors
/// It cannot be read: then nobody can say that there is none.
pub(super) fn standing(folder: &Path) -> io::Result<Option<Vec<u8>>> {
    let path = folder.join(SIGNATURE);
    match if_there(fs::symlink_metadata(&path))?.filter(fs::Metadata::is_file) {
        None => Ok(None),
        Some(found) if found.len() > LARGEST_SIGNATURE => Ok(Some(Vec::new())),
        Some(_) => match read_plain(&path, LARGEST_SIGNATURE) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) => Err(io::Error::new(error.kind(), format!("{SIGNATURE}：{error}"))),
        },
    }
}

fn unusable(fact: impl Into<String>) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::ManifestSignature, "交来的清单签名不能用")
            .fact(fact)
            .hint("请对这次生成的 manifest.json 重新签：ssh-keygen -Y sign -n jingshi-manifest -f 私钥 manifest.json"),
    )
}
