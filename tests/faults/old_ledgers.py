"""One small ledger of every released schema."""

import lzma
from pathlib import Path

DATABASES = Path(__file__).parent.parent / "databases"
REVISIONS = sorted(file.name.split(".")[0] for file in DATABASES.glob("*.db.xz"))


def unpack(revision: str, file: Path) -> Path:
    """The ledger of this schema, put under this name."""
    file.write_bytes(lzma.decompress((DATABASES / f"{revision}.db.xz").read_bytes()))
    file.chmod(0o600)
    return file
