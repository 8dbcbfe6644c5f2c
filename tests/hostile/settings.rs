//! What is not content: `site.yaml`, themes, keys, signatures, a manifest that is read back.

use crate::case::{Case, case, run};
use crate::samples::{CONFIG, notice};
use crate::site::Site;

fn config(name: &'static str, bytes: impl Fn() -> Vec<u8> + 'static, expected: &'static str) -> Case {
    case(name, move |site| site.put("site.yaml", bytes())).on_site(expected)
}

fn template(name: &'static str, text: impl Fn() -> String + 'static, expected: &'static str) -> Case {
    case(name, move |site| site.put("themes/default/templates/home.html", text())).run(&["build"], expected)
}

fn built(name: &'static str, change: impl Fn(&Site) + 'static, expected: &'static str) -> Case {
    let make = move |site: &Site| {
        site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
        change(site);
    };
    case(name, make).run(&["build"], expected)
}

#[test]
fn site_yaml() {
    run(vec![
        config("a site.yaml of zeros", || vec![0; 1 << 20], "2"),
        config("a site.yaml that is no text", || vec![0xff; 1 << 20], "2 config-value"),
        config("a site.yaml of laughs", || format!("{CONFIG}a: &a [x]\nb: [*a, *a]\n").into_bytes(), "2 yaml-alias"),
        config("a deep site.yaml", || format!("{CONFIG}a: {}\n", "[".repeat(10_000)).into_bytes(), "2 yaml-syntax"),
        config(
            "a site.yaml of unknown keys",
            || {
                format!("{CONFIG}{}", (0..60_000).map(|index| format!("titel{index}: a\n")).collect::<String>())
                    .into_bytes()
            },
            "2 yaml-limit",
        ),
        config("a long site.yaml", || format!("{CONFIG}{}", "a: a\n".repeat(2_000_000)).into_bytes(), "2"),
        config(
            "a site.yaml of reviewers",
            || {
                format!(
                    "{CONFIG}{}",
                    (0..20_000)
                        .map(|index| format!("    - name: 甲{index}\n      stages: [初审]\n"))
                        .collect::<String>()
                )
                .into_bytes()
            },
            "2",
        ),
        config("orders for the terminal", || CONFIG.replace("示例门户", "\u{1b}[2J\u{202e}").into_bytes(), "2"),
    ]);
}

#[test]
fn themes() {
    run(vec![
        template(
            "blocks in blocks of a template",
            || format!("{}{}", "{% if page %}".repeat(10_000), "{% endif %}".repeat(10_000)),
            "2",
        ),
        template(
            "parentheses in a template",
            || format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000)),
            "2",
        ),
        template("lists in lists", || format!("{{% set a = {}{} %}}", "[".repeat(10_000), "]".repeat(10_000)), "2"),
        template("not not not", || format!("{{{{ {}1 }}}}", "not ".repeat(10_000)), "2"),
        template("sums", || format!("{{{{ 1{} }}}}", "+1".repeat(100_000)), "2 theme-template"),
        template("filters", || format!("{{{{ 1{} }}}}", "|upper".repeat(100_000)), "2"),
        template("a template in itself", || "{% include \"home.html\" %}".to_owned(), "2"),
        template("a template on itself", || "{% extends \"home.html\" %}".to_owned(), "2"),
        template(
            "a loop without end",
            || {
                "{% for a in range(end=100000000) %}{% for b in range(end=100000000) %}x{% endfor %}{% endfor %}"
                    .to_owned()
            },
            "2",
        ),
        template("a template of zeros", || "\0".repeat(1 << 20), "0"),
        case("a template that is no text", |site| site.put("themes/default/templates/home.html", vec![0xff; 1 << 20]))
            .run(&["build"], "2"),
        case("a style of fifty megabytes", |site| site.put("themes/default/static/a.css", vec![b'a'; 49 << 20]))
            .run(&["build"], "0")
            .heavy(),
    ]);
}

#[test]
fn what_the_program_reads_back() {
    const MANIFEST: &str = "public/manifest.json";
    let files = || {
        (0..100_000).map(|index| format!("\"a{index}\":{{\"sha256\":\"\",\"bytes\":0}}")).collect::<Vec<_>>().join(",")
    };
    let manifest = move || {
        format!(
            "{{\"format\":\"jingshi-manifest-v1\",\"ledger\":{{\"rows\":0,\"hash\":\"{}\"}},\"files\":{{{}}}}}",
            "0".repeat(64),
            files()
        )
    };
    run(vec![
        built("a manifest of brackets", |site| site.put(MANIFEST, "[".repeat(1_000_000)), "2 output-foreign")
            .run(&["verify"], "3 manifest-broken"),
        built("a manifest of braces", |site| site.put(MANIFEST, "{\"a\":".repeat(1_000_000)), "2 output-foreign")
            .run(&["verify"], "3 manifest-broken"),
        built("a manifest of zeros", |site| site.put(MANIFEST, vec![0; 100 << 20]), "2 output-foreign")
            .run(&["verify"], "3 manifest-broken")
            .heavy(),
        built(
            "a manifest that leads out",
            |site| site.put(MANIFEST, site.read(MANIFEST).replacen("\"404.html\"", "\"../../404.html\"", 1)),
            "2 output-foreign",
        )
        .run(&["verify"], "3 manifest-broken"),
        built("a manifest of many files", move |site| site.put(MANIFEST, manifest()), "0"),
        built("a signature of zeros", |site| site.put("public/manifest.json.sig", vec![0; 100 << 20]), "0")
            .run(&["verify"], "0")
            .heavy(),
    ]);
}

#[test]
fn keys_and_signatures() {
    const FORM: &str = "3 review-signature";
    let key = |name, bytes: fn() -> Vec<u8>, signature: &'static str| {
        let make = move |site: &Site| site.draft("2024-002", &notice("2024-002", "水晶泥")).put("../钥匙", bytes());
        case(name, make)
            .run(&["review", "sign", "--stage", "初审", "--by", "初审员", "--key", "../钥匙", "2024-002"], "2 usage")
            .run(
                &[
                    "review",
                    "sign",
                    "--stage",
                    "初审",
                    "--by",
                    "初审员",
                    "--at",
                    "2024-05-01T09:00:00+08:00",
                    "--signature",
                    "../钥匙",
                    "2024-002",
                ],
                signature,
            )
            .run(&["verify", "--key", "../钥匙", "."], "2 usage")
            .run(&["build", "--key", "../钥匙"], "2 usage")
    };
    run(vec![
        key("a key of nothing", Vec::new, FORM),
        key("a key of zeros", || vec![0; 10 << 20], FORM),
        key("a key that is no text", || vec![0xff; 10 << 20], "2 usage"),
        key("a key of dashes", || b"-----BEGIN OPENSSH PRIVATE KEY-----\n".repeat(100_000), FORM),
        key(
            "a key without end",
            || [b"-----BEGIN OPENSSH PRIVATE KEY-----\n".as_slice(), &vec![b'A'; 10 << 20]].concat(),
            FORM,
        ),
        key(
            "a signature without end",
            || {
                [
                    b"-----BEGIN SSH SIGNATURE-----\n".as_slice(),
                    &b"AAAA\n".repeat(1_000_000),
                    b"-----END SSH SIGNATURE-----\n",
                ]
                .concat()
            },
            FORM,
        ),
        key("a public key without end", || [b"ssh-ed25519 ".as_slice(), &vec![b'A'; 10 << 20]].concat(), FORM),
    ]);
}
