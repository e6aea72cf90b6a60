"""The sheets for other programs and for whoever asks what it rests on: the facts themselves, the notes."""

from ntmtrack import __version__
from ntmtrack.export.document import Look, Sheet
from ntmtrack.i18n import _, number
from ntmtrack.model import Confidence
from ntmtrack.office.census import alike
from ntmtrack.office.filing.form_values import form_values
from ntmtrack.office.filing.material import Material
from ntmtrack.reports import Cell, Column, Report, Table
from ntmtrack.reports.labels import known_words, roadmap_label
from ntmtrack.reports.lists import facts_report
from ntmtrack.sheets.template_names import Value, Year
from ntmtrack.storage.queries import units

DATA, NOTES, NAMES = "data", "notes", "names"


def data(material: Material) -> Sheet:
    """Every recognition on record in the scope, one row each."""
    every = units.every(material.connection, scope=material.at.view.scope)
    rows = [(unit, one) for unit in every for one in material.recognitions.get(unit.id, ())]
    counted = {one.id for each in material.census.units for one in each.known}
    title = _("Recognitions on record · {scope}").format(scope=material.at.scope_name)
    return Sheet(DATA, facts_report(rows, counted, alike(every), title), look=Look.BARE, filtered=True)


def about(material: Material) -> Sheet:
    """What the figures rest on: day, basis, denominators, the rule of the status, sources, the program and ledger."""
    figures, at = material.figures, material.at
    programme = at.view.programme
    plans = [(_("Roadmap"), figures.own.plan), *((_("Other plans"), one.plan) for one in figures.beside)]
    rows: list[tuple[str, str]] = [
        (_("Scope"), at.scope_name),
        (_("Counted"), material.subtitle),
        *([(_("Known"), known_words(*material.known))] if material.known else []),
        (_("Programme"), f"{programme.title} ({programme.source})"),
        *((what, roadmap_label(plan)) for what, plan in plans if plan),
        *((str(place), note) for place, note in enumerate(material.progress.notes, start=1)),
        (_("Evidence of the recognitions counted"), _evidence(material) or _("none")),
        (_("Program"), f"ntmtrack {__version__}"),
        (_("Fingerprint of the ledger"), material.fingerprint),
    ]
    columns: list[Column[tuple[str, str]]] = [
        Column("what", _("Item"), of=lambda row: row[0]),
        Column("value", _("Content"), of=lambda row: row[1]),
    ]
    table = Table.of("rests_on", "", rows, columns)
    return Sheet(NOTES, Report(NOTES, _("What the figures rest on"), [table]), look=Look.WORKING)


def _evidence(material: Material) -> str:
    """How many of the recognitions that count are recorded, sourced, inferred, made up."""
    known = [recognition for one in material.census.units for recognition in one.known]
    counts = {level: sum(one.confidence is level for one in known) for level in Confidence}
    return " · ".join(f"{level.label} {number(count)}" for level, count in counts.items() if count)


def names(material: Material) -> Sheet:
    """Every name that a form of the office may use, with its value in this report."""
    values = form_values(material)
    columns: list[Column[tuple[str, Value]]] = [
        Column("name", _("Name"), of=lambda row: _braced(row[0])),
        Column("value", _("Value now"), of=lambda row: _cell(row[1])),
    ]
    of_lists: list[Column[tuple[str, str, Value]]] = [
        Column("list", _("List, a row each"), of=lambda row: row[0]),
        Column("name", _("Name"), of=lambda row: _braced(row[1])),
        Column("value", _("Value in its first row"), of=lambda row: _cell(row[2])),
    ]
    fields = [
        (
            _braced(f"#{name}") if place == 0 else "",
            f"{name}.{field}",
            listed.items[0].get(field) if listed.items else None,
        )
        for name, listed in values.lists.items()
        for place, field in enumerate(listed.fields)
    ]
    tables = [
        Table.of("single", _("Names of values"), values.single.items(), columns),
        Table.of("lists", _("Names in lists"), fields, of_lists),
    ]
    return Sheet(NAMES, Report(NAMES, _("Names for forms of the office"), tables), look=Look.WORKING)


def _cell(value: Value) -> Cell:
    """A value as a form shows it: a year without separators."""
    return str(value) if isinstance(value, Year) else value


def _braced(name: str) -> str:
    return f"{{{{{name}}}}}"
