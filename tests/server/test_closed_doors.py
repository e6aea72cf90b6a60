"""A server that lets nobody in, has no room, or holds a ledger of another schema: what is told, and exit codes."""

from collections.abc import Iterator

import psycopg
import pytest

from ntmtrack.errors import ServerUnreachable
from tests.consoles import CTRL_C, typing
from tests.faults.soundness import assert_told
from tests.postgresql import as_server
from tests.running import run

WRITES = ("record", "Mường Khoa", "--level", "ntm", "--year", "2024")


@pytest.fixture
def doors(cluster) -> Iterator[None]:
    """Roles that need a password or an encrypted connection, or may not come in at all."""
    rules = cluster.data / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    with psycopg.connect(cluster.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE sealed LOGIN PASSWORD 'dung'; CREATE ROLE hidden LOGIN")
        connection.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
        kept = "host all sealed 127.0.0.1/32 scram-sha-256\nhostssl all hidden 127.0.0.1/32 trust\n"
        rules.write_text(f"{kept}host all hidden 127.0.0.1/32 reject\n{before}", encoding="utf-8")
        as_server(cluster.programs / "pg_ctl", "reload", "-D", cluster.data)
        yield
        rules.write_text(before, encoding="utf-8")
        as_server(cluster.programs / "pg_ctl", "reload", "-D", cluster.data)
        connection.execute("DROP ROLE sealed, hidden, crowded")


def refused(address: str, code: int, words: str) -> None:
    for argv in (("status",), WRITES):
        said = run(*argv, "--db", address)
        assert_told(said, code, of=address)
        assert words in said.err


@pytest.mark.usefixtures("doors")
def test_who_is_not_let_in_is_told_why(cluster, database, monkeypatch: pytest.MonkeyPatch, office):
    name = database.rpartition("/")[2]
    refused(cluster.address(name, "sealed"), 6, "chưa có mật khẩu")
    monkeypatch.setenv("PGPASSWORD", "sai")
    refused(cluster.address(name, "sealed"), 6, "sai mật khẩu")
    refused(cluster.address(name, "hidden"), 6, "mã hoá")
    refused(cluster.address(name) + "?sslmode=require", 6, "không mã hoá được")
    refused(cluster.address(name, "crowded"), 6, "hết chỗ")
    refused(cluster.address("khong_co"), 6, "không có cơ sở dữ liệu nào tên như vậy")
    passwords = office / ".pgpass"
    passwords.write_text(f"127.0.0.1:{cluster.port}:*:sealed:dung\n", encoding="utf-8")
    passwords.chmod(0o644)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    monkeypatch.delenv("PGPASSWORD")
    refused(cluster.address(name, "sealed"), 6, "chmod 600")
    passwords.chmod(0o600)
    refused(cluster.address(name, "sealed"), 6, "chưa được cấp quyền")


def test_a_service_is_an_address(cluster, database, monkeypatch: pytest.MonkeyPatch, office):
    services = office / "pg_service.conf"
    name = database.rpartition("/")[2]
    services.write_text(
        f"[lai-chau]\nhost=127.0.0.1\nport={cluster.port}\ndbname={name}\nuser=postgres\n", encoding="utf-8"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    assert run("init", "--province", "Lai Châu", "--db", "service=lai-chau").code == 0
    monkeypatch.setenv("NTMTRACK_DB", "service=lai-chau")
    shown = run("status")
    assert (shown.code, "service=lai-chau" in shown.out) == (0, True)


@pytest.mark.parametrize(("revision", "code"), [("0008", 4), ("0999", 4)])
def test_a_ledger_of_another_schema_is_left_alone(database: str, revision: str, code: int):
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE ntmtrack.alembic_version SET version_num = %s", (revision,))
    refused(database, code, revision)


def test_a_database_without_a_ledger_is_told(cluster):
    refused(cluster.address("postgres"), 1, "ntmtrack server init")


@pytest.mark.usefixtures("doors")
def test_the_menu_of_who_is_not_let_in_says_what_a_command_says(cluster, database, monkeypatch, office):
    address = cluster.address(database.rpartition("/")[2], "sealed")
    plain = run("status", "--db", address)
    with typing(monkeypatch, "3"):
        menu = run("--db", address)
    assert (menu.code, menu.err) == (plain.code, plain.err) == (6, plain.err)


def test_a_server_that_closes_while_the_menu_is_open_leads_back_to_it(database, monkeypatch, office):
    assert run("init", "--province", "Lai Châu", "--db", database).code == 0
    closed = []

    def reading(*_argv, **_options):
        closed.append(1)
        raise ServerUnreachable(file=database, reason="x")

    with typing(monkeypatch, "8", "6", CTRL_C, "2", "9"):
        monkeypatch.setattr(
            "ntmtrack.cli.menu._is_to_be_carried_over",
            lambda _session: monkeypatch.setattr("ntmtrack.storage.open.reading", reading) or False,
        )
        menu = run("--db", database)
    assert (menu.code, len(closed)) == (0, 1)
    assert menu.err.count("Lỗi: ") == 1
