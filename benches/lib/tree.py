"""Built trees: what is in them, and whether two are the same."""

import hashlib
import os
import pathlib
import re

# The signature of the manifest is made anew by every build.
SIGNATURE = "manifest.json.sig"
# What other generators make too. All else is this program's: versions, JSON, data, search, look-up, archives, the manifest.
PEERS = [
    ("pages of notices", re.compile(r"n/[^/]+/index\.html")),
    ("pictures", re.compile(r"n/[^/]+/[^/]+\.(png|jpe?g|gif|webp)")),
    ("feeds", re.compile(r"(?!archive/|.*/archive/|cap/)(.*/)?(feed\.xml|atom\.xml|feed\.json)")),
    ("lists", re.compile(r"(?!n/|search/|lookup/|data/|statistics/|ledger/)(.*/)?index\.html")),
    ("sitemap and assets", re.compile(r"sitemap.*\.xml|robots\.txt|404\.html|assets/.*")),
]


def files(tree: pathlib.Path):
    """Every file: its path below the tree, and its path."""
    for folder, _, names in os.walk(tree):
        for name in names:
            path = os.path.join(folder, name)
            yield os.path.relpath(path, tree).replace(os.sep, "/"), path


def weight(tree: pathlib.Path) -> tuple[int, int]:
    """Files and bytes."""
    sizes = [os.stat(path).st_size for _, path in files(tree)]
    return len(sizes), sum(sizes)


def shares(tree: pathlib.Path) -> dict[str, tuple[int, int]]:
    """Files and bytes of each kind."""
    shares = {name: (0, 0) for name, _ in PEERS} | {"what only this program makes": (0, 0)}
    for name, path in files(tree):
        kind = next((kind for kind, pattern in PEERS if pattern.fullmatch(name)), "what only this program makes")
        number, size = shares[kind]
        shares[kind] = (number + 1, size + os.stat(path).st_size)
    return shares


def digests(tree: pathlib.Path) -> dict[str, str]:
    """The SHA-256 of every file, read from the disk: a manifest may say what is not there."""
    return {name: hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
            for name, path in files(tree) if name != SIGNATURE}


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The paths that only one has, or that are not the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def verdict(found: list[str]) -> str:
    """In words."""
    return f"**{len(found)} differ**: {', '.join(found[:5])}" if found else "the same"
