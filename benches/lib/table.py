"""The table that is printed: what was measured, beside what is to be reached."""

from dataclasses import dataclass, field

from lib.measure import Cost


@dataclass
class Goal:
    """A figure, and the most that it may be."""

    what: str
    value: float
    limit: float
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.limit

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        word = "met" if self.met else "**not met**"
        return f"{self.what} {figure(self.value)}{unit}, at most {figure(self.limit)}: {word}"


@dataclass
class Row:
    """A line of the table."""

    what: str
    cost: Cost | None = None
    remarks: list[str] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    # Whether it shows that something is wrong, whatever the figures.
    broken: bool = False


def figure(value: float) -> str:
    """Three digits."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def markdown(rows: list[Row]) -> str:
    lines = ["| what | processor s | of it system | wall s | peak MB | remarks | targets |", "|---|--:|--:|--:|--:|---|---|"]
    for row in rows:
        cells = [row.what, *columns(row.cost), "; ".join(row.remarks), "; ".join(map(str, row.goals))]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def columns(cost: Cost | None) -> list[str]:
    if cost is None:
        return [""] * 4
    return [figure(cost.processor), figure(cost.system), figure(cost.wall), figure(cost.peak / 1e6)]
