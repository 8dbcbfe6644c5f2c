//! Connections by the thousand: an honest browser is answered all the while, memory and files stay within bounds.

use crate::preview::{LARGE, Preview, status};
use rustix::process::{Resource, getrlimit, setrlimit};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

const CROWD: usize = 1_000;

/// Lets this test open as many connections as it needs.
fn raise_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum.map_or(Some(4_096), |most| Some(most.min(4_096)));
    setrlimit(Resource::Nofile, limit).unwrap();
}

/// Connections that say so much and wait.
fn crowd(preview: &Preview, said: &[u8]) -> Vec<TcpStream> {
    let connect = |_| {
        let mut stream = preview.connect();
        // It may have given way already.
        let _ = stream.write_all(said);
        stream
    };
    (0..CROWD).map(connect).collect()
}

fn besieged(preview: &Preview, most_files: usize) {
    let (before, _) = preview.used();
    let partial = preview.request("/", &[]);
    for said in [&b"G"[..], b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nA: b", &partial.as_bytes()[..partial.len() - 1]]
    {
        let held = crowd(preview, said);
        for _ in 0..3 {
            preview.is_alive();
        }
        let (after, files) = preview.used();
        assert!(files <= most_files, "{files} files");
        assert!(after < before + 100, "{before} MB became {after} MB");
        drop(held);
    }
    preview.is_alive();
}

#[test]
fn a_thousand_that_say_nothing_keep_nobody_out() {
    raise_limit();
    besieged(&Preview::start(&[]), 512 + 64);
}

#[test]
fn nor_do_they_where_few_files_may_be_open() {
    raise_limit();
    besieged(&Preview::start(&["--nofile=256:256"]), 256);
}

#[test]
fn a_thousand_honest_ones_are_all_answered() {
    raise_limit();
    let preview = Preview::start(&[]);
    let request = preview.request("/", &[]).replace("Connection: close\r\n", "");
    let held = crowd(&preview, request.as_bytes());
    for mut stream in held {
        let mut first = [0; 15];
        stream.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
    }
    preview.is_alive();
}

#[test]
fn those_who_ask_and_never_read_cost_nothing() {
    raise_limit();
    let preview = Preview::start(&[]);
    let (before, _) = preview.used();
    let large = preview.request("/n/2024-001/%E5%9B%BE.png", &[]);
    let whole = preview.answer(&large);
    assert!(status(&whole) == 200 && whole.len() > LARGE, "{}", whole.len());
    let held = crowd(&preview, large.as_bytes());
    let listening = crowd(&preview, preview.request("/_jingshi/events", &[]).as_bytes());
    for _ in 0..3 {
        preview.is_alive();
    }
    let (after, files) = preview.used();
    // Each would be five megabytes, were they not shared.
    assert!(after < before + 150, "{before} MB became {after} MB");
    assert!(files <= 512 + 64, "{files} files");
    drop((held, listening));
    preview.is_alive();
}
