//! `verify`: one flipped byte anywhere is found, in a folder and on the web, and only the site's key can sign a manifest.

mod web;

use crate::samples::{CONFIG, KeyPair, PIXEL, keys, notice};
use crate::site::{Run, Site};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const MANIFEST: &str = "public/manifest.json";
const SIGNATURE: &str = "public/manifest.json.sig";

/// The site's key; [`keys`] has those of reviewers, which must not do.
fn site_key() -> &'static KeyPair {
    &keys()[3]
}

/// A private key in a file outside the site.
fn private_key(site: &Site, key: &KeyPair) -> String {
    let path = site.outside().join("site_key");
    fs::write(&path, &key.private).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    path.to_str().unwrap().to_owned()
}

fn config() -> String {
    format!("{CONFIG}site_key: \"{}\"\ntargets:\n  - {{name: 官网, to: ../www/fxjs}}\n", site_key().public)
}

/// A site with one notice and a picture.
fn site(config: &str) -> Site {
    let site = Site::with_config(config);
    site.draft(
        "2024-001",
        &notice("2024-001", "磁力珠").replace("actions:", "image: {file: 图.png, alt: 磁力珠}\nactions:"),
    );
    site.write("content/drafts/2024-001/图.png", PIXEL).publish("2024-001");
    site
}

/// The same, built and signed.
fn signed() -> Site {
    let site = site(&config());
    build_with(&site, site_key()).exits(0);
    site
}

fn build_with(site: &Site, key: &KeyPair) -> Run {
    site.run(&["build", "--key", &private_key(site, key)])
}

fn verify(site: &Site) -> Run {
    site.run(&["verify"])
}

fn grow(site: &Site) {
    site.clock("2024-06-02T09:00:00+08:00");
    site.draft("2024-002", &notice("2024-002", "水晶泥")).publish("2024-002");
}

/// Signs a file as OpenSSH does: the signature lies beside it.
fn ssh_sign(site: &Site, (key, namespace): (&KeyPair, &str), path: &Path) -> PathBuf {
    let signature = PathBuf::from(format!("{}.sig", path.display()));
    let _ = fs::remove_file(&signature);
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "sign", "-n", namespace, "-f", &private_key(site, key)]).arg(path);
    assert!(command.stderr(Stdio::null()).status().unwrap().success());
    signature
}

/// What `ssh-keygen -Y verify` says of the manifest in `public/`.
fn ssh_verifies(site: &Site, key: &KeyPair) -> bool {
    let allowed = site.outside().join("allowed_signers");
    fs::write(&allowed, format!("wangzhan@example.gov.cn {}\n", key.public)).unwrap();
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "verify", "-I", "wangzhan@example.gov.cn", "-n", "jingshi-manifest", "-f"]).arg(allowed);
    command.arg("-s").arg(site.path(SIGNATURE)).stdin(fs::File::open(site.path(MANIFEST)).unwrap());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// A number for each step, the same in every run.
fn spread(step: usize) -> usize {
    (step as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) as usize
}

#[test]
fn a_signed_site_passes_and_ssh_keygen_agrees() {
    let site = signed();
    verify(&site).exits(0).says("核对通过").says("清单的签名有效").says("台账前 1 行");
    assert!(ssh_verifies(&site, site_key()) && !ssh_verifies(&site, &keys()[0]));
    assert!(!site.read(MANIFEST).contains("manifest.json"));
    let run = site.run(&["verify", "public", "--format", "json"]).exits(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["result"]["signed"], true);
    assert_eq!(report["result"]["files"].as_u64().unwrap() as usize, site.tree().len() - 2);
    assert_eq!(report["result"]["counts"]["altered"], 0);
}

/// A file with one bit flipped: at its beginning, at its end, or somewhere between.
fn flipped(bytes: &[u8], step: usize) -> Vec<u8> {
    let offset = [0, bytes.len() - 1, spread(step) % bytes.len()][step.min(2)];
    let mut altered = bytes.to_vec();
    altered[offset] ^= 1 << (spread(step + 7) % 8);
    altered
}

#[test]
fn one_flipped_byte_anywhere_is_found() {
    let site = signed();
    let tree = site.files("public");
    let is_seal = |path: &str| path.starts_with("manifest.json");
    let flip = |path: &String, bytes: &[u8], step| site.put(&format!("public/{path}"), flipped(bytes, step));
    let restore = |path: &String, bytes: &Vec<u8>| site.put(&format!("public/{path}"), bytes);
    // One bit in every file at once: each is named.
    let files: Vec<_> = tree.iter().filter(|(path, bytes)| !is_seal(path) && !bytes.is_empty()).collect();
    for round in 0..8 {
        files.iter().enumerate().for_each(|(index, (path, bytes))| flip(path, bytes, round + 100 * index * round));
        let run = site.run(&["verify", "--format", "json"]).exits(3);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let altered: Vec<_> =
            report["result"]["altered"].as_array().unwrap().iter().map(|file| &file["path"]).collect();
        assert_eq!(altered, files.iter().map(|(path, _)| *path).collect::<Vec<_>>(), "round {round}");
    }
    files.iter().for_each(|(path, bytes)| restore(path, bytes));
    verify(&site).exits(0);
    // One bit in one file of each kind.
    let kinds: std::collections::BTreeMap<_, _> =
        files.iter().map(|(path, bytes)| (path.rsplit('.').next().unwrap(), (*path, *bytes))).collect();
    assert!(kinds.len() > 8, "{kinds:?}");
    for (step, (path, bytes)) in kinds.into_values().enumerate() {
        flip(path, bytes, step);
        verify(&site).exits(3).says("有 1 处不一致").says(&format!("被改动：{path}"));
        restore(path, bytes);
    }
    // The manifest and its signature, at many places.
    for (path, bytes) in tree.iter().filter(|(path, _)| is_seal(path)) {
        for step in 0..40 {
            flip(path, bytes, step);
            let run = verify(&site);
            assert_eq!(run.code, 3, "step {step} of {path}\n{}", run.report());
            restore(path, bytes);
        }
    }
    verify(&site).exits(0);
}

#[test]
fn no_byte_of_the_signature_is_free() {
    let site = signed();
    let bytes = site.bytes(SIGNATURE);
    for (offset, _) in bytes.iter().enumerate().step_by(7) {
        let mut altered = bytes.clone();
        altered[offset] ^= 1 << (spread(offset) % 8);
        site.put(SIGNATURE, &altered);
        verify(&site).exits(3).says("manifest-signature");
    }
    for altered in [[bytes.as_slice(), b"\n"].concat(), [b"\n", bytes.as_slice()].concat(), Vec::new()] {
        site.put(SIGNATURE, altered);
        verify(&site).exits(3).says("manifest-signature");
    }
}

#[test]
fn what_is_missing_cut_short_swapped_or_too_much_is_named() {
    let site = signed();
    let (page, feed) = (site.bytes("public/index.html"), site.bytes("public/feed.xml"));
    fs::remove_file(site.path("public/atom.xml")).unwrap();
    site.put("public/robots.txt", &site.bytes("public/robots.txt")[1..]);
    site.put("public/index.html", &feed);
    site.put("public/feed.xml", &page);
    site.put("public/n/2024-001/evil.js", "x");
    fs::remove_file(site.path("public/404.html")).unwrap();
    fs::create_dir(site.path("public/404.html")).unwrap();
    let run = verify(&site).exits(3).says("有 6 处不一致");
    let run = ["缺少：atom.xml", "被改动：robots.txt", "被改动：index.html", "被改动：feed.xml", "被改动：404.html"]
        .into_iter()
        .fold(run, Run::says);
    run.says("多出：n/2024-001/evil.js").says("核对不通过").says("jingshi publish --all");
    let run = site.run(&["verify", "--format", "json"]).exits(3);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["result"]["missing"][0]["path"], "atom.xml");
    assert_eq!(report["result"]["counts"]["altered"], 4);
    assert_eq!(report["result"]["extra"][0]["path"], "n/2024-001/evil.js");
}

#[test]
fn many_differences_are_counted_and_the_first_are_named() {
    let site = signed();
    for (path, _) in site.files("public").into_iter().filter(|(path, _)| !path.starts_with("manifest")) {
        fs::remove_file(site.path(&format!("public/{path}"))).unwrap();
    }
    let run = verify(&site).exits(3);
    assert_eq!(run.stderr.matches("缺少：").count(), 20);
    run.says("缺少的还有");
}

#[test]
fn files_of_others_are_told_and_hidden_ones_are_not() {
    let site = signed();
    site.write("public/CNAME", "x").write("public/portal/头条.html", "x").write("public/.git/config", "[core]");
    site.write("public/.htaccess", "Redirect").write("public/n/.DS_Store", "x");
    let run = verify(&site).exits(0).says("另有 3 个文件").says("CNAME").says("portal/头条.html").says(".htaccess");
    assert!(!run.stderr.contains(".git/") && !run.stderr.contains("DS_Store"));
}

#[test]
fn a_manifest_that_agrees_with_forged_files_is_not_believed() {
    let site = signed();
    let genuine = site.bytes(SIGNATURE);
    let text = site.read(MANIFEST);
    let page = site.read("public/index.html").replace("磁力珠", "水晶泥");
    let old = &site.tree()["index.html"];
    let length = format!("\"bytes\": {}", site.bytes("public/index.html").len());
    let forged = text
        .replace(old, &crate::site::sha256(page.as_bytes()))
        .replace(&length, &format!("\"bytes\": {}", page.len()));
    site.write("public/index.html", page).write(MANIFEST, &forged);
    let refused = |what: &str| verify(&site).exits(3).says("manifest-signature").says(what);
    refused("清单的签名无效");
    ssh_sign(&site, (&keys()[0], "jingshi-manifest"), &site.path(MANIFEST));
    refused("清单的签名无效");
    ssh_sign(&site, (site_key(), "file"), &site.path(MANIFEST));
    refused("清单的签名无效");
    ssh_sign(&site, (site_key(), "jingshi"), &site.path(MANIFEST));
    refused("清单的签名无效");
    site.put(SIGNATURE, genuine);
    refused("清单的签名无效");
    fs::remove_file(site.path(SIGNATURE)).unwrap();
    refused("清单没有签名");
    // Who does not know the key can only be told so.
    let stranger = site.outside().join("stranger");
    fs::create_dir(&stranger).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = site.command(&[&["verify"], arguments].concat());
        let output = command.current_dir(&stranger).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let public = site.path("public").display().to_string();
    let (code, told) = run(&[&public]);
    assert!(code == 0 && told.contains("没有签名，也没有登记网站公钥"), "{told}");
    let (code, told) = run(&[&public, "--key", &site_key().public]);
    assert!(code == 3 && told.contains("清单没有签名"), "{told}");
    // The site's key over what stands there: now it is what the key's owner says.
    ssh_sign(&site, (site_key(), "jingshi-manifest"), &site.path(MANIFEST));
    let file = site.outside().join("site.pub");
    fs::write(&file, &site_key().public).unwrap();
    let (code, told) = run(&[&public, "--key", file.to_str().unwrap()]);
    assert!(code == 0 && told.contains("清单的签名有效"), "{told}");
    let (code, told) = run(&[&public, "--key", &keys()[1].public]);
    assert!(code == 3 && told.contains("清单的签名无效"), "{told}");
    let (code, told) = run(&[&public]);
    assert!(code == 0 && told.contains("没有核对签名"), "{told}");
    let (code, told) = run(&[&public, "--key", "ssh-ed25519 AAAA"]);
    assert!(code == 2 && told.contains("--key 的公钥"), "{told}");
}

#[test]
fn a_manifest_has_one_form() {
    let site = site(CONFIG);
    site.build().exits(0);
    let text = site.read(MANIFEST);
    verify(&site).exits(0).says("也没有登记网站公钥");
    let more = text.replacen("\"files\": {", "\"files\": {\"manifest.json\": {\"sha256\": \"\", \"bytes\": 1},", 1);
    for altered in [format!("{text} "), text.replacen("  ", " ", 1), text.trim_end().to_owned(), String::new(), more] {
        site.write(MANIFEST, altered);
        verify(&site).exits(3).says("manifest-broken");
    }
    fs::remove_file(site.path(MANIFEST)).unwrap();
    verify(&site).exits(3).says("没有 manifest.json");
}

#[test]
fn where_there_is_nothing_to_verify_it_says_what_to_do() {
    let site = Site::new();
    verify(&site).exits(2).says("jingshi build");
    site.run(&["verify", "不在"]).exits(4);
    site.run(&["verify", "."]).exits(3).says("没有 manifest.json");
    site.run(&["verify", "ftp://www.example.gov.cn/"]).exits(2).says("无法识别");
    site.run(&["verify", "https://www.example.gov.cn/?a"]).exits(2);
}

#[test]
fn an_unchanged_build_keeps_the_signature_and_a_changed_one_drops_it() {
    let site = signed();
    let (tree, signature) = (site.tree(), site.bytes(SIGNATURE));
    site.build().exits(0);
    assert_eq!(site.tree(), tree);
    build_with(&site, site_key()).exits(0);
    assert_eq!(site.bytes(SIGNATURE), signature, "the same key signs the same bytes alike");
    grow(&site);
    let run = site.build().exits(0).says("提醒[manifest-unsigned]");
    assert!(run.stderr.contains("ssh-keygen -Y sign -n jingshi-manifest -f 私钥 public/manifest.json"));
    assert!(!site.has(SIGNATURE));
    verify(&site).exits(3).says("清单没有签名");
    // An old signature that somebody puts back does not survive the next build.
    site.put(SIGNATURE, &signature);
    site.build().exits(0).says("manifest-unsigned");
    assert!(!site.has(SIGNATURE));
    // Signed in place by OpenSSH, it stays.
    ssh_sign(&site, (site_key(), "jingshi-manifest"), &site.path(MANIFEST));
    verify(&site).exits(0);
    let run = site.build().exits(0);
    assert!(!run.stderr.contains("manifest-unsigned") && site.has(SIGNATURE));
    verify(&site).exits(0);
}

#[test]
fn a_key_in_the_environment_signs_too() {
    let site = site(&config());
    site.variable("JINGSHI_KEY", &private_key(&site, site_key()));
    site.build().exits(0);
    verify(&site).exits(0).says("清单的签名有效");
}

#[test]
fn a_signature_made_elsewhere_is_handed_in() {
    let site = site(&config());
    site.build().exits(0);
    let copy = site.outside().join("manifest.json");
    fs::copy(site.path(MANIFEST), &copy).unwrap();
    let signature = ssh_sign(&site, (site_key(), "jingshi-manifest"), &copy);
    let signature = signature.to_str().unwrap();
    site.run(&["build", "--signature", signature]).exits(0);
    assert_eq!(site.bytes(SIGNATURE), fs::read(signature).unwrap());
    verify(&site).exits(0);
    let before = site.tree();
    let refused = |run: Run| {
        run.exits(3).says("manifest-signature").says("未改动");
        assert_eq!(site.tree(), before);
    };
    let foreign = ssh_sign(&site, (&keys()[0], "jingshi-manifest"), &copy);
    refused(site.run(&["build", "--signature", foreign.to_str().unwrap()]));
    fs::write(&foreign, "不是签名").unwrap();
    refused(site.run(&["build", "--signature", foreign.to_str().unwrap()]));
    ssh_sign(&site, (site_key(), "jingshi-manifest"), &copy);
    grow(&site);
    refused(site.run(&["build", "--signature", signature]));
}

#[test]
fn only_the_key_of_the_site_signs() {
    let site = site(&config());
    build_with(&site, &keys()[0]).exits(3).says("不是一对").says("未改动");
    assert!(!site.has("public/index.html"));
    let inside = site.path("id_ed25519");
    fs::write(&inside, &site_key().private).unwrap();
    site.run(&["build", "--key", "id_ed25519"]).exits(2).says("不能放在网站文件夹里");
    site.run(&["build", "--key", "没有"]).exits(4);
    site.write("site.yaml", CONFIG);
    build_with(&site, site_key()).exits(2).says("没有登记网站公钥");
    site.write("site.yaml", format!("{CONFIG}网站公钥: abc\n"));
    site.build().exits(2).says("config-value").says("网站公钥");
}

#[test]
fn two_builds_with_a_key_have_the_same_bytes() {
    let (one, other) = (signed(), signed());
    assert_eq!(one.tree(), other.tree());
}

#[test]
fn the_ledger_of_the_site_is_compared() {
    let site = signed();
    let old = site.files("");
    grow(&site);
    verify(&site).exits(0).says("site-behind").says("少了台账最后 1 行");
    build_with(&site, site_key()).exits(0);
    let run = verify(&site).exits(0);
    assert!(!run.stderr.contains("site-behind"));
    // What is public rests on more than what is here.
    for (path, bytes) in old.into_iter().filter(|(path, _)| path.starts_with("content/")) {
        site.put(&path, bytes);
    }
    verify(&site).exits(3).says("ledger-rewound");
    site.run(&["verify", "public", "--key", &site_key().public]).exits(0);
}

#[test]
fn what_is_published_is_verified_and_signed() {
    let site = signed();
    let www = site.outside().join("www/fxjs");
    site.run(&["publish"]).exits(0).says("jingshi verify https://www.example.gov.cn/fxjs/");
    assert!(crate::site::files(&www) == site.files("public"));
    site.run(&["verify", "../www/fxjs"]).exits(0).says("清单的签名有效");
    // Somebody was there.
    fs::write(www.join("index.html"), "假的").unwrap();
    site.run(&["publish"]).exits(3).says("被改动：index.html").says("--all").says("但核对不通过");
    site.run(&["publish", "--all"]).exits(0);
    // Unsigned it goes out too, and no old signature stays; signed later, the signature alone is sent.
    grow(&site);
    site.build().exits(0);
    site.run(&["publish"]).exits(0).says("提醒[manifest-unsigned]");
    assert!(!www.join("manifest.json.sig").exists());
    build_with(&site, site_key()).exits(0);
    site.run(&["publish"]).exits(0);
    assert!(crate::site::files(&www) == site.files("public"));
    // A signature of somebody else goes nowhere.
    ssh_sign(&site, (&keys()[0], "jingshi-manifest"), &site.path(MANIFEST));
    site.run(&["publish"]).exits(3).says("manifest-signature").says("没有发布完");
}

#[test]
fn whatever_is_interrupted_no_signature_stands_beside_another_manifest() {
    let site = signed();
    let www = site.outside().join("www/fxjs");
    site.run(&["publish"]).exits(0);
    let key = private_key(&site, site_key());
    let interrupted = |words: &[&str], milliseconds: u64| {
        let mut child = site.command(words).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
    };
    for (step, milliseconds) in [10, 25, 45, 70].into_iter().enumerate() {
        let (id, day) = (format!("2024-{:03}", step + 2), format!("2024-06-0{}T09:00:00+08:00", step + 2));
        site.clock(&day).draft(&id, &notice(&id, &format!("水晶泥{step}"))).publish(&id);
        interrupted(&["build", "--key", &key], milliseconds);
        verify(&site).exits(0).says("清单的签名有效");
        build_with(&site, site_key()).exits(0);
        interrupted(&["publish"], milliseconds);
        let run = site.run(&["verify", "../www/fxjs"]);
        assert!(!run.stderr.contains("清单的签名无效"), "{}", run.report());
    }
    site.run(&["publish"]).exits(0);
    assert!(crate::site::files(&www) == site.files("public"));
}

#[test]
fn a_site_that_is_being_brought_there_says_so() {
    let site = signed();
    let mut manifest: serde_json::Value = serde_json::from_str(&site.read(MANIFEST)).unwrap();
    for entry in manifest["files"].as_object_mut().unwrap().values_mut() {
        *entry = serde_json::json!({ "sha256": "", "bytes": 0 });
    }
    site.write(MANIFEST, format!("{manifest:#}\n"));
    fs::remove_file(site.path(SIGNATURE)).unwrap();
    verify(&site).exits(3).says("正在发布，或上次发布没有完成");
}
