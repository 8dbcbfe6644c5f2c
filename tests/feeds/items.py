"""The items of feeds as feedparser reads them: paths in, one a line; JSON out, a list of items for each path.

Run by tests/cli/feed/parsers. Nothing is repaired, left out or resolved: what feedparser would mend must not be there.
"""

import calendar
import json
import sys

import feedparser

feedparser.SANITIZE_HTML = False
feedparser.RESOLVE_RELATIVE_URIS = False


def item(entry):
    enclosure = next(iter(entry.get("enclosures", [])), None)
    whole = [content.value for content in entry.get("content", []) if content.type == "text/html" and "src" not in content]
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "published": calendar.timegm(entry.published_parsed),
        "summary": entry.summary,
        "content": next(iter(whole), ""),
        "terms": [tag.term for tag in entry.get("tags", [])],
        "author": entry.author,
        "enclosure": enclosure and [enclosure.href, enclosure.get("length", ""), enclosure.type],
    }


def read(path):
    # Bytes, not a path: feedparser would take what it does not find for an address or a text.
    with open(path, "rb") as file:
        feed = feedparser.parse(file.read())
    if feed.bozo:
        raise SystemExit(f"{path}: {feed.bozo_exception}")
    return [item(entry) for entry in feed.entries]


json.dump([read(path.rstrip("\n")) for path in sys.stdin], sys.stdout)
