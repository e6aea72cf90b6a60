"""The demo: Kiên Giang from the sample data, its progress in 2024, its workbook."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ntmtrack import paths
from ntmtrack.commands import Session
from ntmtrack.commands.export import ExportRequest, document_of
from ntmtrack.commands.export_sheets import choose_sheets
from ntmtrack.commands.given_plans import add_roadmap
from ntmtrack.commands.progress import AS_USUAL, progress_report
from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.dates import last_day
from ntmtrack.errors import DemoInOwnFile, NotADemo, NtmError, unwritable
from ntmtrack.export import as_xlsx
from ntmtrack.i18n import _, number
from ntmtrack.model import Confidence, Decision, NewUnit, Published, Recognition, Tier
from ntmtrack.programmes import of_year
from ntmtrack.roadmaps.toml import built_in
from ntmtrack.storage.open import reading
from ntmtrack.storage.plan_inserts import RoadmapPlace
from ntmtrack.storage.queries.actions import last_action, setting
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.storage.transaction import acting


@dataclass(frozen=True, slots=True)
class Sample:
    """A province ready to be loaded; recognitions by the code of their unit, lower levels first."""

    units: tuple[NewUnit, ...]
    recognitions: tuple[tuple[str, Recognition], ...]
    published: tuple[Published, ...]

    def count(self, *confidences: Confidence) -> int:
        """How many recognitions are of these confidences."""
        return sum(recognition.confidence in confidences for _code, recognition in self.recognitions)


def read_sample(folder: Path) -> Sample:
    """The sample in `folder`, e.g. sample_data/kien_giang."""
    files = ("recognitions_sourced.csv", "recognitions_illustrative.csv")
    recognitions = [_recognition(row) for file in files for row in _rows(folder / file)]
    return Sample(
        units=tuple(_units(_rows(folder / "units.csv"))),
        recognitions=tuple(recognitions),
        published=tuple(_published(row) for row in _rows(folder / "published.csv")),
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _units(rows: list[dict[str, str]]) -> Iterator[NewUnit]:
    """Units in the order of the file; rows that share a code are versions of one unit, the oldest first."""
    versions: dict[str, NewUnit] = {}
    for place, row in enumerate(rows):
        new = NewUnit(
            name=row["name"],
            kind=row["kind"],
            tier=Tier(row["tier"]),
            code=row["code"] or None,
            parent_code=row["parent_code"] or None,
            since=row["since"] or None,
            until=row["until"] or None,
            resolution=row["resolution"] or None,
        )
        key = row["code"] or f"row {place}"
        earlier = versions.get(key)
        versions[key] = new._replace(earlier=(*earlier.earlier, earlier._replace(earlier=()))) if earlier else new
    yield from versions.values()


def _recognition(row: dict[str, str]) -> tuple[str, Recognition]:
    year = int(row["year"]) if row["year"] else None
    known_by = row["known_by"] or None
    number, signed_on = row["decision_number"], row["decision_date"] or None
    issuer = _ISSUERS.get(number.rpartition("-")[2]) if number else None
    return row["unit_code"], Recognition(
        level=row["level"],
        programme=of_year(year or last_day(row["known_by"]).year).key,
        year=year,
        known_by=known_by,
        decision=Decision(number, signed_on, issuer) if number else None,
        announced_on=row["announced"] or (None if number else signed_on),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


_ISSUERS = {"TTg": "Thủ tướng Chính phủ", "UBND": "UBND tỉnh Kiên Giang"}


def _published(row: dict[str, str]) -> Published:
    return Published(
        tier=Tier(row["tier"]),
        measure=row["measure"],
        as_of=row["as_of"],
        value=row["value"],
        total=int(row["total"]) if row["total"] else None,
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


YEAR = 2024
NAME = "ntmtrack-demo"


def make_demo(session: Session, folder: Path) -> None:
    """Builds the sample ledger in `folder`, shows and exports it.

    A sample that nothing was done to since is simply used again. Raises NotADemo where a ledger is in the way,
    DemoInOwnFile where another place is told.
    """
    if session.db:
        raise DemoInOwnFile
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise unwritable(folder, wrong) from wrong
    file, book = folder / f"{NAME}.db", folder / f"{NAME}.xlsx"
    sample = read_sample(paths.sample_data() / "kien_giang")
    if not file.exists():
        _build(session, file, sample)
        session.has_written = True
    elif not _is_untouched_demo(file):
        raise NotADemo(file=file)
    with reading(file) as connection:
        spec = resolve(connection, ReportOptions(YEAR), session.today, planned=True)
        session.show(progress_report(connection, spec, AS_USUAL), None)
        as_xlsx.write(
            document_of(
                connection, session, ExportRequest(book, ReportOptions(YEAR)), choose_sheets(None, as_xlsx.SHEETS)
            ),
            book,
        )
    _say_what_it_is(session, sample, file, book)


def _is_untouched_demo(file: Path) -> bool:
    try:
        with reading(file) as connection:
            return setting(connection, "demo") == "yes" and last_action(connection) == 1
    except NtmError:
        return False


def _build(session: Session, file: Path, sample: Sample) -> None:
    with acting(file, session.stamp("demo"), create=True) as ledger:
        ids = ledger.add_units(sample.units)
        province = ids[sample.units[0].code or ""]
        for plan in built_in("2021-2025", ids):
            add_roadmap(ledger, plan, RoadmapPlace(ids.get(plan.scope_code)))
        for code, recognition in sample.recognitions:
            ledger.record(find_unit(ledger.connection, code), recognition)
        ledger.publish(sample.published, province)
        ledger.set("programme", "2021-2025")
        ledger.set("demo", "yes")
        ledger.summary = _("Sample of Kiên Giang: {units} units, {recognitions} recognitions").format(
            units=number(len(sample.units)), recognitions=number(len(sample.recognitions))
        )


def _say_what_it_is(session: Session, sample: Sample, file: Path, book: Path) -> None:
    made_up = sample.count(Confidence.ILLUSTRATIVE)
    sourced = len(sample.recognitions) - made_up
    session.say("")
    session.say(_("Ledger: {file}   ·   workbook: {book}").format(file=file, book=book))
    session.say(
        _(
            "Real: units and codes, the roadmap as printed, {sourced} recognitions found in public sources."
            " Illustrative: {made_up} recognitions, made up so that totals agree with published ones."
        ).format(sourced=number(sourced), made_up=number(made_up))
    )
    session.say(_('Go on with: ntmtrack progress --years --db "{file}"').format(file=file))
