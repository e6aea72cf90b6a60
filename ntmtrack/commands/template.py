"""`template`: the form that districts fill in, offering the units that stand and the levels that there are."""

from collections import Counter
from datetime import date
from pathlib import Path

from ntmtrack.commands import Session
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.errors import NotCarriedOver, UnknownFormat
from ntmtrack.files import refuse_foreign
from ntmtrack.i18n import _, number
from ntmtrack.ingest.district_form import FormChoices, write_template
from ntmtrack.model import Tier, Unit
from ntmtrack.programmes import DEFAULT, every, programme
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import setting
from ntmtrack.storage.queries.participations import participants
from ntmtrack.streams import remark
from ntmtrack.ways import way, way_over


def make_form(session: Session, file: Path, options: ReportOptions) -> None:
    """Writes the form to `file`; raises UnknownFormat, and what `replacing` and `resolve` raise."""
    if file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or "recognitions", command="template")
    refuse_foreign(file)
    with session.reading() as connection:
        spec = resolve(connection, of_today(connection, options, session.today), session.today)
        choices = _choices(connection, spec, session)
    write_template(file, choices)
    text = way(
        _(
            "Wrote {file}: a form with {units} units of {scope} as of {year} (another year: --year); take it in again"
            " with: ntmtrack import"
        ),
        _("Wrote {file}: a form with {units} units of {scope} as of {year}; take it in again with: “Take in a file”"),
    )
    told = {"units": number(len(choices.units)), "scope": choices.scope, "year": spec.moment.day.year}
    session.say(text.format(file=file, **told))


def of_today(connection: Connection, options: ReportOptions, today: date) -> ReportOptions:
    """Asked of the units that stand today, whom a form reaches; where none do, of those at the programme's end.

    Whatever was recorded last: a form asks for what is not on record yet, and another year would make a round that
    goes on another one.
    """
    if options.year is not None:
        return options
    last = programme(setting(connection, "programme") or DEFAULT).last_year
    stands = units.every_unit(connection, today, tier=Tier.COMMUNE)
    if not stands and last < today.year and units.every_unit(connection, tier=Tier.COMMUNE):
        remark(
            _("Note: the units of the form have ended. {carry}").format(
                carry=_(NotCarriedOver.hint).format(way=way_over())
            )
        )
    return options._replace(year=today.year if stands else min(today.year, last))


def districts_today(session: Session) -> list[str]:
    """The districts that a form may be of, in official order, each as nothing else is called."""
    with session.reading() as connection:
        province = units.sole_province(connection, session.today)
        asked = of_today(connection, ReportOptions(), session.today)
        spec = resolve(connection, asked, session.today, of=province)
        districts = units.every_unit(connection, spec.moment.units_on, tier=Tier.DISTRICT)
    borne = Counter(district.title for district in districts)
    return [district.title if borne[district.title] == 1 else district.full_title for district in districts]


def offered_levels(spec: ReportSpec) -> list[str]:
    """The levels of the period by name, and those that units keep beside them."""
    period = spec.view.programme
    return [level.name for level in (*period.levels, *(period.kept.ladder.levels if period.kept else ()))]


def counted_units(connection: Connection, spec: ReportSpec) -> list[Unit]:
    """The units of the scope that stand and are counted, or take part, in official order."""
    programme, on, scope = spec.view.programme, spec.moment.units_on, spec.view.scope
    taking_part = participants(connection, programme.key, on, scope)
    standing = units.every_unit(connection, on, scope)
    return [unit for unit in standing if unit.kind in programme.counted.get(unit.tier, ()) or unit.id in taking_part]


def _choices(connection: Connection, spec: ReportSpec, session: Session) -> FormChoices:
    named = counted_units(connection, spec)
    communes = [unit for unit in named if unit.tier is Tier.COMMUNE]
    districts = [unit for unit in named if unit.tier is Tier.DISTRICT]
    province = units.sole_province(connection, spec.moment.units_on)
    return FormChoices(
        scope=spec.scope_name,
        issuer=f"UBND {province.title if province else 'tỉnh'}",  # Vietnamese, as the form is
        units=[unit.full_title for unit in (*communes, *districts)],
        levels=list(dict.fromkeys(offered_levels(spec))),
        first_year=every()[0].first_year,
        last_year=session.today.year,
    )
