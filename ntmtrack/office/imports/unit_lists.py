"""Several communes in one cell, “An Ninh, An Đồng (huyện Quỳnh Phụ)”, told apart so that each is weighed by itself."""

import re

from ntmtrack.model import KINDS, Tier
from ntmtrack.sheets.read_units import Naming
from ntmtrack.storage.queries.register import Register
from ntmtrack.text import clean
from ntmtrack.units.names import split_kind

_PARTS = re.compile(r"\s*(?:[,;+&]|\n|\s+và\s+)\s*(?![^(]*\))")  # not within brackets; Lao Và Chải is one commune
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_COUNTED = re.compile(r"\s*(?:gồm\s*)?[0-9]+\s*(?:xã|đơn vị)\s*(?:gồm|là)?\s*[:(–-]\s*(.*?)\)?\s*$", re.IGNORECASE)
_PAIR = 2
_SEVERAL = re.compile(r"^các\s+(?=(xã|phường|thị trấn)\b)", re.IGNORECASE)


def apart(register: Register, naming: Naming) -> list[Naming]:
    """The namings of a row, one a commune where its cell lists several; `naming` alone where it names one.

    A last part that is a district, or a bracket behind the last, is where all of them lie.
    """
    if naming.unit is None or naming.code or not _PARTS.search(naming.unit.value):
        return [naming]
    names, place = _split(register, naming.unit.value)
    known = sum(_is_commune(register, name) for name in names)
    is_pair = len(names) == _PAIR and not place  # of a commune and its district, perhaps mistyped
    if len(names) < _PAIR or known < (_PAIR if is_pair else 1) or any(_is_place(register, one) for one in names[1:]):
        return [naming]  # “Sơn Bình, Hòn Đất, Đồng Tháp” is one commune, told within places that cannot be right
    where = f" ({place})" if place else ""
    units = (naming.unit._replace(value=name if _BRACKET.search(name) else f"{name}{where}") for name in names)
    return [naming._replace(unit=unit) for unit in units]


def _split(register: Register, text: str) -> tuple[list[str], str]:
    counted = _COUNTED.fullmatch(text)
    parts = [part for part in _PARTS.split(_SEVERAL.sub("", counted[1] if counted else text)) if part]
    places: list[str] = []
    while len(parts) > 1 and _is_place(register, parts[-1]):
        places.insert(0, parts.pop())
    bracket = _BRACKET.search(parts[-1]) if len(parts) > 1 and not places else None
    if bracket and not any(_BRACKET.search(part) for part in parts[:-1]):
        places = [bracket[1]]
        parts[-1] = parts[-1][: bracket.start()]
    return [clean(part) for part in parts], ", ".join(places)


def _is_place(register: Register, text: str) -> bool:
    """Whether a part names a district or province."""
    kind, name = split_kind(_BRACKET.sub("", text))
    above = {*KINDS[Tier.DISTRICT], *KINDS[Tier.PROVINCE]}
    return kind in above or (kind is None and any(unit.kind in above for unit in register.called(name)))


def _is_commune(register: Register, text: str) -> bool:
    kind, name = split_kind(_BRACKET.sub("", text))
    return any(unit.tier is Tier.COMMUNE and kind in (None, unit.kind) for unit in register.called(name))
