"""Paragraphs in the sentences of plans and reports: "Lũy kế toàn tỉnh có 90/116 xã đạt chuẩn NTM (77,59%); …"."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from ntmtrack.i18n import _, day, number
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.progress.lines import Line, percent
from ntmtrack.reports.plan_words import asked_for, key_label, share_words
from ntmtrack.reports.progress_notes import Grounds, doubts
from ntmtrack.reports.words import roadmap_label
from ntmtrack.targets import Roadmap, Target, measure_name

_OF_CRITERIA = ("criteria-below", "criteria-at-least")
_PLACES = 2  # numbers below ten are written 01 … 09


def of_plan(plan: Roadmap, programme: Programme) -> list[str]:
    """The plan's own paragraphs from its figures: the whole period, then each year, then what else it asks for."""
    counted = [target for target in plan.targets if _is_counted(target)]
    whole = [target for target in counted if target.span == "period"]
    yearly = [target for target in counted if target.span == "year"]
    years = sorted({target.year for target in yearly})
    if len(years) == 1:
        whole, years = [*whole, *yearly], []
    said = [_period(whole, plan, programme)] if whole else []
    said += [_of_year([t for t in yearly if t.year == year], year, plan, programme) for year in years]
    others = "; ".join(_other(target, programme) for target in plan.targets if target not in counted)
    return [*said, _("Also: {others}.").format(others=others)] if others else said


def of_progress(lines: Sequence[Line], grounds: Grounds, scope: Unit | None) -> list[str]:
    """What was reached, in the plan's sentences, and how that compares with the plan."""
    counted = [line for line in lines if line.actual and not line.key.each and (line.plan or line.actual.reached)]
    whole = whole_words(scope.tier if scope else Tier.PROVINCE)
    year = grounds.moment.day.year
    added = [
        _more(_padded(line.actual.added), _unit_words(line.tier, _level_words(line, grounds.programme)))
        for line in counted
        if line.actual and line.actual.added
    ]
    lost = [
        _("{count} fewer {units}").format(
            count=_padded(line.actual.lost), units=_unit_words(line.tier, _level_words(line, grounds.programme))
        )
        for line in counted
        if line.actual and line.actual.lost
    ]
    first = _("In {year}, {whole} has {added}.").format(year=year, whole=whole, added="; ".join([*added, *lost]))
    if not added and not lost:
        first = _("In {year}, {whole} has no further unit recognised.").format(year=year, whole=whole)
    reached = "; ".join(_reached(line, grounds.programme) for line in counted)
    total = _("As of {day}, {whole} has in all {reached}.").format(
        day=day(grounds.moment.day), whole=whole, reached=reached
    )
    return [_sentence(first), _sentence(total), *_compared(counted, grounds), *doubts(counted, grounds.programme)]


def whole_words(tier: Tier) -> str:
    """The scope in the midst of a sentence: "toàn tỉnh"."""
    return {
        Tier.PROVINCE: _("the whole province"),
        Tier.DISTRICT: _("the whole district"),
        Tier.COMMUNE: _("the commune"),
        Tier.VILLAGE: _("the village"),
    }[tier]


def _compared(lines: Sequence[Line], grounds: Grounds) -> list[str]:
    if grounds.roadmap is None:
        return []
    said = [
        _("{line} {status} ({actual} against {plan})").format(
            line=key_label(line.key, grounds.programme),
            status=line.status.label,
            actual=_padded(line.actual.reached if line.actual else 0),
            plan=_plan_number(line, line.plan),
        )
        for line in lines
        if line.plan
    ]
    if not said:
        return []
    text = _("Against the roadmap ({plan}): {lines}.")
    return [text.format(plan=roadmap_label(grounds.roadmap), lines="; ".join(said))]


def _plan_number(line: Line, target: Target) -> str:
    """The planned number alone where one is printed, else all that is."""
    if line.is_ours and line.goal:
        return _padded(line.goal.number)
    if target.cumulative is None:
        return asked_for(target)
    return _operated(_range(target.cumulative, target.cumulative_high), target)


def _period(figures: Sequence[Target], plan: Roadmap, programme: Programme) -> str:
    """“Đến năm 2025, toàn tỉnh phấn đấu có thêm …. Lũy kế …”."""
    year = max(target.year for target in figures)
    aim = _("By {year}, {whole} is to have {added}.").format(
        year=year, whole=_scope_words(plan), added="; ".join(_parts(figures, _added, programme))
    )
    with_added = [target for target in figures if target.added is not None]
    return " ".join([_sentence(aim), *_cumulative(with_added, plan, programme)])


def _of_year(figures: Sequence[Target], year: int, plan: Roadmap, programme: Programme) -> str:
    """“- Năm 2022: Phấn đấu có thêm 02 huyện …. Lũy kế toàn tỉnh có 07/15 …”."""
    added = "; ".join(_parts([target for target in figures if target.added], _added, programme))
    already = all(target.nature == "actual" for target in figures)
    sentences = []
    if added:
        text = _("Already {added}.") if already else _("To have {added}.")
        sentences.append(_sentence(text.format(added=added)))
    sentences += _cumulative(figures, plan, programme)
    return _("- {year}: {text}").format(year=year, text=" ".join(sentences))


def _cumulative(figures: Sequence[Target], plan: Roadmap, programme: Programme) -> list[str]:
    shown = [target for target in figures if target.cumulative is not None or target.percent is not None]
    if not shown:
        return []
    text = _("In all {whole} has {reached}.")
    return [_sentence(text.format(whole=_scope_words(plan), reached="; ".join(_parts(shown, _in_all, programme))))]


def _parts(figures: Sequence[Target], say: Callable[[Target, Programme], str], programme: Programme) -> list[str]:
    """A phrase a tier; within a tier "trong đó" before what the document says is a part."""
    phrases = []
    for tier in dict.fromkeys(target.tier for target in figures):
        of_tier = [target for target in figures if target.tier is tier]
        said = ""
        parted = False
        for place, target in enumerate(of_tier):
            phrase = say(target, programme)
            if place == 0:
                said = phrase
            elif target.part_of and not parted:
                said, parted = _("{whole}, of which {part}").format(whole=said, part=phrase), True
            else:
                said = f"{said}, {phrase}"
        phrases.append(said)
    return phrases


def _added(target: Target, programme: Programme) -> str:
    """“thêm 11 xã đạt chuẩn NTM (…)”; what is to be reached where no addition is printed."""
    if target.added is None:
        return _in_all(target, programme)
    names = f" ({', '.join(target.units)})" if target.units else ""
    counted = _range(target.added, target.added_high)
    return _more(counted, _named(target, programme)) + names


def _in_all(target: Target, programme: Programme) -> str:
    """“07/15 đơn vị cấp huyện đạt chuẩn NTM (46,67%)”."""
    if target.cumulative is None:
        return _share_of(target, programme)
    counted = _range(target.cumulative, target.cumulative_high)
    if target.total:
        counted += f"/{_padded(target.total)}"
    said = _of(_operated(counted, target), target, programme)
    return f"{said} ({target.percent}%)" if target.percent else said


def _share_of(target: Target, programme: Programme) -> str:
    """“trên 20% số xã đạt chuẩn NTM nâng cao”; of another base than all units, that base is said."""
    ends = target.percent if target.percent_high is None else f"{target.percent}–{target.percent_high}"
    share, units = _operated(f"{ends}%", target), _named(target, programme)
    if target.share_of in ("all", "open"):
        return _("{share} of {units}").format(share=share, units=units)
    base = target.base or share_words(target.share_of, target.tier)
    return _("{units}, {share} of {base}").format(units=units, share=share, base=base)


def _operated(figure: str, target: Target) -> str:
    text = {
        ">=": _("at least {figure}"),
        ">": _("more than {figure}"),
        "<=": _("at most {figure}"),
        "about": _("about {figure}"),
    }.get(target.operator, "{figure}")
    return text.format(figure=figure)


def _other(target: Target, programme: Programme) -> str:
    label, asked = measure_name(target.line, programme), asked_for(target)
    label = label if target.name else key_label(target.line, programme)
    return label if asked == "–" else f"{label}: {asked}"


def _reached(line: Line, programme: Programme) -> str:
    assert line.actual is not None
    counted = f"{_padded(line.actual.reached)}/{_padded(line.actual.total)}"
    said = _("{count} {units}").format(count=counted, units=_unit_words(line.tier, _level_words(line, programme)))
    share = Fraction(line.actual.reached, line.actual.total)
    return f"{said} ({_trimmed(percent(share))}%)"


def _of(count: str, target: Target, programme: Programme) -> str:
    return _("{count} {units}").format(count=count, units=_named(target, programme))


def _more(count: str, units: str) -> str:
    return _("{count} more {units}").format(count=count, units=units)


def _named(target: Target, programme: Programme) -> str:
    measured = measure_name(target.line, programme)
    said = _unit_words(target.tier, _recognised(measured) if target.levels else measured)
    return f"{said} ({target.within})" if target.within else said


def _level_words(line: Line, programme: Programme) -> str:
    return _recognised(measure_name(line.key, programme))


def _recognised(level: str) -> str:
    """“đạt chuẩn NTM nâng cao”, also where the level is called “NTM nâng cao” alone."""
    text = _("reaching {level}").format(level=level)
    return text.replace("đạt chuẩn đạt chuẩn", "đạt chuẩn")


def _unit_words(tier: Tier, level: str) -> str:
    text = {
        Tier.PROVINCE: _("provinces {level}"),
        Tier.DISTRICT: _("district-level units {level}"),
        Tier.COMMUNE: _("communes {level}"),
        Tier.VILLAGE: _("villages {level}"),
    }[tier]
    return text.format(level=level)


def _scope_words(plan: Roadmap) -> str:
    if plan.is_national:
        return _("the whole country")
    return whole_words({2: Tier.PROVINCE, 3: Tier.DISTRICT}.get(len(plan.scope_code), Tier.COMMUNE))


def _is_counted(target: Target) -> bool:
    """Whether a figure is a number of units that fits the sentences: of a level, or of criteria met."""
    return bool(target.levels or target.measure in _OF_CRITERIA) and not target.each and not target.name


def _range(low: int, high: int | None) -> str:
    return _padded(low) if high is None else f"{_padded(low)}–{_padded(high)}"


def _padded(count: int) -> str:
    """Two digits at least, as official papers write counts."""
    return f"{count:0{_PLACES}}" if count < 10 else number(count)


def _trimmed(share: object) -> str:
    """A per cent without noughts at the end: 60, not 60,00."""
    text = number(share)  # type: ignore[arg-type]
    whole, mark, rest = text.partition("," if "," in text else ".")
    rest = rest.rstrip("0")
    return f"{whole}{mark}{rest}" if rest else whole


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
