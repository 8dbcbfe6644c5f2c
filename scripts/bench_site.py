"""A large site to measure with: the notices of tests/fixtures/corpus, renumbered, and signed by the program itself.

Used by scripts/bench-check and scripts/bench-search.
"""

import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOW = ["--now", "2026-06-01T09:00:00+08:00"]


def release_program() -> str:
    """Builds the program as users have it."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return str(target / "release" / "jingshi")


def as_written(notices: int):
    """The texts of the corpus again and again, each with its own number."""
    texts = [path.read_text() for path in sorted((ROOT / "tests/fixtures/corpus").glob("*.md"))]
    for number in range(notices):
        name = f"B{number:06}"
        yield name, re.sub(r"^(id|编号): .*$", rf"\1: {name}", texts[number % len(texts)], count=1, flags=re.M)


def recombined(notices: int):
    """Notices no two of which are alike: what repeats compresses far better than real texts do.

    Front matter of one text, then paragraphs of several, and products with random makers, brands and models.
    """
    chance = random.Random(41)
    parts = [text.split("\n---\n", 1) for _, text in as_written(len(list((ROOT / "tests/fixtures/corpus").glob("*.md"))))]
    # Footnotes would lose their other half.
    bodies = [re.sub(r"\[\^[^\]]*\](:.*)?", "", body) for _, body in parts]
    blocks = [block for body in bodies for block in body.strip().split("\n\n") if block.strip()]
    signs = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFE)]
    word = lambda least, most: "".join(chance.choices(signs, k=chance.randint(least, most)))
    for number in range(notices):
        name = f"B{number:06}"
        head = re.sub(r"^(id|编号): .*$", rf"\1: {name}", chance.choice(parts)[0], count=1, flags=re.M)
        head = re.sub(r"\n(?:products|产品):\n(?:[ -].*\n?)+", "\n", head + "\n").rstrip("\n")
        products = "".join(
            f"  - name: 样品{word(2, 3)}\n    brand: {word(2, 3)}\n    model: {chance.choice('ABCDXZ')}{chance.randint(1, 999)}"
            f"-{chance.randint(1, 99)}\n    maker: {word(2, 4)}公司（示例）\n"
            for _ in range(chance.randint(1, 3))
        )
        body = "\n\n".join(chance.sample(blocks, k=chance.randint(14, 30)))
        yield name, f"{head}\nproducts:\n{products}---\n本文为测量而编（示例）。\n\n{body}\n"


def prepare(program: str, site: pathlib.Path, notices) -> None:
    """A site with these live notices. What the rules of the check think of them is of no concern here."""
    run([program, "init", str(site)])
    for name, text in notices:
        draft = site / "content/drafts" / name
        draft.mkdir(parents=True)
        (draft / "index.md").write_text(text)
    for person, stage in zip("甲乙丙", ["初审", "复审", "终审"]):
        run([program, "--site", str(site), *NOW, "review", "sign", "--stage", stage, "--by", person, "content/drafts"])


def run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stderr[-4000:]}")
