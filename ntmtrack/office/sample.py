"""The demo: Kiên Giang from the sample data, its progress in 2024, its workbook."""

from pathlib import Path

from ntmtrack import paths
from ntmtrack.errors import NotADemo, NtmError, unwritable
from ntmtrack.export import as_xlsx
from ntmtrack.i18n import _, number
from ntmtrack.model import Confidence
from ntmtrack.office.filing.assembling import sheet_keys
from ntmtrack.office.filing.exporting import filing_of
from ntmtrack.office.filing.request import Request
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.progress import progress_at
from ntmtrack.office.province import add_roadmap
from ntmtrack.office.question import Asked, take
from ntmtrack.roadmaps.toml import built_in
from ntmtrack.sheets.sample import Sample, read_sample
from ntmtrack.storage.inserts import Place
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.actions import last_action, setting
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.storage.transaction import acting

YEAR = 2024
NAME = "ntmtrack-demo"


def run(call: Invocation, folder: Path) -> None:
    """Builds the sample ledger in `folder`, shows and exports it; raises NotADemo where a ledger is in the way.

    A sample that nothing was done to since is simply used again.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise unwritable(folder, wrong) from wrong
    file, book = folder / f"{NAME}.db", folder / f"{NAME}.xlsx"
    sample = read_sample(paths.sample_data() / "kien_giang")
    if not file.exists():
        _build(call, file, sample)
        call.has_written = True
    elif not _is_untouched_demo(file):
        raise NotADemo(file=file)
    with reading(file) as connection:
        call.show(progress_at(connection, take(connection, Asked(YEAR), call.today, planned=True)), None)
        as_xlsx.write(filing_of(connection, call, Request(book, Asked(YEAR)), sheet_keys(None)), book)
    _say_what_it_is(call, sample, file, book)


def _is_untouched_demo(file: Path) -> bool:
    try:
        with reading(file) as connection:
            return setting(connection, "demo") == "yes" and last_action(connection) == 1
    except NtmError:
        return False


def _build(call: Invocation, file: Path, sample: Sample) -> None:
    with acting(file, call.stamp("demo"), create=True) as ledger:
        ids = ledger.add_units(sample.units)
        province = ids[sample.units[0].code or ""]
        for plan in built_in("2021-2025", ids):
            add_roadmap(ledger, plan, Place(ids.get(plan.scope_code)))
        for code, recognition in sample.recognitions:
            ledger.record(find_unit(ledger.connection, code), recognition)
        ledger.publish(sample.published, province)
        ledger.set("programme", "2021-2025")
        ledger.set("demo", "yes")
        ledger.summary = _("Sample of Kiên Giang: {units} units, {recognitions} recognitions").format(
            units=number(len(sample.units)), recognitions=number(len(sample.recognitions))
        )


def _say_what_it_is(call: Invocation, sample: Sample, file: Path, book: Path) -> None:
    made_up = sample.count(Confidence.ILLUSTRATIVE)
    sourced = len(sample.recognitions) - made_up
    call.say("")
    call.say(_("Ledger: {file}   ·   workbook: {book}").format(file=file, book=book))
    call.say(
        _(
            "Real: units and codes, the roadmap as printed, {sourced} recognitions found in public sources."
            " Illustrative: {made_up} recognitions, made up so that totals agree with published ones."
        ).format(sourced=number(sourced), made_up=number(made_up))
    )
    call.say(_('Go on with: ntmtrack progress --years --db "{file}"').format(file=file))
