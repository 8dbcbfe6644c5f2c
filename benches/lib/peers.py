"""The same notices as sites of Hugo and Zola: the same Markdown, the same terms, lists, RSS, sitemap.

In: the corpus, and the open data of the built site, which says the terms with their groups. Out: a folder that Hugo or Zola
builds. What they have no notion of is left out: versions, JSON, archived feeds, search, look-up, manifest, sign-offs.
"""

import json
import os
import pathlib
import re
import shutil
from dataclasses import dataclass

from lib.corpus import Corpus, Notice
from lib.paths import ROOT, run
from lib.signing import stamp

# Up to so many notices Zola makes lists of 20.
PAGINATED = 2000
TAXONOMIES = ["kinds", "levels", "categories", "audience", "hazards", "years"]


@dataclass
class Peer:
    """Another program, and how its site is made."""

    kind: str
    program: str
    # With one long list a term instead of lists of 20.
    has_long_lists: bool = False

    def build(self, site: pathlib.Path, output: pathlib.Path) -> list:
        """The command that builds a site into a folder that does not exist."""
        if self.kind == "hugo":
            return [self.program, "--quiet", "--noBuildLock", "--source", site, "--destination", output]
        return [self.program, "--root", site, "build", "--output-dir", output]


def found(total: int) -> dict[str, Peer]:
    """The other programs that are there, by name and version. HUGO and ZOLA name others than those on PATH, separated by
    colons.

    Zola describes all pages of a term anew for each of its lists of 20 (`PaginationRoot::Taxonomy` in its source), so what it
    takes grows with the square. It has long lists, which is the better for it, and lists of 20 only in small sites.
    """
    peers = {}
    for kind, ask in (("hugo", "version"), ("zola", "--version")):
        for path in filter(shutil.which, os.environ.get(kind.upper(), kind).split(":")):
            version = re.search(r"\d+\.\d+(\.\d+)?", run([path, ask]))
            name = f"{kind}-{version[0] if version else path}"
            if kind == "hugo" or total <= PAGINATED:
                peers[name] = Peer(kind, path)
            if kind == "zola":
                peers[f"{name}-long-lists"] = Peer(kind, path, True)
    return peers


def make(peer: Peer, corpus: Corpus, tree: pathlib.Path, site: pathlib.Path) -> None:
    """Writes the site that the program builds."""
    shutil.copytree(ROOT / "benches/peers" / peer.kind, site)
    if peer.has_long_lists:
        configuration = (site / "config.toml").read_text(encoding="utf-8")
        (site / "config.toml").write_text(configuration.replace("paginate_by = 20, ", ""), encoding="utf-8")
    (site / "static").mkdir()
    shutil.copy(ROOT / "themes/default/static/style.css", site / "static")
    content = site / "content/n"
    content.mkdir(parents=True)
    # Neither needs a page for the folder itself.
    if peer.kind == "zola":
        front = "+++\ntitle = \"n\"\nsort_by = \"date\"\ntransparent = true\nrender = false\n+++\n"
        (content / "_index.md").write_text(front, encoding="utf-8")
        (site / "content/_index.md").write_text("+++\nsort_by = \"date\"\n+++\n", encoding="utf-8")
    terms = published(tree)
    for number in range(corpus.total):
        notice = corpus.notice(number)
        folder = content / notice.id
        folder.mkdir()
        text = hugo(notice, terms[notice.id]) if peer.kind == "hugo" else zola(notice, terms[notice.id])
        (folder / "index.md").write_text(text, encoding="utf-8")
        for file, bytes_ in notice.files.items():
            (folder / file).write_bytes(bytes_)


def published(tree: pathlib.Path) -> dict[str, dict]:
    """The terms of every notice, as the built site says them."""
    names = lambda terms: [term["name"] for term in terms]
    terms = {}
    with open(tree / "data/notices.ndjson", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            level = record.get("riskLevel")
            terms[record["identifier"]] = dict(zip(TAXONOMIES, [
                [record["genre"]["name"]], [level["name"]] if level else [], names(record.get("categories", [])),
                names(record.get("audience", [])), names(record.get("hazards", [])), [record["datePublished"][:4]],
            ]))
    return terms


def parameters(notice: Notice) -> dict:
    """What is neither title, date, summary nor term."""
    values = {key: notice.values[key] for key in ("actions", "products", "sampling", "measures", "standards", "sources")}
    values |= {key: notice.values[key] for key in ("image", "related") if key in notice.values}
    return {"number": notice.id, "monitored": notice.values["monitored_on"]} | values


def hugo(notice: Notice, terms: dict) -> str:
    """JSON is YAML, too; each key on its own line, as people have it."""
    head = {"title": notice.title, "date": stamp(notice.released), "description": notice.values["summary"]}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in (head | terms | parameters(notice)).items()]
    return "---\n" + "\n".join(lines) + f"\n---\n{notice.body}"


def zola(notice: Notice, terms: dict) -> str:
    """TOML, with inline tables for products."""
    head = [f"title = {toml(notice.title)}", f"date = {stamp(notice.released)}", f"description = {toml(notice.values['summary'])}"]
    head += ["[taxonomies]", *(f"{key} = {toml(value)}" for key, value in terms.items())]
    head += ["[extra]", *(f"{key} = {toml(value)}" for key, value in parameters(notice).items())]
    return "+++\n" + "\n".join(head) + f"\n+++\n{notice.body}"


def toml(value) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
