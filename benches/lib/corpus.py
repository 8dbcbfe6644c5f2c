"""Notices to measure with: recombined from the 200 texts of tests/fixtures/corpus, full front matter, no two alike.

In: a number and how many there are. Out: a `Notice`, the same for the same two numbers, whatever was made before it.
Of the subject of one text each: its kind, category, hazards, actions and paragraphs; what is missing comes from the others.
"""

import csv
import datetime
import random
import re
from dataclasses import dataclass, field

from lib.paths import ROOT
from lib.pictures import png

FIRST, LAST = datetime.date(2016, 1, 4), datetime.date(2026, 5, 29)
BODY = (600, 1500)
DEFECTS = ["外壳阻燃", "标志和说明", "结构强度", "尺寸偏差", "机械强度", "耐热性能", "有害物质限量", "防护性能", "稳定性",
           "耐久性"]
AUDIENCE = ["儿童", "老年人", "孕产妇", "所有消费者"]
LEVELS = ["高风险", "较高风险", "一般风险", "低风险"]
SOURCES = ["生产者销售者报告", "消费者投诉举报", "日常监管发现", "政府部门社会组织通报", "检验检测机构检测",
           "网络媒体报道"]
MEASURES = ["发布警示提示", "发放告知书", "约谈", "通报行业主管部门", "责令召回", "下架", "监督抽查"]
SHOPS = ["网络店铺（示例）", "商场（示例）", "批发市场（示例）", "社区小店（示例）"]
HEADINGS = ["为什么危险", "怎样自查", "选购提示", "正确使用", "出了事怎么办", "维权途径", "请家里人也看一看",
            "处置情况"]


@dataclass
class Subject:
    """What the texts of one category say."""

    category: str
    hazards: set = field(default_factory=set)
    actions: set = field(default_factory=set)
    blocks: list = field(default_factory=list)


@dataclass
class Notice:
    """A notice without sign-offs."""

    number: int
    id: str
    title: str
    released: datetime.datetime
    values: dict
    body: str
    files: dict

    def text(self) -> str:
        """`index.md` without sign-offs: front matter and body."""
        return f"---\n{front_matter(self.values)}---\n{self.body}"


class Corpus:
    """All notices of a site of this many."""

    def __init__(self, total: int):
        self.total = total
        texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/fixtures/corpus").glob("*.md"))]
        subjects: dict[str, Subject] = {}
        for head, body in (text.split("\n---\n", 1) for text in texts):
            read(head, body, subjects)
        self.subjects = [subjects[name] for name in sorted(subjects)]
        self.blocks = [block for subject in self.subjects for block in subject.blocks]
        with open(ROOT / "src/standards/standards.csv", encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if not row["replaced_by"]]
        self.standards = [(row["number"], row["in_force"]) for row in rows]
        # The characters of the first level, from which words are made that stand in no text.
        self.signs = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFE)]
        self.workdays = [day for day in days(FIRST, LAST) if day.weekday() < 5]

    def released(self, number: int) -> datetime.datetime:
        """Spread evenly over the hours of work from first to last; those after the total follow on the day after."""
        if number >= self.total:
            return datetime.datetime(2026, 6, 1, 9) + datetime.timedelta(minutes=number - self.total)
        day, part = divmod(number * len(self.workdays), self.total)
        seconds = 8 * 3600 * part // self.total
        return datetime.datetime.combine(self.workdays[day], datetime.time(9)) + datetime.timedelta(seconds=seconds)

    def id(self, number: int) -> str:
        return f"{self.released(number).year}-{number + 1:06}"

    def notice(self, number: int) -> Notice:
        """The notice of this number, from 0."""
        chance = random.Random(f"notice {number}")
        subject = chance.choice(self.subjects)
        batches = chance.randint(10, 60)
        failed = chance.randint(1, batches // 2)
        counts = split(chance, failed)
        values = self.values(chance, number, subject, (batches, failed))
        files = {}
        if number % 3 == 0:
            files["picture.png"] = png(number, chance.randint(5_000, 30_000))
            values["image"] = {"file": "picture.png", "alt": f"{subject.category}外观示意，左侧合格，右侧缺少防护结构"}
        body = self.body(chance, subject, (batches, failed, counts), number % 9 == 0)
        return Notice(number, values["id"], values["title"], self.released(number), values, body, files)

    def values(self, chance: random.Random, number: int, subject: Subject, sampling: tuple) -> dict:
        """The front matter in the order in which `new` writes it."""
        batches, failed = sampling
        warning = chance.random() < 0.6
        released = self.released(number)
        brand = f"品牌{self.word(chance, 2, 3)}"
        title = (f"{brand}等{batches}批次{subject.category}{failed}批次不合格（示例）" if warning
                 else f"选用{subject.category}，先看清{chance.choice(DEFECTS)}和{self.word(chance, 2, 3)}标志（示例）")
        values = {"id": self.id(number), "kind": "风险警示" if warning else "消费提示", "title": title}
        values["summary"] = (f"示例数据：抽样{subject.category}{batches}批次，{failed}批次不合格。"
                             "请按文中办法自查，发现同型号产品立即停用。")
        if warning:
            values["risk_level"] = chance.choice(LEVELS)
        values["category"] = subject.category
        values["audience"] = pick(chance, AUDIENCE, 1, 2)
        values["hazards"] = pick(chance, sorted(subject.hazards), 1, 3)
        values["products"] = [self.product(chance, subject, brand if first == 0 else f"品牌{self.word(chance, 2, 3)}")
                              for first in range(chance.randint(1, 3))]
        values["sampling"] = {"batches": batches, "failed": failed}
        values["monitored_on"] = (released - datetime.timedelta(days=chance.randint(7, 60))).date().isoformat()
        values["actions"] = pick(chance, sorted(subject.actions), 3, 5)
        in_force = [number for number, since in self.standards if since <= released.date().isoformat()]
        values["standards"] = pick(chance, in_force, 1, 3)
        values["sources"] = pick(chance, SOURCES, 1, 2)
        values["measures"] = pick(chance, MEASURES, 1, 4)
        if number and number % 4 == 0:
            values["related"] = [self.id(chance.randrange(number))]
        values["review_by"] = (released + datetime.timedelta(days=730)).date().isoformat()
        return values

    def word(self, chance: random.Random, least: int, most: int) -> str:
        return "".join(chance.choices(self.signs, k=chance.randint(least, most)))

    def product(self, chance: random.Random, subject: Subject, brand: str) -> dict:
        return {
            "name": subject.category,
            "brand": brand,
            "model": f"{chance.choice('ABCDXZ')}{chance.randint(1, 999)}-{chance.randint(1, 99)}",
            "batch": f"C{chance.randint(10, 99)}-P{chance.randint(1, 9)}",
            "barcode": barcode(chance),
            "maker": f"{self.word(chance, 2, 4)}公司（示例）",
            "sold": chance.choice(SHOPS),
        }

    def body(self, chance: random.Random, subject: Subject, sampling: tuple, illustrated: bool) -> str:
        """Paragraphs, lists and at least one table: 600 to 1,500 characters."""
        batches, failed, counts = sampling
        rows = "\n".join(f"| {name} | {count} |" for name, count in counts)
        parts = [
            "> 本文为测量而编，数据均为示例数据，不是真实检测结果。",
            f"近期组织{subject.category}抽样检测，共抽样{batches}批次，检出不合格{failed}批次。",
            "## 监测情况（示例数据）",
            f"| 不合格项目 | 批次 |\n|---|---:|\n{rows}\n| 合计 | {failed} |",
        ]
        if illustrated:
            parts.append(f"![{subject.category}结构示意，箭头指向容易损坏的部位](picture.png)")
        wanted = chance.randint(BODY[0] + 50, BODY[1] - 50)
        length = sum(len(part) + 2 for part in parts)
        headings = iter(chance.sample(HEADINGS, k=len(HEADINGS)))
        own = chance.sample(subject.blocks, k=len(subject.blocks))
        section = 0
        while length < wanted:
            block = own.pop() if own and chance.random() < 0.7 else chance.choice(self.blocks)
            if section == 0 and (heading := next(headings, None)):
                parts.append(f"## {heading}")
                length += len(heading) + 5
                section = chance.randint(2, 4)
            if length + len(block) < BODY[1] - 20 and block not in parts:
                parts.append(block)
                length += len(block) + 2
                section = max(0, section - 1)
        return "\n\n".join(parts) + "\n"


def read(head: str, body: str, subjects: dict) -> None:
    """Adds what a text says to what is known of its category."""
    value = lambda keys: (re.search(rf"^(?:{keys}): (.*)$", head, re.M) or [None, ""])[1]
    category = value("category|产品类别")
    if not category:
        return
    subject = subjects.setdefault(category, Subject(category))
    subject.hazards.update(value("hazards|危害").strip("[]").split(", "))
    actions = re.search(r"^(?:actions|应对措施):\n((?:  - .*\n)+)", head + "\n", re.M)
    subject.actions.update(line[4:] for line in (actions[1] if actions else "").splitlines())
    # Footnotes would lose their other half.
    body = re.sub(r"\[\^[^\]]*\](:.*)?", "", body)
    blocks = (block.strip() for block in body.split("\n\n"))
    subject.blocks += [block for block in blocks if block and not block.startswith(("#", ">"))]


def split(chance: random.Random, failed: int) -> list:
    """How many batches failed at what; together as many as failed."""
    kinds = chance.sample(DEFECTS, k=min(failed, chance.randint(2, 6)))
    cuts = sorted(chance.sample(range(1, failed), k=len(kinds) - 1))
    return list(zip(kinds, (end - start for start, end in zip([0, *cuts], [*cuts, failed]))))


def barcode(chance: random.Random) -> str:
    """Of the numbers that no maker has, with its check digit."""
    digits = [2] + [chance.randrange(10) for _ in range(11)]
    check = -sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return "".join(map(str, [*digits, check]))


def pick(chance: random.Random, words: list, least: int, most: int) -> list:
    return chance.sample(words, k=min(len(words), chance.randint(least, most)))


def days(first: datetime.date, last: datetime.date):
    return (first + datetime.timedelta(days=day) for day in range((last - first).days + 1))


def front_matter(values: dict) -> str:
    """YAML as people here write it: short lists in one line, long ones and maps in several."""
    lines = []
    for key, value in values.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {name}: {scalar(part)}" for name, part in value.items())]
        elif isinstance(value, list) and (key in ("actions", "standards") or isinstance(value[0], dict)):
            lines.append(f"{key}:")
            for entry in value:
                parts = [f"{name}: {scalar(part)}" for name, part in entry.items()] if isinstance(entry, dict) else [entry]
                lines += [f"  {'-' if place == 0 else ' '} {part}" for place, part in enumerate(parts)]
        else:
            lines.append(f"{key}: [{', '.join(value)}]" if isinstance(value, list) else f"{key}: {scalar(value)}")
    return "\n".join(lines) + "\n"


def scalar(value) -> str:
    return f'"{value}"' if isinstance(value, str) and value.isdigit() else str(value)
