use super::*;

fn known(key: &str) -> bool {
    matches!(key, "title" | "标题" | "audience" | "batch" | "file")
}

fn read_text(text: &str) -> Outcome<Option<Node>> {
    read(Source { file: "t.md", text, lines_before: 1 }, &known)
}

/// `code line:column message | hint`, one line each.
fn findings(text: &str) -> Vec<String> {
    read_text(text)
        .diagnostics
        .iter()
        .map(|found| {
            let at = found.place.as_ref().and_then(|place| place.at).unwrap_or(Position::START);
            format!("{} {}:{} {} | {}", found.code.id(), at.line, at.column, found.message, found.hints.join(" "))
        })
        .collect()
}

#[test]
fn what_people_type_is_named_and_rewritten() {
    let cases = [
        "title：磁力珠\n",
        "标题：　磁力珠\n",
        "title:　磁力珠\n",
        "title:\t磁力珠\n",
        "audience:\n－儿童\n",
        "audience:\n\t- 儿童\n",
        "audience:\n　　- 儿童\n",
        "audience: [儿童，老年人]\n",
        "title: 风险警示: 磁力珠\n",
        "title: [警示]磁力珠\n",
        "title: @磁力珠\n",
        "title: %磁力珠\n",
        "title: `磁力珠`\n",
        "title: *磁力珠*\n",
        "title: &甲 磁力珠\n",
        "title: 标题 #1\n",
        "image:\n  file：甲.png\n",
        "title: \"没有收尾\n",
        "audience: [儿童\n",
        "- 甲\n乙: 丙\n",
        "title: 甲\n  标题：乙\n",
        "title:\n  > 甲\n",
        "title: 甲\raudience: 乙\n",
    ];
    let listing: Vec<String> =
        cases.iter().map(|case| format!("{}\n    {}", case.escape_debug(), findings(case).join("\n    "))).collect();
    insta::assert_snapshot!(listing.join("\n"));
}

#[test]
fn ordinary_text_raises_nothing() {
    for text in [
        "title: 注意：磁力珠会被误吞\n",
        "actions:\n  - 立即停用：不要再给儿童玩\n",
        "summary: |\n  说明: 甲\n  [乙]丙 #丁\n  标题：戊\ntitle: 甲\n",
        "# 注释：说明\ntitle: 甲\n",
        "title: \"甲: 乙 #1\"\n",
        "title: 甲\n  > 乙\n  | 丙\n  @丁 *戊 注意：己\n",
        "actions:\n  - 甲\n    > 乙\n  - 丙\n",
        "\"title\": \"甲\n  > 乙\"\n",
        "title: '甲\n  > 乙\n  | 丙'\n",
        "title: '甲：乙'\n",
        "audience: [儿童, 老年人]\n",
        "audience: [\"甲，乙\"]\n",
        "audience: [\n  儿童,\n  老年人\n]\n",
        "url: https://example.gov.cn/a?b=1#c\n",
        "summary: \"第一行\n  第二行：甲 #1\"\ntitle: 乙\n",
    ] {
        assert_eq!(findings(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn scalars_stay_as_typed() {
    let node =
        read_text("a: 0123\nb: 1.10\nc: 0x1F\nd: 1e3\ne: 6901234567890\nf: yes\ng: ~\nh: .inf\ni: '01'\nj: -0\n")
            .value
            .unwrap();
    let Value::Map(entries) = node.value else { panic!("a map") };
    let texts: Vec<_> = entries.iter().map(|(_, node)| node.value.clone()).collect();
    let text = |typed: &str| Value::Text(typed.to_owned());
    assert_eq!(
        texts,
        [
            text("0123"),
            text("1.10"),
            text("0x1F"),
            text("1e3"),
            text("6901234567890"),
            text("yes"),
            Value::Null,
            text(".inf"),
            text("01"),
            text("-0")
        ]
    );
    assert_eq!(entries[4].1.at, Position::new(6, 4), "lines count from the beginning of the file");
}

#[test]
fn the_scan_lets_the_parser_go_on() {
    let outcome = read_text("title：甲: 乙\nbatch: 1\n");
    assert_eq!(outcome.diagnostics.len(), 2, "{:?}", outcome.diagnostics);
    assert!(outcome.value.is_some());
}

#[test]
fn what_the_parser_takes_apart_and_the_library_refuses_is_an_error() {
    for text in ["a: 甲\n--- \nb: 乙\n", "a: 'x\n---\ny'\n", "a: [*b]\n", "a: [&b 甲, *b]\n", "%YAML 1.2\n---\na: 甲\n"]
    {
        let outcome = read_text(text);
        assert!(outcome.value.is_none() || outcome.has_errors(), "{text}: {outcome:?}");
    }
    assert_eq!(findings("? [甲]\n: 乙\n").len(), 1);
}

#[test]
fn tags_and_anchors_change_nothing_in_what_was_typed() {
    let node = read_text("a: [!!int 甲, !b 乙, &c 丙, !!str 1]\n").value.unwrap();
    let Value::Map(entries) = node.value else { panic!("a map") };
    let Value::List(items) = &entries[0].1.value else { panic!("a list") };
    let texts: Vec<_> = items.iter().map(|item| item.value.clone()).collect();
    assert_eq!(texts, ["甲", "乙", "丙", "1"].map(|typed| Value::Text(typed.to_owned())));
}

#[test]
fn bombs_and_depth_are_bounded() {
    let deep = format!("a: {}\n", "[".repeat(10_000));
    assert!(read_text(&deep).has_errors());
    let deep = format!("a: {}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    assert!(read_text(&deep).has_errors());
    let bomb = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n";
    assert!(read_text(bomb).has_errors());
}
