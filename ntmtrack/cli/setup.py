"""`init` and `demo`: starting a ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ntmtrack.cli.app import START, command, invocation
from ntmtrack.i18n import N_, _, number

if TYPE_CHECKING:
    from ntmtrack.model import NewUnit, Programme


@command(
    "demo",
    START,
    N_("Try it: the real units, roadmap and recognitions of Kiên Giang, a table and a workbook."),
    "ntmtrack demo\nntmtrack demo --into D:\\ntm",
)
def demo(
    ctx: typer.Context,
    into: Annotated[
        Path,
        typer.Option("--into", metavar=N_("FOLDER"), help=N_("Where to put the sample ledger and workbook.")),
    ] = Path(),
) -> None:
    from ntmtrack.office.sample import run

    run(invocation(ctx), into)


@command(
    "init",
    START,
    N_("Start a ledger with the official units of a province, and its roadmap where one is built in."),
    'ntmtrack init --province "Kiên Giang"\nntmtrack init --province "An Giang" --programme 2026-2030',
)
def init(
    ctx: typer.Context,
    province: Annotated[
        str,
        typer.Option("--province", "-p", metavar=N_("PROVINCE"), help=N_("Name or code of the province.")),
    ],
    programme_key: Annotated[
        str,
        typer.Option("--programme", metavar=N_("PERIOD"), help=N_("2021-2025: 63 provinces; 2026-2030: 34 provinces.")),
    ] = "2021-2025",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Say what would be done; write nothing."))] = False,
) -> None:
    from ntmtrack import gazetteer, roadmaps
    from ntmtrack.office.province import add_roadmap, refuse_loaded
    from ntmtrack.programmes import programme
    from ntmtrack.storage.queries.units import provinces

    call = invocation(ctx)
    chosen = programme(programme_key)
    units = gazetteer.province(gazetteer.unit_list(chosen.key), province)
    top = units[0]
    with call.acting("init", create=True, dry_run=dry_run) as ledger:
        refuse_loaded(ledger.connection, top)
        others = provinces(ledger.connection)
        ids = ledger.add_units(units)
        ledger.set("programme", chosen.key)
        plans = roadmaps.built_in(chosen.key, top.code)
        for plan in plans:
            add_roadmap(ledger, plan, ids[top.code or ""])
        ledger.summary = _summary(units, chosen) + "".join(
            _("; roadmap {number}").format(number=plan.number) for plan in plans
        )
    if others:
        text = _('This ledger holds {count} provinces: ask for one with --scope, e.g. --scope "{province}".')
        call.say(text.format(count=number(len(others) + 1), province=top.name))
    if not plans:
        call.say(_("No roadmap is built in for this province: progress shows actual figures only."))
    call.say(
        _("Next: ntmtrack units   ·   ntmtrack record NAME --level ntm --year {year}").format(
            year=min(call.today.year, chosen.last_year)
        )
    )


def _summary(units: "Sequence[NewUnit]", chosen: "Programme") -> str:
    from ntmtrack.model import Tier

    top = units[0]
    districts = sum(unit.tier is Tier.DISTRICT for unit in units)
    communes = [unit for unit in units if unit.tier is Tier.COMMUNE]
    counted = sum(unit.kind in chosen.counted[Tier.COMMUNE] for unit in communes)
    text = (
        _("{province}: {districts} districts, {communes} commune-level units, {counted} of them communes")
        if districts
        else _("{province}: {communes} commune-level units, {counted} of them communes")
    )
    return text.format(
        province=f"{top.kind} {top.name}",
        districts=number(districts),
        communes=number(len(communes)),
        counted=number(counted),
    )
