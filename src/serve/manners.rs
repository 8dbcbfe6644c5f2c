//! Which requests are answered at all: those by which a browser on this machine reads a page of the preview.
//!
//! In: a request. Out: why it is refused, if it is. A page of another site must not read a draft: not under a name of its own
//! that leads here (DNS rebinding), not as a script, frame or picture, not by a request across sites.

use axum::http::{HeaderMap, Method, Request, StatusCode, Version, header};

/// The names under which the preview is reached.
const NAMES: [&str; 2] = ["127.0.0.1", "localhost"];

/// Why a request is not answered; none where it is.
pub(super) fn refusal<B>(request: &Request<B>, port: u16) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    if request.version() > Version::HTTP_11 {
        Some((StatusCode::HTTP_VERSION_NOT_SUPPORTED, "只用 HTTP/1.1"))
    } else if !is_for_us(request, port) {
        Some((StatusCode::FORBIDDEN, "只回答 127.0.0.1 和 localhost"))
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        Some((StatusCode::METHOD_NOT_ALLOWED, "只能读取"))
    } else if has_body(headers) {
        Some((StatusCode::BAD_REQUEST, "请求不能带正文"))
    } else if !is_own_page(headers, port) {
        Some((StatusCode::FORBIDDEN, "不给别的网站"))
    } else {
        None
    }
}

/// Whether the one name that a request gives is ours. Without a name, or under two, nobody asks.
fn is_for_us<B>(request: &Request<B>, port: u16) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let written = request.uri().authority().map(|authority| authority.as_str().as_bytes());
    is_own(host.as_bytes(), port) && written.is_none_or(|written| is_own(written, port))
}

/// Whether this is `127.0.0.1:8414` or `localhost:8414`.
fn is_own(host: &[u8], port: u16) -> bool {
    let has_name = |name: &&str| {
        let whole = format!("{name}:{port}");
        host.eq_ignore_ascii_case(whole.as_bytes()) || (port == 80 && host.eq_ignore_ascii_case(name.as_bytes()))
    };
    NAMES.iter().any(|name| has_name(name))
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0");
    length || headers.contains_key(header::TRANSFER_ENCODING) || headers.contains_key(header::UPGRADE)
}

/// Whether a page of ours asks, or a person who typed an address or followed a link. Programs do not say; browsers do.
fn is_own_page(headers: &HeaderMap, port: u16) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.as_bytes());
    let origin =
        said("origin").is_none_or(|origin| origin.strip_prefix(b"http://").is_some_and(|host| is_own(host, port)));
    let is_visit = said("sec-fetch-mode") == Some(b"navigate") && said("sec-fetch-dest") == Some(b"document");
    let site = matches!(said("sec-fetch-site"), None | Some(b"same-origin" | b"none")) || is_visit;
    origin && site
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(lines: &[(&'static str, &str)]) -> Option<StatusCode> {
        let named = lines.iter().any(|(name, _)| *name == "host");
        let host: &[(&str, &str)] = if named { &[] } else { &[("host", "127.0.0.1:8414")] };
        let mut request = Request::builder().uri("/");
        for (name, value) in host.iter().chain(lines) {
            request = request.header(*name, *value);
        }
        refusal(&request.body(()).unwrap(), 8414).map(|(status, _)| status)
    }

    #[test]
    fn only_our_own_names_are_answered() {
        for host in ["127.0.0.1:8414", "localhost:8414", "LOCALHOST:8414"] {
            assert_eq!(asked(&[("host", host)]), None, "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8414",
            "127.0.0.1.evil.example:8414",
            "localhost.evil.example:8414",
            "localhost.:8414",
            "127.0.0.1.:8414",
            "localhost",
            "localhost:8415",
            "localhost:08414",
            "localhost:8414 ",
            "[::1]:8414",
            "[::ffff:127.0.0.1]:8414",
            "0.0.0.0:8414",
            "127.1:8414",
            "2130706433:8414",
            "user@localhost:8414",
            "localhost:8414,evil.example",
            "localhost:8414:8414",
            "127.0.0.2:8414",
        ] {
            assert_eq!(asked(&[("host", host)]), Some(StatusCode::FORBIDDEN), "{host}");
        }
        let twice = [("host", "localhost:8414"), ("host", "localhost:8414")];
        assert_eq!(asked(&twice), Some(StatusCode::FORBIDDEN));
        let request = Request::builder().uri("/").body(()).unwrap();
        assert_eq!(refusal(&request, 8414).map(|(status, _)| status), Some(StatusCode::FORBIDDEN), "no name");
        for (uri, expected) in [("http://evil.example/", Some(StatusCode::FORBIDDEN)), ("http://localhost:8414/", None)]
        {
            let request = Request::builder().uri(uri).header("host", "localhost:8414").body(()).unwrap();
            assert_eq!(refusal(&request, 8414).map(|(status, _)| status), expected, "{uri}");
        }
    }

    #[test]
    fn pages_of_other_sites_get_nothing() {
        for site in ["cross-site", "same-site", "x"] {
            assert_eq!(
                asked(&[("sec-fetch-site", site), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")]),
                Some(StatusCode::FORBIDDEN)
            );
            assert_eq!(
                asked(&[("sec-fetch-site", site), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")]),
                Some(StatusCode::FORBIDDEN)
            );
        }
        for origin in
            ["http://evil.example", "null", "http://localhost:8415", "https://localhost:8414", "http://localhost"]
        {
            assert_eq!(asked(&[("origin", origin)]), Some(StatusCode::FORBIDDEN), "{origin}");
        }
        assert_eq!(asked(&[("origin", "http://localhost:8414"), ("sec-fetch-site", "same-origin")]), None);
        assert_eq!(
            asked(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]),
            None,
            "a link that was followed"
        );
    }

    #[test]
    fn what_has_a_body_is_no_reading() {
        for line in [("content-length", "5"), ("transfer-encoding", "chunked"), ("upgrade", "websocket")] {
            assert_eq!(asked(&[line]), Some(StatusCode::BAD_REQUEST), "{line:?}");
        }
        assert_eq!(asked(&[("content-length", "0")]), None);
    }
}
