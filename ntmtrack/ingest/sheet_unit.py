"""The one unit of which a whole sheet is, where its rows name criteria: told by its title, or by its own name."""

import re
from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.read_assessments import naming_of
from ntmtrack.ingest.read_units import CellText, UnitNaming
from ntmtrack.model import Tier
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import clean, fold

_COMMUNE = re.compile(r"\b(xã|phường|thị trấn|đặc khu)\s*:?\s+", re.IGNORECASE)
_DISTRICT = re.compile(r"\b(huyện|thị xã|thành phố)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:.()–]+")
_MOST_WORDS = 5


def unit_of_sheet(register: Register, table: OfficeTable) -> tuple[UnitNaming | None, Problem | None]:
    """The unit that a sheet as a whole is of; none where its rows name units, and a problem where it names none."""
    fields = {column.field for column in table.head.columns}
    if Field.CRITERION not in fields or fields & {Field.UNIT, Field.CODE, Field.DISTRICT}:
        return None, None
    named = [*_named(register, table)]
    if not named:
        says = _("neither the title nor the sheet’s name tells of which commune this is")
        return None, Problem(ProblemKind.UNIT, CellRef(table.sheet.name, table.head.top), says, _("write “xã …” above"))
    if len({fold(name.value) for name in named}) > 1:
        says = _("the title and the sheet’s name tell of several communes: {names}")
        told = ", ".join(dict.fromkeys(f"“{name.value}”" for name in named))
        return None, Problem(ProblemKind.UNIT, named[0].ref, says.format(names=told), _("correct the title"))
    return naming_of(named[0], _district(register, table)), None


def _named(register: Register, table: OfficeTable) -> Iterator[CellText]:
    """The communes named above the table, the longest names that some unit bears; by the sheet's name where none is."""
    found = False
    for row in range(table.head.top):
        for column, cell in enumerate(table.sheet.rows[row]):
            text = clean(cell.value) if isinstance(cell.value, str) else ""
            for match in _COMMUNE.finditer(text):
                if name := _longest(register, text[match.end() :], Tier.COMMUNE):
                    found = True
                    yield CellText(f"{match[1].lower()} {name}", CellRef(table.sheet.name, row, column, cell.shown))
    own = _COMMUNE.sub("", clean(table.sheet.name))
    if not found and any(unit.tier is Tier.COMMUNE for unit in register.called(own)):
        yield CellText(clean(table.sheet.name), CellRef(table.sheet.name, table.head.top, None, table.sheet.name))


def _district(register: Register, table: OfficeTable) -> CellText | None:
    for row in range(table.head.top):
        for column, cell in enumerate(table.sheet.rows[row]):
            text = clean(cell.value) if isinstance(cell.value, str) else ""
            match = _DISTRICT.search(text)
            name = _longest(register, text[match.end() :], Tier.DISTRICT) if match else ""
            if match and name:
                return CellText(f"{match[1].lower()} {name}", CellRef(table.sheet.name, row, column, cell.shown))
    return None


def _longest(register: Register, text: str, tier: Tier) -> str:
    """The longest name at the beginning of a text that a unit of a tier bears; "" for none."""
    words = _WORD.findall(text)[:_MOST_WORDS]
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((name for name in names if any(unit.tier is tier for unit in register.called(name))), "")
