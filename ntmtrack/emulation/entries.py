"""The other registers: what an entry of each takes and needs, which entry is meant, what they come to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.emulation.amounts import amount_words
from ntmtrack.emulation.person_names import reads_as_person
from ntmtrack.emulation.registers import REGISTERS, Entry, GiverKind
from ntmtrack.errors import (
    DayInFuture,
    EntryAlready,
    EntryLacks,
    InOtherBlock,
    NameIsPrivate,
    NotInBook,
    PartyIsPerson,
    PersonOfNone,
    UnknownWord,
    UntilBefore,
)
from ntmtrack.i18n import _, day, number
from ntmtrack.text import clean, letters, squeeze

BLOCK, CONTRIBUTION, SPONSORSHIP = "block", "contribution", "sponsorship"
_YEARS_AHEAD = 1  # of which the members of a block may be known
LASTING = (SPONSORSHIP, BLOCK, "model")  # that go on from their day until another


class BookRule(NamedTuple):
    """What an entry of a register needs, and what else it may tell; by the fields of an entry."""

    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()


_ALWAYS = ("document", "source", "note")
RULES: Mapping[str, BookRule] = MappingProxyType(
    {
        SPONSORSHIP: BookRule(("party", "what", "day"), ("until",)),
        CONTRIBUTION: BookRule(("kind", "what", "day"), ("party", "amount", "person")),
        BLOCK: BookRule(("what", "day"), ("until", "amount")),
        "inspection": BookRule(("party", "what", "day")),
        "meeting": BookRule(("what", "day"), ("party",)),
        "model": BookRule(("what", "day"), ("until",)),
    }
)
_OPTIONS = {
    "party": "--party",
    "what": "--text",
    "day": "--on",
    "until": "--until",
    "kind": "--giver-kind",
    "amount": "--amount",
    "person": "--person",
}
_SAID = {
    SPONSORSHIP: ("đỡ đầu", "nhận đỡ đầu", "đỡ đầu, hỗ trợ"),
    CONTRIBUTION: ("đóng góp", "huy động", "ủng hộ"),
    BLOCK: ("cụm", "khối", "cụm thi đua", "khối thi đua", "cụm khối", "cụm, khối thi đua"),
    "inspection": ("kiểm tra", "giám sát", "đi kiểm tra"),
    "meeting": ("hội nghị", "sơ kết", "tổng kết", "hội nghị sơ kết, tổng kết"),
    "model": ("mô hình", "điển hình", "mô hình, điển hình", "gương điển hình"),
}
_GIVERS = {
    GiverKind.PERSON: ("cá nhân", "người", "nhà hảo tâm"),
    GiverKind.HOUSEHOLD: ("hộ", "hộ dân", "hộ gia đình", "nhân dân", "người dân"),
    GiverKind.COMPANY: ("doanh nghiệp", "công ty", "DN"),
    GiverKind.COOPERATIVE: ("HTX", "hợp tác xã"),
    GiverKind.AGENCY: ("cơ quan", "đơn vị", "đoàn thể", "sở, ngành", "cơ quan, đơn vị"),
    GiverKind.OTHER: ("khác", "tổ chức khác"),
}


def find_book(typed: str) -> str:
    """The register that words mean: "đỡ đầu", "cụm", "contribution"; raises UnknownWord."""
    for book, name in REGISTERS.items():
        if squeeze(typed) in {squeeze(word) for word in (book, name, _(name), *_SAID[book])}:
            return book
    raise UnknownWord(text=clean(typed), known=", ".join(f"“{_(name)}”" for name in REGISTERS.values()))


def find_giver(typed: str) -> GiverKind:
    """The kind of giver that words mean: "doanh nghiệp", "HTX", "hộ"; raises UnknownWord."""
    for kind in GiverKind:
        if squeeze(typed) in {squeeze(word) for word in (kind.value, kind.label, *_GIVERS[kind])}:
            return kind
    raise UnknownWord(text=clean(typed), known=", ".join(f"“{kind.label}”" for kind in GiverKind))


def check_fields(book: str, told: Iterable[str]) -> None:
    """Refuses what an entry of a register does not take; raises NotInBook."""
    if others := fields_beside(book, told):
        raise NotInBook(book=_(REGISTERS[book]), options=", ".join(_OPTIONS[name] for name in others))


def fields_beside(book: str, told: Iterable[str]) -> list[str]:
    """What is told that an entry of a register does not take, by the fields of an entry."""
    rule, named = RULES[book], set(told)
    return [name for name in _OPTIONS if name in named and name not in (*rule.needs, *rule.takes)]


def lacking_fields(new: Entry) -> list[str]:
    """The fields that an entry of its register needs and does not tell."""
    return [name for name in RULES[new.book].needs if not getattr(new, name)]


def check_entry(new: Entry) -> None:
    """Refuses an entry that lacks what it needs, ends before it begins, or tells a person's name to everybody.

    Raises EntryLacks, UntilBefore, NameIsPrivate, PartyIsPerson, PersonOfNone.
    """
    if lacking := lacking_fields(new):
        raise EntryLacks(book=_(REGISTERS[new.book]), options=", ".join(_OPTIONS[name] for name in lacking))
    if new.until and last_day(new.until) < first_day(new.day):
        raise UntilBefore(until=show_day(new.until), day=show_day(new.day))
    giver = GiverKind(new.kind) if new.kind else None
    if giver and giver.is_private and new.party:
        raise NameIsPrivate(kind=giver.label)
    if new.party and reads_as_person(new.party):
        raise PartyIsPerson
    if giver and new.person and not giver.is_private:
        raise PersonOfNone(kind=giver.label)


def same_entry(one: Entry, other: Entry) -> bool:
    """Whether two entries tell the same, apart from remarks."""
    return _key(one) == _key(other)


def _key(one: Entry) -> tuple[object, ...]:
    words = (letters(one.what), letters(one.party or ""))
    return one.unit_id, one.book, one.kind, *words, one.day, one.amount, one.person


def place_of(one: Entry) -> tuple[object, ...]:
    """What makes two entries of a unit the same one at two times: of a block its time, else what, by whom, when."""
    if one.book == BLOCK:
        return one.unit_id, one.book, one.day, one.until
    return (*_key(one)[:5], one.day)


def meant_by(new: Mapping[str, object], known: Sequence[Entry]) -> list[Entry]:
    """The entries of a unit and register that a correction can mean.

    Those of the day told, of them those of the party told, of them those that say the same; each where there are any.
    """
    found = list(known)
    for name in ("day", "party", "what"):
        alike = [one for one in found if new.get(name) and getattr(one, name) == new[name]]
        found = alike or found
    return found


def blocks_beside(new: Entry, known: Iterable[Entry]) -> Iterator[Entry]:
    """The memberships of the same unit in a block that overlap with a new one."""
    return (one for one in known if one.book == BLOCK and one.unit_id == new.unit_id and overlap(one, new))


def overlap(one: Entry, other: Entry) -> bool:
    """Whether the time of an entry and that of another have a day in common."""
    return _begins(one) <= _ends(other) and _begins(other) <= _ends(one)


def _begins(one: Entry) -> date:
    return first_day(one.day)


def _ends(one: Entry) -> date:
    return last_day(one.until) if one.until else date.max if one.book in LASTING else last_day(one.day)


def lasts_on(one: Entry, on: date) -> bool:
    """Whether an entry is of a day."""
    return _begins(one) <= on <= _ends(one)


def is_of_year(one: Entry, year: int, unit_until: str | None = None) -> bool:
    """Whether an entry is of a year: of what lasts, whether it lasted on any day of it, its unit not yet ended."""
    has_ended = one.book in LASTING and unit_until is not None and unit_until <= f"{year}-01-01"
    return _begins(one) <= date(year, 12, 31) and _ends(one) >= date(year, 1, 1) and not has_ended


def entry_words(one: Entry) -> str:
    """An entry in words, without any person's name: "05/03/2026, doanh nghiệp: tiền, 120.000.000 đồng"."""
    kind = GiverKind(one.kind).label if one.kind else ""
    amount = ""
    if one.amount is not None:
        amount = _("{count} points").format(count=number(one.amount)) if one.book == BLOCK else amount_words(one.amount)
    who = ", ".join(filter(None, (kind, one.party)))
    said = ", ".join(filter(None, (one.what, amount)))
    return f"{time_words(one)}, {': '.join(filter(None, (who, said)))}"


def time_words(one: Entry) -> str:
    """The day of an entry; the year alone where it is all of a year."""
    year = one.day[:4]
    return year if (one.day, one.until) == (f"{year}-01-01", f"{year}-12-31") else show_day(one.day)


def time_of(book: str, told: Mapping[str, object]) -> tuple[str, str]:
    """The first and the last ISO day on which the unit may stand: of the day told, of a block of its time; else any."""
    begins = told.get("day")
    if not begins:
        return "0001-01-01", "9998-12-31"
    until = told.get("until") if book == BLOCK else None
    return first_day(str(begins)).isoformat(), last_day(str(until or begins)).isoformat()


def refuse_beside(unit: str, new: Entry, known: Sequence[Entry]) -> None:
    """Refuses an entry told already, and a second block of one time; raises EntryAlready, InOtherBlock."""
    same = next((one for one in known if same_entry(one, new)), None)
    if same:
        raise EntryAlready(unit=unit, book=_(REGISTERS[new.book]), entry=entry_words(same))
    other = next(blocks_beside(new, known), None) if new.book == BLOCK else None
    if other:
        raise InOtherBlock(unit=unit, entry=entry_words(other))


def check_days(new: Entry, today: date) -> None:
    """Refuses what lies in days to come, but for the members of a block of the next year; raises DayInFuture."""
    is_of_next_year = new.book == BLOCK and first_day(new.day).year <= today.year + _YEARS_AHEAD
    if first_day(new.day) > today and not is_of_next_year:
        raise DayInFuture(day=show_day(new.day), today=day(today))
