"""What a plan asks for, in words: "≥ 87% (112)", "1–2", "khoảng 39"; and what its lines are called."""

from collections.abc import Sequence

from ntmtrack.dates import is_whole, show_day
from ntmtrack.i18n import _, number
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes.ladders import ladder_of
from ntmtrack.progress.status import Goal
from ntmtrack.reports.labels import tier_label
from ntmtrack.roadmaps import BEFORE, JOIN, OTHER_BASE, REMAINING, LineKey, Target

_SIGNS = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "range": ""}


def share_words(share: str, key: LineKey, programme: Programme) -> str:
    """A base of per cents in words: "toàn bộ số xã", "số xã đạt chuẩn NTM"."""
    tier, programme = tier_label(key.tier).lower(), ladder_of(programme, key.ladder)
    if share == "nested":
        return _("the {tier} at {level}").format(tier=tier, level=_below(key, programme))
    return {
        "all": _("the units that it is about") if _is_of_a_part(key) else _("all {tier}").format(tier=tier),
        "ntm": _("the {tier} at {level}").format(tier=tier, level=programme.levels[0].label),
        "registered": _("those registered"),
        OTHER_BASE: _("those that the plan names"),
        "remaining": _("the {tier} that are left").format(tier=tier),
        "open": _("the base, the same however it is read"),
    }.get(share, share)


def _is_of_a_part(key: LineKey) -> bool:
    """Whether a line may be about a part of the units of its tier alone: of villages those of some communes."""
    return key.is_of_some or bool(key.within) or key.tier is Tier.VILLAGE


def _below(key: LineKey, programme: Programme) -> str:
    """The level just below that of a line."""
    ranks = [level.rank for level in programme.levels if level.key in key.measure.split(JOIN)]
    return programme.levels[max(min(ranks, default=2) - 2, 0)].label


def asked_for(target: Target, *, with_base: bool = True, with_added: bool = False, with_days: bool = True) -> str:
    """What a figure prints, in one phrase; nothing where it is a sentence alone.

    What it adds is there where it prints nothing else, and beside that with `with_added`. Without `with_days` the days
    are left out that `time_words` tells.
    """
    parts = [_ends(target.percent, target.percent_high, "%"), _count(target), _ends(target.value, target.value_high)]
    printed = [part for part in parts if part]
    if len(printed) > 1 and target.percent_operator:
        printed[1] = sign(target) + printed[1]
    text = f"{printed[0]} ({', '.join(printed[1:])})" if len(printed) > 1 else "".join(printed)
    if target.value and target.counted_in:
        text += f" {target.counted_in}"
    if text:
        signed = (_sign(target.percent_sign) if target.percent else sign(target)) + text
        text = held_words(text) if target.hold else signed
    if (more := _more(target)) and (with_added or not text):
        text = f"{text}; {more}" if text else more
    if not text and target.share_of == REMAINING:
        text = _("all that are left")
    base = _base_words(target)
    if with_base and base and target.percent and base not in (target.name or ""):
        text = _("{figure} of {base}").format(figure=text, base=base)
    days = _days(target) if with_days or is_whole(target.due_on or target.begins_on or "") else ""
    return ", ".join(part for part in (text, days) if part)


def _base_words(target: Target) -> str | None:
    """The base that a figure is of, where it is none that can be counted beside its level."""
    return target.base or (_("those that are left") if target.share_of == REMAINING else None)


def time_words(target: Target) -> str:
    """When a figure is meant for: "2025", "2024–2025", "06/2022", "trước năm 2025"; a whole day stands elsewhere."""
    if target.due_on and not is_whole(target.due_on):
        since = f"{show_day(target.begins_on)}–" if target.begins_on else ""
        return since + _due(target.due_on)
    if target.first_year and target.first_year != target.year:
        return _("{first}–{last}").format(first=target.first_year, last=target.year)
    return str(target.year)


def moment_words(target: Target) -> str:
    """The same, of a whole day too: "đến 30/06/2023"."""
    if target.span == "year" and is_whole(target.due_on or target.begins_on or ""):
        return _days(target)
    return time_words(target)


def due_words(target: Target) -> str:
    """By when a figure is due, in a sentence: "đến hết năm 2023", "đến hết tháng 6/2023", "trước năm 2025"."""
    due = target.due_on or str(target.year)
    if due.startswith(BEFORE):
        return _due(due)
    if is_whole(due):
        return _("by {day}").format(day=show_day(due))
    year, month = (*due.split("-"), "")[:2]
    if month:
        return _("by the end of {month}/{year}").format(month=int(month), year=year)
    return _("by the end of {year}").format(year=year)


def _days(target: Target) -> str:
    """“từ 01/07/2023 đến 30/10/2023”; nothing where no day is printed."""
    begins, due = show_day(target.begins_on), _due(target.due_on)
    if begins and target.due_on and not target.due_on.startswith(BEFORE):
        return _("from {since} to {until}").format(since=begins, until=due)
    if begins:
        return _("from {since}").format(since=begins)
    if not target.due_on or target.due_on.startswith(BEFORE):
        return due
    return _("by {day}").format(day=due)


def _due(due: str | None) -> str:
    """A day by which something is due, or before which: "30/09/2022", "trước năm 2025"."""
    if due is None or not due.startswith(BEFORE):
        return show_day(due)
    day = due.removeprefix(BEFORE)
    if len(day) == len("2025"):
        return _("before the year {year}").format(year=day)
    return _("before {day}").format(day=show_day(day))


def sign(target: Target) -> str:
    """The operator before a count: "≥ ", "khoảng "; nothing for an exact one."""
    return _sign(target.operator)


def _sign(operator: str) -> str:
    return _("about") + " " if operator == "about" else _SIGNS[operator]


def held_words(text: str) -> str:
    """So many that are to keep what they have: "duy trì 69"."""
    return _("keep {count}").format(count=text)


def cumulative_words(target: Target) -> str:
    """The cumulative figure with its operator, "≥ 17", "duy trì 69"; nothing where none is printed."""
    text = _range(target.cumulative, target.cumulative_high)
    if not text:
        return ""
    return held_words(text) if target.hold else sign(target) + text


def percent_words(target: Target) -> str:
    """The per cent with its operator, as printed; nothing where none is."""
    text = _ends(target.percent, target.percent_high)
    return _sign(target.percent_sign) + text if text else ""


def goal_words(goal: Goal, *, signed: bool = True) -> str:
    """The number of units that a goal asks for, with its sign: "45", "≥ 93", "8–9", "54 or 55".

    Of a goal without a bound a dash. A limit keeps its sign also where it is not `signed`.
    """
    if goal.is_boundless:
        return "–"
    about = _("about") + " " if goal.about and signed else ""
    if goal.low is None:
        return f"≤ {about}{number(goal.top)}"
    if goal.either is not None:
        return _(" or ").join((number(goal.low), number(goal.either)))
    least = "≥ " if goal.at_least and signed else ""
    return least + about + _range(goal.low, goal.high)


def goals_words(goals: Sequence[Goal]) -> str:
    """Every number of units that a target may ask for: "about 46 or 43"; nothing without any."""
    numbers = [goal_words(goal, signed=place == 0) for place, goal in enumerate(goals)]
    return _(" or ").join(dict.fromkeys(numbers))


def added_words(target: Target) -> str:
    """The addition with its operator, a range where one is printed; nothing where none is.

    “số còn lại” where all that are left are meant.
    """
    if target.share_of == REMAINING and (target.added, target.cumulative, target.percent) == (None, None, None):
        return _("all that are left")
    text = _range(target.added, target.added_high)
    return sign(target) + text if text else ""


def _count(target: Target) -> str:
    """The cumulative figure, with its total where one is printed."""
    text = _range(target.cumulative, target.cumulative_high)
    return f"{text}/{number(target.total)}" if text and target.total else text


def _more(target: Target) -> str:
    """What is added: "thêm ≥ 23", "thêm 23/25"; nothing where none is printed."""
    if target.added is None:
        return ""
    added = added_words(target)
    if target.total and target.cumulative is None:
        added += f"/{number(target.total)}"
    return _("{count} more").format(count=added) if added else ""


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    return number(low) if high is None else f"{number(low)}–{number(high)}"


def _ends(low: str | None, high: str | None, unit: str = "") -> str:
    if low is None:
        return ""
    return f"{low}{unit}" if high is None else f"{low}–{high}{unit}"
