"""SQL as SQLite takes it, put into what PostgreSQL takes: the one place that knows where the two differ.

What PostgreSQL lacks as a function is made in its schema (`schema`); here are words that no function can stand for.
"""

import re
from functools import lru_cache

# A text in quotes, a name in quotes, a cast, a parameter, a sign or word that means something else.
_PIECE = re.compile(
    r"""(?P<kept>'(?:[^']|'')*'|"[^"]*"|::)
        |:(?P<named>[a-z_]\w*)
        |(?P<placed>\?)
        |\bIS\s+NOT\s+(?P<differs>(?!NULL\b|DISTINCT\b)(?=[\w:?'"(]))
        |\bIS\s+(?P<same>(?!NULL\b|NOT\b|DISTINCT\b)(?=[\w:?'"(]))
        |\bLIMIT\s+(?P<all>-1)
        |(?P<once>/\*\ once\ \*/)
        |\bgroup_concat\((?P<each>[\w.]+)\)
        |(?P<part>main|temp)\.(?=\w)""",
    re.VERBOSE | re.ASCII,
)
_PARTS = {"main": "ntmtrack.", "temp": "pg_temp."}


@lru_cache(maxsize=1024)
def translated(sql: str) -> str:
    """A statement with its parameters as psycopg names them; `%` stands doubled, as it asks."""
    return _PIECE.sub(_put, sql.replace("%", "%%"))


def _put(piece: re.Match[str]) -> str:
    if piece["kept"]:
        return piece[0]
    if piece["named"]:
        return f"%({piece['named']})s"
    if piece["placed"]:
        return "%s"
    if piece["all"]:
        return "OFFSET 0"
    if piece["once"]:
        return "MATERIALIZED"
    if piece["each"]:
        return f"string_agg({piece['each']}::text, ',')"
    if piece["part"]:
        return _PARTS[piece["part"]]
    return "IS NOT DISTINCT FROM " if piece["same"] is not None else "IS DISTINCT FROM "
