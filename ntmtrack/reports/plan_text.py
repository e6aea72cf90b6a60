"""A plan's own paragraphs from its figures, in the sentences of plans."""

import re
from collections.abc import Callable, Sequence

from ntmtrack.i18n import _
from ntmtrack.model import Programme, Tier
from ntmtrack.reports.labels import (
    count_of,
    figure_with_operator,
    more_units,
    padded,
    range_text,
    sentence,
    units_of,
    whole_words,
)
from ntmtrack.reports.plan_words import asked_for, held_words, moment_words, share_words
from ntmtrack.roadmaps import REMAINING, UNIT_MEASURES, LineKey, Roadmap, Target, line_title, measure_name
from ntmtrack.units import split_kind


def plan_paragraphs(plan: Roadmap, programme: Programme) -> list[str]:
    """The plan's own paragraphs from its figures: the whole period, then each year, then what else it asks for."""
    counted = [target for target in plan.targets if _is_counted(target)]
    whole = [target for target in counted if target.is_headline]
    yearly = [target for target in counted if not target.is_headline]
    years = sorted({target.year for target in yearly})
    if {target.first_year for target in yearly} == {*years} and len(years) == 1 and _aim_at(years[0], counted):
        whole, yearly = _together(whole, yearly)
        years = years if yearly else []
    paragraphs = [_period(whole, plan, programme)] if whole else []
    for year in years:
        times = sorted({(t.due_by, moment_words(t)) for t in yearly if t.year == year})
        for _due, time in times:
            of_time = [t for t in yearly if t.year == year and moment_words(t) == time]
            paragraphs.append(_of_year(of_time, time, plan, programme))
    others = "; ".join(_other(target, programme) for target in plan.targets if target not in counted)
    return [*paragraphs, _("Also: {others}.").format(others=others)] if others else paragraphs


def _aim_at(year: int, figures: Sequence[Target]) -> bool:
    """Whether all are targets for the end of one year."""
    return all(
        target.nature == "target" and target.year == year and (target.due_on is None or target.is_headline)
        for target in figures
    )


# A figure for a month prints it as its time, "06/2022": the sentence then says “by” it, not “in the year”.
_MONTH = re.compile(r"[0-9]{2}/[0-9]{4}")
_IN_ALL = ("cumulative", "cumulative_high", "percent", "percent_high", "total")


def _together(whole: Sequence[Target], yearly: Sequence[Target]) -> tuple[list[Target], list[Target]]:
    """The figures of the period with those of its only year; apart the year's that say something else of a line."""
    figures_of: dict[LineKey, Target] = {}
    beside, apart = [], []
    for target in [*whole, *yearly]:
        period = figures_of.get(target.line)
        if period is None:
            figures_of[target.line] = target
        elif period.span == target.span:
            beside.append(target)
        elif target.operator == period.operator and not any(_differ(period, target, field) for field in _FIGURES):
            figures_of[target.line] = period._replace(
                **{field: getattr(target, field) for field in _IN_ALL if getattr(period, field) is None}
            )
        else:
            apart.append(target)
    return [*figures_of.values(), *beside], apart


_FIGURES = ("added", "added_high", *_IN_ALL)


def _differ(period: Target, target: Target, field: str) -> bool:
    """Whether both print a figure, and not the same; what is added in the year is another figure than in the period."""
    of_period, of_target = getattr(period, field), getattr(target, field)
    return (
        of_target is not None and of_period != of_target
        if field.startswith("added")
        else None not in (of_period, of_target) and of_period != of_target
    )


def _period(figures: Sequence[Target], plan: Roadmap, programme: Programme) -> str:
    """“Đến năm 2025, toàn tỉnh phấn đấu có thêm …. Luỹ kế …”."""
    year = max(target.year for target in figures)
    held = [target for target in figures if target.hold]
    figures = [target for target in figures if not target.hold]
    if not figures:
        return _("By {year}: {text}").format(year=year, text=_held(held, programme)[0])
    adding = {target.line for target in figures if target.added is not None}
    aims = [target for target in figures if target.added is not None or target.line not in adding]
    with_added = [target for target in figures if target.line in adding]
    aim = _("By {year}, {whole} is to have {added}.").format(
        year=year, whole=_scope_words(plan), added="; ".join(_parts(aims, _added, programme))
    )
    return " ".join([sentence(aim), *_cumulative(with_added, plan, programme), *_held(held, programme)])


def _of_year(figures: Sequence[Target], time: str, plan: Roadmap, programme: Programme) -> str:
    """“- Năm 2022: Phấn đấu có thêm 02 huyện …. Luỹ kế toàn tỉnh có 07/15 …”; what was reached, apart."""
    sentences: list[str] = []
    mixed = len({target.nature == "actual" for target in figures}) > 1
    for reached in (False, True):
        of_kind = [target for target in figures if (target.nature == "actual") is reached]
        others = [target for target in of_kind if not target.hold]
        clauses = [*_additions(others, programme, reached=reached), *_cumulative(others, plan, programme)]
        clauses += _held([target for target in of_kind if target.hold], programme)
        if clauses and reached and mixed:
            clauses[0] = _("Result: {text}").format(text=clauses[0])
        sentences += clauses
    text = _("- By {time}: {text}") if _MONTH.fullmatch(time) else _("- {time}: {text}")
    text = _("- {year}: {text}") if time.isdecimal() else text
    return text.format(year=time, time=sentence(time), text=" ".join(sentences))


def _additions(figures: Sequence[Target], programme: Programme, *, reached: bool) -> list[str]:
    """“Phấn đấu có thêm 17 xã …”, of what was reached “Có thêm …”; nothing where no addition is printed."""
    added = "; ".join(_parts([target for target in figures if target.added], _added, programme))
    if not added:
        return []
    text = _("Already {added}.") if reached else _("To have {added}.")
    return [sentence(text.format(added=added))]


def _cumulative(figures: Sequence[Target], plan: Roadmap, programme: Programme) -> list[str]:
    shown = [
        figure
        for figure in figures
        if (figure.cumulative, figure.percent) != (None, None) or figure.share_of == REMAINING
    ]
    if not shown:
        return []
    text = _("In all {whole} has {reached}.")
    return [sentence(text.format(whole=_scope_words(plan), reached="; ".join(_parts(shown, _in_all, programme))))]


def _held(figures: Sequence[Target], programme: Programme) -> list[str]:
    """“Duy trì 69 xã đạt chuẩn NTM.”, what is to keep what it has."""
    if not figures:
        return []
    kept = "; ".join(_parts([target._replace(operator="=") for target in figures], _in_all, programme))
    return [sentence(_("{kept}.").format(kept=held_words(kept)))]


def _parts(figures: Sequence[Target], say: Callable[[Target, Programme], str], programme: Programme) -> list[str]:
    """A phrase a tier; within a tier "trong đó" before what the document says is a part."""
    phrases = []
    for tier in dict.fromkeys(target.tier for target in figures):
        of_tier = [target for target in figures if target.tier is tier]
        listed = ""
        parted = False
        for place, target in enumerate(of_tier):
            phrase = say(target, programme)
            if place == 0:
                listed = phrase
            elif target.part_of and not parted and (say is not _added or _may_be_part(target, of_tier[0])):
                listed, parted = _("{whole}, of which {part}").format(whole=listed, part=phrase), True
            else:
                listed = f"{listed}, {phrase}"
        phrases.append(listed)
    return phrases


def _may_be_part(target: Target, whole: Target) -> bool:
    """Whether the units that a part names are among those that the whole names, where both name any."""
    return not target.units or not whole.units or {*target.units} <= {*whole.units}


def _added(target: Target, programme: Programme) -> str:
    """“thêm 11 xã đạt chuẩn NTM (…)”; what is to be reached where no addition is printed."""
    if target.added is None:
        return _in_all(target, programme)
    number_added = figure_with_operator(range_text(target.added, target.added_high), target.operator)
    if target.total and target.cumulative is None:
        number_added += f"/{padded(target.total)}"
    return more_units(number_added, units_of(target, programme)) + _in_brackets(target)


def _in_brackets(target: Target) -> str:
    """The units that the plan names, after what it asks for."""
    return f" ({', '.join(target.units)})" if target.units else ""


def _in_all(target: Target, programme: Programme) -> str:
    """“07/15 đơn vị cấp huyện đạt chuẩn NTM (46,67%)”."""
    if target.cumulative is None:
        return _share_of(target, programme)
    reached = range_text(target.cumulative, target.cumulative_high)
    if target.total:
        reached += f"/{padded(target.total)}"
    words = count_of(figure_with_operator(reached, target.operator), target, programme)
    if target.percent:
        share = figure_with_operator(f"{target.percent}%", target.percent_operator or "=")
        words = f"{words} ({share})"
    return words + _in_brackets(target) if target.added is None else words


def _share_of(target: Target, programme: Programme) -> str:
    """“trên 20% số xã đạt chuẩn NTM nâng cao”; of another base than all units, that base is said."""
    if target.percent is None:
        return _("all {units} that are left").format(units=units_of(target, programme))
    ends = target.percent if target.percent_high is None else f"{target.percent}–{target.percent_high}"
    share, units = figure_with_operator(f"{ends}%", target.percent_sign), units_of(target, programme)
    if target.share_of in ("all", "open"):
        return _("{share} of {units}").format(share=share, units=units)
    base = target.base or share_words(target.share_of, target.line, programme)
    return _("{units}, {share} of {base}").format(units=units, share=share, base=base)


def _other(target: Target, programme: Programme) -> str:
    label, asked = measure_name(target.line, programme), asked_for(target, with_added=True)
    label = label if target.name else line_title(target.line, programme)
    return f"{label}: {asked}" if asked else label


def _scope_words(plan: Roadmap) -> str:
    if plan.is_national:
        return _("the whole country")
    tier = {2: Tier.PROVINCE, 3: Tier.DISTRICT}.get(len(plan.scope_code), Tier.COMMUNE)
    return whole_words(tier, split_kind(plan.scope_name)[0])


def _is_counted(target: Target) -> bool:
    """Whether a figure is a number of units that fits the sentences: of a level, or of criteria met."""
    return bool(target.levels or target.measure in UNIT_MEASURES) and not target.each and not target.name
