"""What a plan asks for, in words: "≥ 87% (112)", "1–2", "khoảng 39"; and what its lines are called."""

from collections.abc import Sequence

from ntmtrack.days import show_day
from ntmtrack.i18n import _, number
from ntmtrack.model import Programme
from ntmtrack.progress.goals import Goal, Origin
from ntmtrack.reports.words import tier_label
from ntmtrack.targets import JOIN, LineKey, Target

_SIGNS = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "range": ""}
_GOAL_SIGNS = {">": "≥ ", "<": "≤ "}  # of whole units, more than 49 is at least 50


def share_words(share: str, key: LineKey, programme: Programme) -> str:
    """A base of per cents in words: "toàn bộ số xã", "số xã đạt chuẩn NTM"."""
    tier = tier_label(key.tier).lower()
    if share == "nested":
        return _("the {tier} at {level}").format(tier=tier, level=_below(key, programme))
    return {
        "all": _("all {tier}").format(tier=tier),
        "ntm": _("the {tier} at {level}").format(tier=tier, level=programme.levels[0].label),
        "registered": _("those registered"),
        "open": _("the base, the same however it is read"),
    }.get(share, share)


def _below(key: LineKey, programme: Programme) -> str:
    """The level just below that of a line."""
    ranks = [level.rank for level in programme.levels if level.key in key.measure.split(JOIN)]
    return programme.levels[max(min(ranks, default=2) - 2, 0)].label


def asked_for(target: Target, *, with_base: bool = True, with_added: bool = False) -> str:
    """What a figure prints, in one phrase; nothing where it is a sentence alone.

    What it adds is there where it prints nothing else, and beside that with `with_added`.
    """
    parts = [_ends(target.percent, target.percent_high, "%"), _count(target), _ends(target.value, target.value_high)]
    said = [part for part in parts if part]
    text = f"{said[0]} ({', '.join(said[1:])})" if len(said) > 1 else "".join(said)
    if target.value and target.counted_in:
        text += f" {target.counted_in}"
    if text:
        text = sign(target) + text
    if (more := _more(target)) and (with_added or not text):
        text = f"{text}; {more}" if text else more
    if with_base and target.base and target.percent and target.base not in (target.name or ""):
        text = _("{figure} of {base}").format(figure=text, base=target.base)
    return ", ".join(part for part in (text, _days(target)) if part)


def _days(target: Target) -> str:
    """“từ 01/07/2023 đến 30/10/2023”; nothing where no day is printed."""
    begins, due = (day and show_day(day.isoformat()) for day in (target.begins_on, target.due_on))
    if begins and due:
        return _("from {since} to {until}").format(since=begins, until=due)
    if begins:
        return _("from {since}").format(since=begins)
    return _("by {day}").format(day=due) if due else ""


def sign(target: Target) -> str:
    """The operator before a figure: "≥ ", "khoảng "; nothing for an exact one."""
    return _("about") + " " if target.operator == "about" else _SIGNS[target.operator]


def cumulative_words(target: Target) -> str:
    """The cumulative figure with its operator; nothing where none is printed."""
    text = _range(target.cumulative, target.cumulative_high)
    return sign(target) + text if text else ""


def percent_words(target: Target) -> str:
    """The per cent with its operator, as printed; nothing where none is."""
    text = _ends(target.percent, target.percent_high)
    return sign(target) + text if text else ""


def goal_words(goal: Goal, target: Target | None) -> str:
    """The number of units that a goal asks for, with the operator of its target: "45", "≥ 93", "8–9", "54 or 55"."""
    if goal.low is None:
        return f"≤ {number(goal.top)}"
    if goal.either is not None:
        return _(" or ").join((number(goal.low), number(goal.either)))
    text = _range(goal.low, goal.high)
    if target is None or goal.high is not None or goal.origin is Origin.EACH:
        return text
    return _GOAL_SIGNS.get(target.operator, sign(target)) + text


def goals_words(goals: Sequence[Goal], target: Target | None) -> str:
    """Every number of units that a target may ask for: "about 46 or 43"; nothing without any."""
    said = [goal_words(one, target if place == 0 else None) for place, one in enumerate(goals)]
    return _(" or ").join(dict.fromkeys(said))


def added_words(target: Target) -> str:
    """The addition with its operator, a range where one is printed; nothing where none is."""
    text = _range(target.added, target.added_high)
    return sign(target) + text if text else ""


def _count(target: Target) -> str:
    """The cumulative figure, with its total where one is printed."""
    text = _range(target.cumulative, target.cumulative_high)
    return f"{text}/{number(target.total)}" if text and target.total else text


def _more(target: Target) -> str:
    """What is added: "thêm ≥ 23"; nothing where none is printed."""
    added = added_words(target)
    return _("{count} more").format(count=added) if added else ""


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    return number(low) if high is None else f"{number(low)}–{number(high)}"


def _ends(low: str | None, high: str | None, unit: str = "") -> str:
    if low is None:
        return ""
    return f"{low}{unit}" if high is None else f"{low}–{high}{unit}"
