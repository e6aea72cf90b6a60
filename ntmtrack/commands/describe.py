"""One fact of the ledger in words: which unit and subject it is about, and what it says of it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, number
from ntmtrack.i18n import day as write_day
from ntmtrack.measures import measure_label, value_words
from ntmtrack.model import LEVEL, Confidence, Decision, Published, Recognition, Tier
from ntmtrack.programmes import every_level, known_level, of_year
from ntmtrack.reports import published
from ntmtrack.reports.published import percent_words, share_words
from ntmtrack.roadmaps import MEASURES, tier_measure
from ntmtrack.rules import decision_words, when
from ntmtrack.storage.fact_kind import FactColumn, FactKind
from ntmtrack.storage.facts import kind_of
from ntmtrack.storage.queries.facts import WrittenFact, versions_by
from ntmtrack.storage.queries.form_rounds import remembered_faults, remembered_round, replied_to
from ntmtrack.storage.queries.proposals import decided_proposal
from ntmtrack.storage.queries.recognitions import standard_measure
from ntmtrack.text import sort_key

Says = Mapping[str, str | int | None]
Words = dict[str, str]  # by the name that a text is filled by
_order_of = cache(sort_key)  # of a unit, which many facts are about


class DescribedFact(NamedTuple):
    """A fact in words. Facts of one `key` are versions of the same; `near` tells which of them are closest.

    `parts` are what it says, field by field, "" where it says nothing; `kind` is what it has in common with many others
    where it comes or goes as a whole, `name` then its own.
    """

    table: str
    key: tuple[str, ...]
    near: str
    unit: str
    subject: str
    parts: tuple[str, ...]
    kind: str
    name: str
    order: tuple[object, ...]

    @property
    def said(self) -> str:
        """All that it says."""
        return _joined(self.parts)


def describe(fact: WrittenFact, unit: str, identity: str) -> DescribedFact:
    """A fact in words; `unit` is the title of the unit that it is about, `identity` what no other unit has."""
    kind, says = kind_of(fact.table), fact.says
    words = _words(kind, says)
    subject = _(kind.subject).format(**words)
    parts = tuple(_part(text, words) for text in kind.parts)
    return DescribedFact(
        table=kind.table,
        key=(kind.table, *(str(says[name]) for name in versions_by(kind.table)), identity),
        near=str(says.get(kind.near, "")),
        unit=unit,
        subject=subject,
        parts=parts,
        kind=_(kind.many).format(**words, subject=subject, said=_joined(parts)),
        name=_(kind.each).format(**words, unit=unit),
        order=(_order_of(unit), str(says.get("year") or ""), subject),
    )


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def _part(text: str, words: Words) -> str:
    """A text filled with words; "" where one of them is missing."""
    return _(text).format(**words) if all(words[name] for name in _names_in(text)) else ""


@cache
def _names_in(text: str) -> tuple[str, ...]:
    return tuple(name for _literal, name, _spec, _how in Formatter().parse(text) if name)


def _words(kind: FactKind, says: Says) -> Words:
    """What a fact says, in words: its columns, what it speaks of, what is looked up for its kind."""
    words = {name: str(value or "") for name, value in says.items()}
    words |= {column.name: _shown(column, says[column.name]) for column in kind.columns if column.name in says}
    return words | _LOOKED_UP.get(kind.table, _nothing)(says)


def _shown(column: FactColumn, value: str | int | None) -> str:
    if value is None:
        return ""
    if column.is_day:
        return show_day(str(value))
    code = column.codes.get(str(value))
    return str(value) if code is None else code and _(code)


def _nothing(_says: Says) -> Words:
    return {}


def _recognition(says: Says) -> Words:
    decision = (
        Decision(str(says["number"]), _text(says["signed_on"]), _text(says["issuer"])) if says["number"] else None
    )
    year = None if says["year"] is None else int(says["year"])
    recognition = Recognition(str(says["level"]), "", year, _text(says["known_by"]), decision)
    return _level(says) | {
        "when": when(recognition),
        "decision": decision_words(decision._replace(signed_on=None)) if decision else "",
        "signed_on": show_day(decision.signed_on) if decision else "",
        "confidence": _confidence(says, Confidence.RECORDED),
    }


def _level(says: Says) -> Words:
    """The level of a recognition, by its own programme."""
    level = known_level(str(says["programme"]), str(says["level"]))
    return {"level": level.label if level else str(says["level"])}


def _setting(says: Says) -> Words:
    """A round of forms, a reply to one, a proposal refused, in words; what else is remembered is told as it is."""
    key, value = str(says["key"]), str(says["value"])
    if asked := remembered_round(key, value):
        sent = _("sent {day}, {count} forms").format(day=write_day(asked.sent), count=number(len(asked.units)))
        due = _("due {day}").format(day=write_day(asked.deadline)) if asked.deadline else ""
        return {
            "key": _("round {round} of forms").format(round=asked.number),
            "value": ", ".join(filter(None, (sent, due))),
        }
    if replied := replied_to(key):
        words = {"key": _("reply to round {round} of forms").format(round=replied)}
        if faulty := remembered_faults(key, value):
            words["value"] = _("{file}, {count} faults").format(file=faulty.file, count=number(faulty.faults))
        return words
    if decided := decided_proposal(key):
        return {"key": _("decision on proposal {number}").format(number=decided), "value": value or _("withdrawn")}
    return {}


def _reviewed(says: Says) -> Words:
    """The level that is proposed, by its own programme; "" where it holds none any more."""
    return _level(says) if says["level"] else {"level": ""}


def _target(says: Says) -> Words:
    figures = {
        "added": (_("added"), _range(says, "added")),
        "cumulative": (_("cumulative"), _range(says, "cumulative")),
        "percent": (_("per cent"), _range(says, "percent")),
        "value": (_("value"), _range(says, "value")),
        "total": (_("of"), _text(says["total"])),
    }
    words = {name: f"{label} {figure}" if figure else "" for name, (label, figure) in figures.items()}
    return words | {"line": str(says["name"] or _measure(Tier(str(says["tier"])), str(says["measure"])))}


def _published(says: Says) -> Words:
    percent, share_of = _text(says["percent"]), _text(says["share_of"])
    told = (Tier(str(says["tier"])), standard_measure(str(says["measure"])), str(says["as_of"]))
    total = None if says["total"] is None else int(says["total"])
    return {
        "line": published.measure_label(*told),
        "value": published.value_words(Published(*told, str(says["value"]), total)),
        "percent": percent_words(percent) if percent else "",
        "share_of": _("per cent {of_base}").format(of_base=share_words(share_of)) if share_of else "",
        "confidence": _confidence(says, Confidence.CONFIRMED),
    }


def _task(says: Says) -> Words:
    """The task as the plan names it; of a measure without a name what it measures."""
    name = str(says["task"])
    return {"task": _(MEASURES[name])} if name in MEASURES else {}


def _measured(says: Says) -> Words:
    """The measure with the name of what is measured, so that it is told where only the value has changed."""
    label = measure_label(str(says["measure"]), str(says["name"] or ""))
    return {"measure": label, "name": "", "value": value_words(str(says["value"]), None)}


def _registered(says: Says) -> Words:
    """The level that is pledged; how many criteria more, with what they are."""
    value = str(says["value"])
    level = every_level().get(value) if says["pledge"] == LEVEL else None
    return {"value": level.label if level else value}


def _awarded(says: Says) -> Words:
    """The level that was reached, told once; by which rule of which movement, by its own name where by none."""
    level = every_level().get(str(says["level"]))
    places = "" if says["places"] == 1 else number(int(says["places"] or 1))
    told = {"level": level.label if level else str(says["level"] or ""), "places": places}
    if says["level"] and str(says["achievement"]) in _labels(str(says["level"]), int(says["year"] or 0)):
        told |= {"level": "", "achievement": str(says["achievement"])}
    if says["form"]:
        return told | {"called": f"{says['form']} ({says['movement']})"}
    return told | {"called": str(says["name"]), "name": ""}


def _labels(level: str, year: int) -> set[str]:
    """What a level of the programme of a year is called, of whichever tier."""
    found = (known_level(of_year(year).key, level, tier) for tier in Tier)
    return {one.label for one in found if one}


def _entered(says: Says) -> Words:
    return {"amount": "" if says["amount"] is None else number(int(says["amount"]))}


_LOOKED_UP: Mapping[str, Callable[[Says], Words]] = MappingProxyType(
    {
        "recognition": _recognition,
        "revocation": _level,
        "setting": _setting,
        "review": _reviewed,
        "target": _target,
        "published_figure": _published,
        "measurement": _measured,
        "task_state": _task,
        "registration": _registered,
        "award": _awarded,
        "register_entry": _entered,
    }
)


def _confidence(says: Says, usual: Confidence) -> str:
    return "" if says["confidence"] == usual else Confidence(str(says["confidence"])).label


def _measure(tier: Tier, key: str) -> str:
    """A level or another measure, with the tier that it counts: "Xã đạt chuẩn NTM nâng cao"."""
    of_set, _slash, counted = key.rpartition("/")
    measure, _dot, how = counted.partition(".")
    level = every_level().get(measure)
    text = tier_measure(tier, level.title) if level else measure
    if of_set:
        text += _(" (by the {set} set)").format(set=of_set)
    return f"{text} ({how})" if how else text


def _range(says: Says, field: str) -> str:
    return "–".join(_figure(str(says[end])) for end in (field, f"{field}_high") if says[end] is not None)


def _figure(text: str) -> str:
    return number(Decimal(text)) if text.replace(".", "", 1).isdecimal() else text


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
