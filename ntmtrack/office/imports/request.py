"""What `import` was told, and which of its options say something of which table."""

from dataclasses import dataclass
from pathlib import Path

from ntmtrack.errors import OnlyForTables
from ntmtrack.office.imports.tables_found import Choice
from ntmtrack.sheets.fields import What
from ntmtrack.sheets.recognition_rows import Defaults
from ntmtrack.sheets.sources import STDIN


@dataclass(frozen=True, slots=True)
class Request:
    """What `import` was told."""

    word: str
    choice: Choice
    defaults: Defaults
    scope: str | None = None
    accept_near: bool = False
    skip_bad: bool = False
    over_edits: bool = False
    yes: bool = False
    dry_run: bool = False
    copy: Path | None = None  # where the marked copy goes; None: beside the file
    no_copy: bool = False
    format: str | None = None
    output: Path | None = None


def refuse_unfit(what: What, request: Request) -> None:
    """Refuses options that say nothing of such a table; raises OnlyForTables."""
    given, choice = request.defaults, request.choice
    told = {
        "--sheet": choice.sheets,
        "--map": choice.mapped,
        "--skip-bad": request.skip_bad,
        "--skip-hidden": choice.skip_hidden,
        "--annotate": request.copy,
        "--over-edits": request.over_edits,
        "--accept-near": request.accept_near,
        "--scope": request.scope,
        "--level": given.level,
        "--year": given.year,
        "--decision": given.number,
        "--date": given.signed_on,
        "--issuer": given.issuer,
        "--announced": given.announced_on,
        "--source": given.source,
        "--note": given.note,
        STDIN: request.word == STDIN,
    }
    if used := [option for option, value in told.items() if value and option not in _FITTING.get(what, told)]:
        raise OnlyForTables(options=", ".join(used), what=what.label)


_OF_TABLES = (STDIN, "--sheet", "--map", "--skip-bad", "--skip-hidden", "--annotate")
# Recognitions take every option.
_FITTING = {
    What.UNITS: _OF_TABLES,
    What.PUBLISHED: (*_OF_TABLES, "--scope", "--year", "--source"),
    What.ROADMAP: (),
}
