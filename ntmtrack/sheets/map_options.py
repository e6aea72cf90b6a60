"""The option --map as a hint writes it: what an officer copies must mean the same column in every shell."""

import re

from ntmtrack.sheets.cells import letters_of
from ntmtrack.sheets.headings import is_column, simple

# No quotation marks, of which PowerShell takes curly ones too, no “=”, nothing that a shell replaces.
_TYPED = re.compile(r"[\w ,.;:()/+–-]{1,40}")


def map_option(place: int, word: str, heading: str = "") -> str:
    """--map "D=year" for the column at a place, by its heading where one is given that can be typed as it stands."""
    is_typed = _TYPED.fullmatch(heading) and simple(heading) and not is_column(heading)
    return f'--map "{heading if is_typed else letters_of(place)}={word}"'
