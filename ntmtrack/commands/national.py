"""`rearrange --national`: a ledger carried over the national changes of units, shown by name first, as one action."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from ntmtrack.commands import Session
from ntmtrack.commands.given_plans import add_built_in, with_plans
from ntmtrack.errors import (
    ChangedMeanwhile,
    NotCarriedOver,
    NotConfirmed,
    NotDividedSo,
    NothingToCarry,
    PredecessorsMissing,
    UnitsNotListed,
    UnknownUnit,
)
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.mergers import NAMED, UnitHistory, refuse_later
from ntmtrack.model import KINDS, NewUnit, Tier, kind_name
from ntmtrack.programmes import of_year
from ntmtrack.reports.rearrangement import carried_report, divided_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import last_done
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.text import few, same_letters
from ntmtrack.units import take_apart
from ntmtrack.units.carried_over import CarriedOver, Division
from ntmtrack.units.gazetteer import FROM_JULY_2025, REORGANISED_ON, provinces, whole_of
from ntmtrack.units.national import carry_over
from ntmtrack.ways import way


def carry_ledger_over(session: Session, mains: Sequence[str], *, yes: bool, dry_run: bool) -> None:
    """Carries the ledger over 1/7/2025 and what changed since; on a terminal only once the person says so.

    `mains` are "old = new" for divided units whose main part went elsewhere than the list has it. Raises
    NothingToCarry, UnitsNotListed, PredecessorsMissing, RecognisedAfterEnd, NotDividedSo, NotConfirmed.
    """
    with session.reading() as connection:
        carried = _carried(connection, session.today, mains)
        seen = last_done(connection)
    asks = session.can_ask and not yes and not dry_run
    if asks or dry_run:
        session.show(carried_report(carried), None)
        if carried.divided:
            session.show(divided_report(carried.divided), None)
    if asks:
        session.say(summary_of(carried))
        if not session.ask(_("Write this to the ledger?")):
            raise NotConfirmed
    with session.acting("rearrange", dry_run=dry_run) as ledger:
        if ledger.action_id != seen + 1 and not dry_run:
            raise ChangedMeanwhile
        ledger.rearrange(carried.change)
        running = of_year(session.today.year).key
        ledger.set("programme", running)
        ledger.summary = with_plans(summary_of(carried), [*add_built_in(ledger, running, session.today)])
    _say_partial(session, carried)
    if others := [unit.full_title for unit in carried.unknown if unit.kind != "xã"]:
        text = _("Not on the list of 30/6/2025, so ended without a word of what they went into: {units}.")
        session.say(text.format(units=few(others, NAMED)))
    if carried.divided:
        text = ngettext(
            "{count} unit was divided; its main part is taken to be where its people or its centre went: --dry-run"
            ' names it, --main "OLD = NEW" says otherwise.',
            "{count} units were divided; their main parts are taken to be where their people or their centres went:"
            ' --dry-run names them, --main "OLD = NEW" says otherwise.',
            len(carried.divided),
        )
        session.say(text.format(count=number(len(carried.divided))))


def _say_partial(session: Session, carried: CarriedOver) -> None:
    """Of which new provinces the ledger holds but a part, the rest being of a province that was joined to its own."""
    held = Counter(made.unit.parent_code for made in carried.made)
    for province in provinces(FROM_JULY_2025):
        whole = whole_of(province.code)
        if 0 < held[province.code] < whole:
            text = way(
                _(
                    "{province} has {whole} commune-level units, this ledger {held} of them; take in the ledger of the"
                    " other province: ntmtrack join OTHER.db"
                ),
                _(
                    "{province} has {whole} commune-level units, this ledger {held} of them: the others are those of"
                    " the ledger of the other province."
                ),
            )
            session.say(text.format(province=province.title, whole=number(whole), held=number(held[province.code])))


def can_be_carried_over(connection: Connection, today: date) -> bool:
    """Whether units of the ledger ended, or changed, in national changes that it does not know yet."""
    return not carry_over(units.every_version(connection), units.successions(connection), today.isoformat()).is_empty


def _carried(connection: Connection, today: date, mains: Sequence[str]) -> CarriedOver:
    every, known = units.every_version(connection), units.successions(connection)
    carried = carry_over(every, known, today.isoformat())
    if mains:
        chosen = dict(_main(carried.divided, text) for text in mains)
        carried = carry_over(every, known, today.isoformat(), mains=chosen)
    if carried.is_empty:
        raise NothingToCarry(today=day(today))
    refuse_odd(connection, carried)
    return carried


def refuse_odd(connection: Connection, carried: CarriedOver) -> None:
    """Raises UnitsNotListed, PredecessorsMissing, RecognisedAfterEnd."""
    unknown = [unit.full_title for unit in carried.unknown if unit.kind == "xã"]
    if unknown:
        raise UnitsNotListed(count=number(len(unknown)), units=few(unknown, NAMED))
    if carried.missing:
        raise PredecessorsMissing(
            count=number(len(carried.missing)), units=few([unit.title for unit in carried.missing], NAMED)
        )
    history = UnitHistory(units.every_version(connection), ())
    refuse_later(history, recognitions_by_unit(connection), carried.change, decided=False)


def if_not_carried(connection: Connection, unknown: UnknownUnit, year: int) -> UnknownUnit:
    """The refusal of a name; about a year of the new units, where all of a ledger ended before, with what to do."""
    ends = {unit.until for unit in units.every_version(connection) if unit.tier is Tier.COMMUNE}
    all_ended = bool(ends) and max(until or "9999" for until in ends) == REORGANISED_ON
    if type(unknown) is not UnknownUnit or year < int(REORGANISED_ON[:4]) or not all_ended:
        return unknown
    return NotCarriedOver(**unknown.facts)


def _main(divided: Sequence[Division], text: str) -> tuple[str, str]:
    """What `--main` tells, "xã Tân Lập = xã Ô Diên", as the codes of the two; raises NotDividedSo."""
    old_text, _sign, new_text = text.partition("=")
    olds = [division for division in divided if _is_called(division.title, division.code, old_text)]
    news = {
        unit.code: unit for division in olds for unit in division.into if _is_called(unit.title, unit.code, new_text)
    }
    if len(olds) != 1 or len(news) != 1:
        ways = "; ".join(f"{division.title} [{division.code}] → {_names(division.into)}" for division in olds)
        raise NotDividedSo(text=text, ways=ways or few([division.title for division in divided], NAMED) or _("none"))
    return olds[0].code, next(iter(news)) or ""


def _is_called(title: str, code: str | None, typed: str) -> bool:
    return code == typed.strip() or any(
        same_letters(title, typed)
        or same_letters(title.partition(" ")[2], reading.name)
        or same_letters(title, f"{reading.kind} {reading.name}")
        for reading in take_apart(typed).readings
    )


def _names(several: Sequence[NewUnit]) -> str:
    return _(" or ").join(f"{unit.title} [{unit.code}]" for unit in several)


def summary_of(carried: CarriedOver) -> str:
    """What was done, in a sentence: provinces, how many ended, began and went on, of which kinds."""
    parts = []
    if carried.new:
        text = _("{provinces}: {old} commune-level units → {new} ({ended} ended, {begun} began, {kept} go on); {kinds}")
        parts.append(
            text.format(
                provinces=few(carried.provinces, 3),
                old=number(len(carried.old)),
                new=number(len(carried.new)),
                ended=number(len(carried.old) - carried.kept),
                begun=number(len(carried.new) - carried.kept),
                kept=number(carried.kept),
                kinds=_("{old} → {new}").format(old=kinds_of(carried.old), new=kinds_of(carried.new)),
            )
        )
    if carried.of_kind:
        text = _("of another kind: {units}")
        parts.append(text.format(units=few([unit.title for unit in carried.of_kind], 12)))
    return "; ".join(parts)


def kinds_of(several: Collection[NewUnit]) -> str:
    """How many of each kind: "116 xã, 17 phường, 10 thị trấn"."""
    counts: Mapping[str, int] = Counter(unit.kind for unit in several if unit.tier is Tier.COMMUNE)
    return ", ".join(f"{number(counts[kind])} {kind_name(kind)}" for kind in KINDS[Tier.COMMUNE] if counts.get(kind))
