//! Whether a manifest may be believed: its form, its signature, the ledger on which it rests. Computes; touches nothing.

use super::Question;
use crate::diag::{Code, Diagnostic};
use crate::output::{MANIFEST, NAMESPACE, SIGNATURE, Sealed};
use crate::review::ledger::Head;
use crate::review::{Ledger, ledger};
use crate::ssh::PublicKey;

/// Everything that speaks against a manifest, and what could not be looked into.
pub(super) fn doubts(sealed: &Sealed, question: Question<'_>) -> Vec<Diagnostic> {
    let form = (!sealed.is_canonical()).then(|| {
        Diagnostic::error(Code::ManifestBroken, "清单被改动过：写法与本程序写的不一样")
            .hint("请查明是谁改的（门户重新排版也算），再重新发布")
    });
    let head = sealed.manifest.ledger().zip(question.ledger).and_then(|(head, ledger)| behind(head, ledger));
    form.into_iter().chain(signature(sealed, question.key)).chain(head).collect()
}

fn signature(sealed: &Sealed, key: Option<&PublicKey>) -> Option<Diagnostic> {
    match (key, &sealed.signature) {
        (Some(key), Some(_)) if sealed.is_signed_by(key) => None,
        (Some(key), Some(_)) => Some(
            Diagnostic::error(Code::ManifestSignature, "清单的签名无效：不是用网站的私钥签的，或者签名以后清单或签名被改动")
                .fact(format!("应当是这把公钥签的：{}", key.fingerprint()))
                .hint("请查明清单是谁换的，再用网站的私钥重新生成、发布；换过钥匙的，用 --key 写明当时的公钥"),
        ),
        (Some(_), None) => Some(
            Diagnostic::error(Code::ManifestSignature, format!("清单没有签名（没有 {SIGNATURE}）"))
                .fact("没有签名，就不能证明清单没有连同文件一起被换掉")
                .hint(format!(
                    "请签名后重新发布：jingshi build --key 私钥，或 ssh-keygen -Y sign -n {NAMESPACE} -f 私钥 public/{MANIFEST}"
                ))
                .hint("正在发布的时候也没有签名：等发布完成再核对一次"),
        ),
        (None, Some(_)) => Some(
            Diagnostic::warning(Code::ManifestUnsigned, "清单有签名，但没有网站公钥，没有核对签名")
                .hint("请在 site.yaml 里登记 site_key，或用 --key 写明公钥；公钥要从单位得到，不要从这个网站上抄"),
        ),
        (None, None) => Some(
            Diagnostic::warning(Code::ManifestUnsigned, "清单没有签名，也没有登记网站公钥")
                .fact("这样只能查出与清单不一致的文件，查不出连清单一起被换掉的网站")
                .hint("请做一把网站的钥匙，在 site.yaml 里登记 site_key，用 jingshi build --key 私钥 生成"),
        ),
    }
}

/// A site that rests on another ledger than ours, or on less of it.
fn behind(head: Head, ledger: &Ledger) -> Option<Diagnostic> {
    let ours = ledger.head();
    let is_sound = head.seq != 0 || head == Ledger::default().head();
    if !is_sound || !ledger.continues(head) {
        let message = "公开的网站所依据的台账与这里的不一样：比这里的新，或者是另一个网站，或者被换过";
        return Some(
            Diagnostic::error(Code::LedgerRewound, message)
                .in_file(ledger::FILE)
                .fact(format!("公开的依据台账前 {} 行（{}…），这里有 {} 行", head.seq, head.hash.short(), ours.seq))
                .hint("请先取得最新的 content/ 再核对；是别的网站，就用 --key 写明它的公钥"),
        );
    }
    (head.seq < ours.seq).then(|| {
        Diagnostic::warning(Code::SiteBehind, format!("公开的还是以前的网站：少了台账最后 {} 行", ours.seq - head.seq))
            .fact(format!("公开的依据台账前 {} 行，这里有 {} 行", head.seq, ours.seq))
            .hint("还没有发布的，请运行 jingshi build 和 jingshi publish；已经发布过，就是被人换回了旧的，或缓存没有更新，请查明")
    })
}
