//! Requests that nobody on this machine's browser makes: refused one by one, and the next one is answered.

use crate::preview::{Preview, SECRET, status};

#[test]
fn no_way_leads_out_of_the_preview() {
    let preview = Preview::start(&[]);
    for target in [
        "/../site.yaml",
        "/..",
        "/./../site.yaml",
        "/n/../../site.yaml",
        "/%2e%2e/site.yaml",
        "/%2E%2E/site.yaml",
        "/%252e%252e/site.yaml",
        "/%252e%252e%252fsite.yaml",
        "/..%2fsite.yaml",
        "/..%252fsite.yaml",
        "/..%5csite.yaml",
        "/..\\site.yaml",
        "/%5c..%5csite.yaml",
        "/.%00./site.yaml",
        "/site.yaml%00.html",
        "/%00",
        "/index.html%00",
        "/..%c0%afsite.yaml",
        "/%c0%ae%c0%ae/site.yaml",
        "/%u002e%u002e/site.yaml",
        "/..;/site.yaml",
        "//etc/passwd",
        "///etc/passwd",
        "/%2fetc/passwd",
        "/%2f%2fetc/passwd",
        "//evil.example/",
        "//evil.example/%2e%2e",
        "/\\evil.example/",
        "/content/drafts/2024-001/index.md",
        "/site.yaml",
        "/.jingshi/",
        "/.git/config",
        "/file:///etc/passwd",
        "/~root/",
        "/n/2024-001/../../../site.yaml",
        "/proc/self/environ",
        "/C:/Windows/win.ini",
        "/\u{ff0e}\u{ff0e}/site.yaml",
        "/%0d%0aSet-Cookie:%20a=b",
        "/_jingshi/../../site.yaml",
        "/_jingshi/",
        "/?../site.yaml&file=/etc/passwd/",
    ] {
        let answer = preview.answer(preview.request(target, &[]));
        let allowed: &[u16] = if target.starts_with("/?") { &[200] } else { &[400, 404] };
        assert!(allowed.contains(&status(&answer)), "{target}: {answer}");
        for secret in ["base_url", "root:x:", "审签", "Set-Cookie: a"] {
            assert!(!answer.contains(secret), "{target}: {answer}");
        }
        assert!(!answer.to_lowercase().contains("\r\nlocation: //"), "{target}: {answer}");
    }
    // As a browser would normalise them, or as text without a path.
    for target in ["../site.yaml", "site.yaml", "*", "", "http:/site.yaml", "file:///etc/passwd"] {
        let answer = preview.answer(preview.request(target, &[]));
        assert!(!answer.contains("base_url") && matches!(status(&answer), 0 | 400 | 403 | 404), "{target}: {answer}");
    }
    preview.is_alive();
}

#[test]
fn strangers_read_no_draft() {
    let preview = Preview::start(&[]);
    let port = preview.port;
    let honest = preview.answer(preview.request("/n/2024-001/", &[]));
    assert!(status(&honest) == 200 && honest.contains(SECRET), "{honest}");
    assert!(honest.contains("cross-origin-resource-policy: same-origin"), "{honest}");
    let named = |lines: &str| format!("GET /n/2024-001/ HTTP/1.1\r\n{lines}Connection: close\r\n\r\n");
    let evil = [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "127.1",
        "localhost.",
        "xn--localhost-",
    ];
    let mut refused: Vec<String> =
        evil.iter().flat_map(|host| [format!("Host: {host}\r\n"), format!("Host: {host}.:{port}\r\n")]).collect();
    refused.extend(
        evil.iter()
            .filter(|host| !["127.0.0.1", "localhost"].contains(host))
            .map(|host| format!("Host: {host}:{port}\r\n")),
    );
    refused.extend([
        format!("Host: localhost:{}\r\n", u32::from(port) + 1),
        format!("Host: localhost:{port}\r\nHost: evil.example\r\n"),
        format!("Host: evil.example\r\nHost: localhost:{port}\r\n"),
        format!("Host: localhost:{port}\r\nHost: localhost:{port}\r\n"),
        format!("Host: localhost:{port}, evil.example\r\n"),
        format!("Host: user@localhost:{port}\r\n"),
        format!("Host : localhost:{port}\r\n"),
        format!(" Host: localhost:{port}\r\n"),
        "Host:\r\n".to_owned(),
        String::new(),
    ]);
    // In order but for who sent them.
    let own = format!("Host: localhost:{port}\r\n");
    for line in [
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
        "Origin: https://evil.example",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script",
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: websocket\r\nSec-Fetch-Dest: websocket\r\nUpgrade: websocket\r\nConnection: Upgrade",
    ] {
        refused.push(format!("{own}{line}\r\n"));
    }
    for lines in &refused {
        for target in ["/n/2024-001/", "/_jingshi/events", "/search/head.js"] {
            let answer = preview.answer(named(lines).replace("/n/2024-001/", target));
            assert!(matches!(status(&answer), 400 | 403), "{lines:?} {target}: {answer}");
            assert!(!answer.contains(SECRET) && !answer.contains("磁力珠"), "{lines:?}: {answer}");
        }
    }
    // The whole address in the first line names who is meant.
    for (target, expected) in
        [(format!("http://evil.example:{port}/"), 403), (format!("http://localhost:{port}/"), 200)]
    {
        let answer = preview.answer(preview.request(&target, &[]));
        assert_eq!(status(&answer), expected, "{target}: {answer}");
    }
    preview.is_alive();
}

#[test]
fn what_is_no_reading_is_refused() {
    let preview = Preview::start(&[]);
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let second = preview.request("/n/2024-001/", &[]);
    for (first, expected) in [
        (format!("POST / HTTP/1.1\r\n{host}Content-Length: 5\r\n\r\nhello"), &[405][..]),
        (format!("PUT / HTTP/1.1\r\n{host}Content-Length: 0\r\n\r\n"), &[405]),
        (format!("DELETE /n/2024-001/ HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("TRACE / HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}\r\n"), &[400, 403, 405]),
        (format!("FETCH / HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("get / HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("GET / HTTP/1.1\r\n{host}Content-Length: 99999999999\r\n\r\n"), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}Content-Length: 6\r\nContent-Length: 7\r\n\r\n"), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), &[400]),
        (
            format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
            &[400],
        ),
        (format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding:\u{b}chunked\r\n\r\n0\r\n\r\n"), &[400]),
        (
            format!(
                "GET / HTTP/1.1\r\n{host}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x\r\n\r\n"
            ),
            &[400],
        ),
        (format!("GET / HTTP/1.1\r\n{host}A: b\r\n c\r\n\r\n"), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}A\u{0}: b\r\n\r\n"), &[400]),
        (format!("GET / HTTP/9.9\r\n{host}\r\n"), &[400, 505]),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), &[0, 400, 403, 505]),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}".to_owned(), &[0, 400]),
        ("GET /\r\n\r\n".to_owned(), &[0, 400]),
    ] {
        // What follows on the same connection is not taken for a request of its own.
        let answer = preview.answer(format!("{first}{second}"));
        assert!(expected.contains(&status(&answer)), "{first:?}: {answer}");
        assert!(!answer.contains(SECRET), "smuggled behind {first:?}: {answer}");
    }
    let head = preview.answer(preview.request("/n/2024-001/", &[]).replacen("GET", "HEAD", 1));
    assert!(status(&head) == 200 && head.ends_with("\r\n\r\n"), "{head}");
    for range in ["bytes=0-0", "bytes=99999999999-", "bytes=0-0,1-1,2-2", "x"] {
        let answer = preview.answer(preview.request("/n/2024-001/", &[&format!("Range: {range}")]));
        assert!(status(&answer) == 200 && answer.contains(SECRET), "{range}: {answer}");
    }
    preview.is_alive();
}

#[test]
fn what_is_huge_is_refused_early() {
    let preview = Preview::start(&[]);
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let megabyte = "a".repeat(1 << 20);
    let many: String = (0..10_000).map(|number| format!("A{number}: b\r\n")).collect();
    for request in [
        format!("GET /{megabyte} HTTP/1.1\r\n{host}\r\n"),
        format!("{megabyte} / HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}A: {megabyte}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{megabyte}: a\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{many}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Cookie: {}\r\n\r\n", "a=b; ".repeat(20_000)),
        megabyte.repeat(20),
    ] {
        let answer = preview.answer(&request);
        assert!(matches!(status(&answer), 0 | 400 | 414 | 431), "{}: {answer}", &request[..40]);
    }
    preview.is_alive();
    let (megabytes, _) = preview.used();
    assert!(megabytes < 300, "{megabytes} MB");
}
