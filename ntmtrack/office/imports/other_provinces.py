"""Tables whose titles name another province: names of its communes may be those of ours."""

import sqlite3
from collections.abc import Sequence

from ntmtrack.errors import TitleOfOtherProvince
from ntmtrack.office.imports.weighed import Terms
from ntmtrack.sheets.tables import Table
from ntmtrack.storage.queries import units
from ntmtrack.text import plain, same_unmarked


def refuse_other_province(connection: sqlite3.Connection, tables: Sequence[Table], terms: Terms) -> None:
    """Refuses a table whose title names another province, unless a scope is told; raises TitleOfOtherProvince."""
    texts = [title for table in tables for title in table.titles if "tinh" in plain(title)]
    if terms.scope or not texts:
        return
    own = units.provinces(connection)
    if not own:
        return
    from ntmtrack.gazetteer import provinces_named

    named = {unit.name: unit for text in texts for unit in provinces_named(text)}
    if named and not any(same_unmarked(name, unit.name) for name in named for unit in own):
        title = next(iter(named.values())).title
        raise TitleOfOtherProvince(file=terms.file, province=title, own=own[0].title)
