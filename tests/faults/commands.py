"""One command line of every kind of use, for trying each of them on a ledger that something is wrong with."""

from pathlib import Path

TABLE = "bang.csv"
GOOD = "tot.db"
READING = {
    "progress": ("progress",),
    "history": ("history",),
    "check": ("check",),
    "export": ("export", "bao-cao.xlsx"),
    "verify": ("verify",),
    "diff": ("diff", "--from", GOOD),
}
COPYING = {"backup": ("backup", "sao.db")}
WRITING = {
    "record": ("record", "30836", "--level", "nang-cao", "--year", "2025"),
    "import": ("import", TABLE, "--yes"),
    "undo": ("undo",),
}
RESTORING = {"restore": ("restore", GOOD, "--yes")}
FROM_IT = {"restore from it": ("restore", "so.db", "--yes", "--db", GOOD)}
REFUSED_ON_BROKEN = READING | COPYING | WRITING | FROM_IT


def lay_out(folder: Path, ledger: Path) -> None:
    """What those commands speak of: a table to import, a good ledger beside the broken one."""
    (folder / TABLE).write_text("Mã,Danh hiệu,Năm đạt chuẩn\n30836,nâng cao,2025\n", encoding="utf-8")
    (folder / GOOD).write_bytes(ledger.read_bytes())
    (folder / GOOD).chmod(0o600)
