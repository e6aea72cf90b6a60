"""One small ledger of every released schema."""

import lzma
from pathlib import Path

import pytest

DATABASES = Path(__file__).parent.parent / "databases"
REVISIONS = sorted(file.name.split(".")[0] for file in DATABASES.glob("*.db.xz"))
# The everyday run takes the earliest and the last of them.
EACH_REVISION = [
    one if one in (REVISIONS[0], REVISIONS[-1]) else pytest.param(one, marks=pytest.mark.slow) for one in REVISIONS
]


def unpack(revision: str, file: Path) -> Path:
    """The ledger of this schema, put under this name."""
    file.write_bytes(lzma.decompress((DATABASES / f"{revision}.db.xz").read_bytes()))
    file.chmod(0o600)
    return file
