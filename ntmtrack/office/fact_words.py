"""One fact of the ledger in words: which unit and subject it is about, and what it says of it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.days import show_day
from ntmtrack.i18n import N_, _, number
from ntmtrack.model import Basis, Confidence, Decision, Recognition, Tier
from ntmtrack.programmes import KEYS, known_level, programme
from ntmtrack.reports.words import basis_label
from ntmtrack.rules import decision_words, when
from ntmtrack.storage.queries.changes import Written
from ntmtrack.targets import tier_measure
from ntmtrack.text import sort_key

Says = Mapping[str, str | int | None]
Words = tuple[str, tuple[str, ...]]  # the subject, and what is said of it


class Fact(NamedTuple):
    """A fact in words; facts of one `key` are versions of the same, those that are `near` the more so.

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


def told(written: Written, unit: str, identity: str) -> Fact:
    """A fact in words; `unit` is the title of the unit that it is about, `identity` what no other unit has."""
    words, names = _TELLING[written.table]
    subject, parts = words(written.says)
    key = (written.table, *(str(written.says[name]) for name in names), identity)
    near = str(written.says.get(_NEAR.get(written.table, ""), ""))
    order = (sort_key(unit), str(written.says.get("year") or ""), subject)
    kind, name = f"{subject} {_joined(parts)}", unit
    if written.table == "unit_version":
        kind = f"{subject}, {written.says['kind']}"
    elif written.table == "target":
        kind, name = _("figures of {roadmap}").format(roadmap=written.says["key"]), subject.partition(": ")[2]
    return Fact(written.table, key, near, unit, subject, parts, kind, name, order)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def level_label(says: Says) -> str:
    """The level of a recognition, by its own programme."""
    level = known_level(str(says["programme"]), str(says["level"]))
    return level.label if level else str(says["level"])


def _unit(says: Says) -> Words:
    parts = (
        f"{says['kind']} {says['name']}",
        _text(says["code"]) or "",
        _if(says["parent"], _("in {what}")),
        _if(_day(says["since"]), _("from {what}")),
        _if(_day(says["until"]), _("until {what}")),
        str(says["resolution"] or ""),
    )
    return _("unit"), parts


def _succession(says: Says) -> Words:
    extent = _("whole") if says["extent"] == "whole" else _("in part")
    return _("succession"), (f"→ {says['successor']}, {_day(says['day'])}", extent, str(says["resolution"] or ""))


def _recognition(says: Says) -> Words:
    decision = _decision(says)
    known = Recognition(str(says["level"]), "", _year(says["year"]), _text(says["known_by"]), decision)
    is_plain = says["confidence"] == Confidence.RECORDED
    parts = (
        when(known),
        decision_words(decision._replace(signed_on=None)) if decision else "",
        _if(decision and _day(decision.signed_on), _("signed {what}")),
        _if(_day(says["announced_on"]), _("announced {what}")),
        _text(says["issuer"]) or "",
        "" if is_plain else Confidence(str(says["confidence"])).label,
        "" if says["basis"] == "recognised" else _("acknowledged"),
        _if(says["source"], _("source “{what}”")),
        _if(says["note"], _("remark “{what}”")),
    )
    return level_label(says), parts


def _revocation(says: Says) -> Words:
    decision = _decision(says)
    parts = (_if(_day(says["day"]), _("from {what}")), decision.number if decision else "", _text(says["reason"]) or "")
    return _("revocation of {level}").format(level=level_label(says)), parts


def _roadmap(says: Says) -> Words:
    document = f"{says['number']}, {_day(says['issued_on'])}"
    parts = (document, str(says["issuer"]), str(says["title"]), str(says["programme"]), str(says["base_year"]))
    return _("roadmap {key}").format(key=says["key"]), (
        *parts,
        str(says["supersedes"] or ""),
        str(says["source"] or ""),
    )


def _target(says: Says) -> Words:
    figures = (
        (_("added"), _range(says, "added")),
        (_("cumulative"), _range(says, "cumulative")),
        (_("per cent"), _range(says, "percent")),
        (_("value"), _range(says, "value")),
        (_("of"), _text(says["total"])),
    )
    measure = str(says["name"] or _measure(Tier(str(says["tier"])), str(says["measure"])))
    parts = tuple(f"{label} {figure}" if figure else "" for label, figure in figures)
    rest = tuple(
        f"{field} {says[field]}" if says[field] not in (None, usual) else "" for field, usual in _USUAL.items()
    )
    return f"{says['key']}: {measure} ({says['year']})", (*parts, *rest, str(says["cite"]))


# What else a target tells, field by field as its file names them, with what it usually says.
_USUAL = {
    "operator": "=",
    "percent_operator": None,
    "nature": "target",
    "share_of": "all",
    "counts": "at-least",
    "base": None,
    "readings": None,
    "part_of": None,
    "threshold": None,
    "relative_to": None,
    "counted_in": None,
    "each": None,
    "begins_on": None,
    "due_on": None,
    "note": None,
}


def _published(says: Says) -> Words:
    value = _figure(str(says["value"]))
    said = f"{value}/{number(int(says['total']))}" if says["total"] else value
    subject = _("published: {measure}, {day}").format(
        measure=_measure(Tier(str(says["tier"])), str(says["measure"])), day=_day(says["as_of"])
    )
    is_plain = says["confidence"] == Confidence.CONFIRMED
    parts = (
        said,
        _if(says["source"], _("source “{what}”")),
        basis_label(Basis(str(says["basis"]))) if says["basis"] else "",
        "" if is_plain else Confidence(str(says["confidence"])).label,
    )
    return subject, parts


def _setting(says: Says) -> Words:
    return _(_SETTINGS.get(str(says["key"]), str(says["key"]))), (f"“{says['value']}”",)


def _closed_year(says: Says) -> Words:
    return _("closed year"), (str(says["year"]),)


# Of each table: the words of a fact, and what makes two facts of a unit versions of the same.
_TELLING: dict[str, tuple[Callable[[Says], Words], tuple[str, ...]]] = {
    "unit_version": (_unit, ()),
    "succession": (_succession, ("successor",)),
    "recognition": (_recognition, ("level",)),
    "revocation": (_revocation, ("level",)),
    "roadmap": (_roadmap, ("key",)),
    "target": (_target, ("key", "tier", "measure", "year", "span", "name", "within")),
    "published_figure": (_published, ("tier", "measure", "as_of", "source", "basis")),
    "setting": (_setting, ("key",)),
    "closed_year": (_closed_year, ("year",)),
}
# What facts of one subject share that are the same one at another time.
_NEAR = {"unit_version": "since", "recognition": "programme", "revocation": "programme", "target": "place"}
_SETTINGS = {
    "programme": N_("programme"),
    "agency": N_("agency"),
    "place": N_("place"),
    "number": N_("number"),
    "demo": N_("sample"),
}


def _measure(tier: Tier, key: str) -> str:
    """A level or another measure, with the tier that it counts: "Xã NTM nâng cao"."""
    measure, _dot, how = key.partition(".")
    labels = {level.key: level.label for one in KEYS for level in programme(one).levels}
    name = labels.get(measure, measure)
    text = tier_measure(tier, name) if measure in labels else name
    return f"{text} ({how})" if how else text


def _decision(says: Says) -> Decision | None:
    if not says["number"]:
        return None
    return Decision(str(says["number"]), _text(says["signed_on"]), _text(says["issuer"]))


def _if(value: str | int | None, text: str) -> str:
    """`text` filled with a value; "" where there is none."""
    return text.format(what=value) if value else ""


def _year(value: str | int | None) -> int | None:
    return None if value is None else int(value)


def _range(says: Says, field: str) -> str:
    return "–".join(_figure(str(says[end])) for end in (field, f"{field}_high") if says[end] is not None)


def _figure(text: str) -> str:
    return number(Decimal(text)) if text.replace(".", "", 1).isdecimal() else text


def _day(value: str | int | None) -> str:
    return show_day(_text(value))


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
