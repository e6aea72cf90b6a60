"""Figures as the document prints them, with their operators."""

from typing import Literal

from ntmtrack.i18n import _, number
from ntmtrack.shares import decimals
from ntmtrack.targets import Target

Field = Literal["added", "cumulative"]
COUNT_FIELDS: tuple[Field, ...] = ("added", "cumulative")
ONE_SIDED = (">=", ">", "<=")
GOAL_STEP = 5  # a per cent such as 70 or 65 is set first, and a count taken from it


def printed(target: Target, field: Field) -> tuple[int | None, int | None]:
    """The two ends of a count as printed; the second is there for a range only."""
    if field == "added":
        return target.added, target.added_high
    return target.cumulative, target.cumulative_high


def operator_of(target: Target, *fields: Field | Literal["percent"]) -> str:
    """The operator of these figures: a lone number is exact where only another figure beside it is a range."""
    ends = {"added": target.added_high, "cumulative": target.cumulative_high, "percent": target.percent_high}
    alone = all(ends[field] is None for field in fields)
    return "=" if target.operator == "range" and alone else target.operator


def is_goal(target: Target) -> bool:
    """Whether the per cent was plainly set before the count: "70%", not "70,69%" nor a result."""
    whole = target.percent is not None and not decimals(target.percent) and int(target.percent) % GOAL_STEP == 0
    return whole and target.nature == "target"


def amount(target: Target, field: Field) -> str:
    """The count as printed, with its operator: "40", "2–3", "≥ 3", "about 39"."""
    ends = printed(target, field)
    return with_operator("–".join(number(end) for end in ends if end is not None), target.operator)


def percent_text(target: Target) -> str:
    """The per cent as printed, with its operator: "≥ 80%"."""
    ends = "–".join(end for end in (target.percent, target.percent_high) if end)
    return with_operator(f"{ends}%", target.operator)


def with_operator(text: str, operator: str) -> str:
    """The text with the sign or word of its operator."""
    if operator == "about":
        return _("about {number}").format(number=text)
    sign = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}.get(operator, "")
    return sign + text
