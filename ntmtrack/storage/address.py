"""Where a ledger lies: a file, or a database of a PostgreSQL server."""

import re
from dataclasses import dataclass
from pathlib import Path

from ntmtrack.errors import BadAddress, PasswordInAddress
from ntmtrack.i18n import _

SCHEMES = ("postgresql://", "postgres://")
_PARTS = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^:@/?]*)(?::(?P<password>.*))?@)?[^/?]*(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?$",
    re.DOTALL,
)
# What is meant as an address, and is none: no file is made of it.
_MEANT = re.compile(r"[a-z][a-z0-9+]+:/|postgres\w*/|service=|host=|dbname=", re.ASCII | re.IGNORECASE)
_SERVICE = re.compile(r"service=(\S+)", re.ASCII)


@dataclass(frozen=True)
class ServerAddress:
    """A database of a server, as it was typed: what libpq takes, without any password."""

    typed: str

    def __str__(self) -> str:
        return self.typed

    @property
    def name(self) -> str:
        """What the database is called, in the place of a file's name."""
        if service := _SERVICE.fullmatch(self.typed):
            return service[1]
        parts = _PARTS.match(self.typed)
        assert parts
        return _decoded(parts["database"] or parts["user"] or self.typed)

    @property
    def suffix(self) -> str:
        """It has none."""
        return ""

    @property
    def parent(self) -> Path:
        """Where files go that belong beside it: the working folder."""
        return Path()

    @property
    def stem(self) -> str:
        """The same, for the names of files that are made of it."""
        return re.sub(r"[^\w.-]", "-", self.name)


Place = Path | ServerAddress


def is_same(one: Place, other: Place) -> bool:
    """Whether two places are one, by whatever links and folders they are named."""
    if isinstance(one, Path) and isinstance(other, Path):
        return one.resolve() == other.resolve()
    return one == other


def server_address(typed: str) -> ServerAddress | None:
    """The server that an address means, None where it means a file; raises PasswordInAddress, BadAddress."""
    if _SERVICE.fullmatch(typed):
        return ServerAddress(typed)
    if not typed.startswith(SCHEMES):
        if _MEANT.match(typed):
            raise BadAddress(file=without_password(typed), reason=_("it is not written as an address"))
        return None
    if _holds_password(typed):
        raise PasswordInAddress(address=without_password(typed))
    return ServerAddress(typed)


def _holds_password(typed: str) -> bool:
    parts = _PARTS.match(typed)
    return parts is not None and (parts["password"] is not None or "password=" in _decoded(parts["query"] or ""))


def _decoded(text: str) -> str:
    """A part of an address with its letters in the place of their bytes in hexadecimal digits."""
    return re.sub(
        "(?:%[0-9A-Fa-f]{2})+", lambda found: bytes.fromhex(found[0].replace("%", "")).decode(errors="replace"), text
    )


def without_password(typed: str) -> str:
    """An address as it may be shown."""
    shown = re.sub(r"(?<=://)([^:@/]*):.*@", r"\1@", typed)
    shown = re.sub(r"([?&])(?:ssl)?password=[^&]*&?", r"\1", shown).rstrip("?&")
    return shown.partition("?")[0] if "password=" in _decoded(shown) else shown
