"""An address of a server in the place of a file: what it may be, what is told where nothing comes of it."""

import sys
from pathlib import Path

import psycopg
import pytest

from ntmtrack.errors import EndUnknown, NoLedgerOnServer, SchemaOlder
from ntmtrack.storage.address import ServerAddress, server_address, without_password
from ntmtrack.storage.server import refusals
from ntmtrack.storage.server.text import translated
from tests.running import run

NOBODY = "postgresql://canbo@127.0.0.1:1/ntm"


CERTIFIED = "postgresql://may/ntm?sslkey=khoa.pem&sslpassword=bimat"
HIDDEN = "postgresql://may/ntm?p%61ssword=bimat"


def test_a_password_in_the_address_is_refused_and_never_shown():
    for typed in (
        "postgresql://canbo:bimat@may/ntm",
        "postgresql://may/ntm?user=canbo&password=bimat",
        CERTIFIED,
        HIDDEN,
    ):
        said = run("status", "--db", typed)
        assert (said.code, said.out) == (2, "")
        assert "bimat" not in said.err
        assert ".pgpass" in said.err
    assert without_password("postgresql://canbo:bi@mat@may:5432/ntm") == "postgresql://canbo@may:5432/ntm"


def test_a_server_is_told_from_a_file():
    assert server_address("so.db") is None
    assert server_address("service.db") is None
    assert server_address("service=lai-chau") == ServerAddress("service=lai-chau")
    assert ServerAddress("postgresql://may/s%E1%BB%95").name == "sổ"
    assert ServerAddress("service=lai-chau").stem == "lai-chau"


def test_a_server_that_does_not_answer_is_told():
    for argv in (("status",), ("record", "Mường Khoa", "--level", "ntm", "--year", "2024")):
        said = run(*argv, "--db", NOBODY)
        assert (said.code, said.out) == (6, "")
        assert NOBODY in said.err
        assert "không có máy chủ nào trả lời" in said.err


def test_a_service_that_nobody_described_is_told():
    said = run("status", "--db", "service=khong-co")
    assert (said.code, said.out) == (2, "")
    assert "“khong-co”" in said.err
    assert ".pg_service.conf" in said.err


@pytest.mark.parametrize(
    "typed",
    [
        *("postgress://canbo@may/ntm", "postgresql:/canbo@may/ntm", "PostgreSQL://may/ntm", "postgresql//may/ntm"),
        *(
            "service=",
            "host=may dbname=ntm",
            "dbname=ntm",
            "postgresql://127.0.0.1:60o7/ntm",
            "postgresql://may/ntm?sslmod=x",
        ),
    ],
)
def test_an_address_that_is_none_is_no_file(office: Path, typed: str):
    for argv in (("status",), ("init", "--province", "Lai Châu")):
        said = run(*argv, "--db", typed)
        assert (said.code, said.out) == (2, "")
        assert "postgresql://" in said.err
    assert list(office.iterdir()) == []


def test_a_computer_without_the_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ntmtrack.storage.server.connection", None)
    said = run("status", "--db", NOBODY)
    assert said.code == 6
    assert "pip install 'ntmtrack[server]'" in said.err


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ('FATAL:  password authentication failed for user "canbo"', "LoginRefused"),
        ("fe_sendauth: no password supplied", "LoginRefused"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", database "ntm", no encryption', "NotSafe"),
        ("server does not support SSL, but SSL was required", "NotSafe"),
        ('server certificate for "may" does not match host name "127.0.0.1"', "NotSafe"),
        ("SSL error: certificate verify failed", "NotSafe"),
        ('root certificate file "/x/root.crt" does not exist\nEither provide the file …', "NotSafe"),
        ('FATAL:  database "ntm" does not exist', "NoSuchDatabase"),
        ("FATAL:  sorry, too many clients already", "ServerFull"),
        ("connection timeout expired", "ServerUnreachable"),
        ("FATAL:  the database system is starting up", "ServerUnreachable"),
        ("FATAL:  the database system is in recovery mode", "ServerUnreachable"),
        ("server closed the connection unexpectedly\n\tThis probably means", "ServerUnreachable"),
        ("something that nobody foresaw", "ServerUnreachable"),
    ],
)
def test_what_a_server_says_instead_of_letting_in(says: str, refusal: str):
    told = refusals.unreachable(psycopg.OperationalError(says), ServerAddress(NOBODY))
    assert (type(told).__name__, told.exit_code) == (refusal, 6)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (psycopg.errors.InsufficientPrivilege, "NoRight"),
        (psycopg.errors.LockNotAvailable, "DatabaseBusy"),
        (psycopg.errors.DiskFull, "ServerFull"),
        (psycopg.errors.TooManyConnections, "ServerFull"),
        (psycopg.errors.ReadOnlySqlTransaction, "DatabaseNotWritable"),
        (psycopg.errors.UndefinedTable, "DatabaseDamaged"),
        (psycopg.errors.AdminShutdown, "ConnectionLost"),
        (psycopg.OperationalError, "ConnectionLost"),
    ],
)
def test_what_a_server_says_of_a_statement(wrong: type[psycopg.Error], refusal: str):
    told = refusals.refusal_of(wrong("…"), ServerAddress(NOBODY))
    assert (type(told).__name__, told.exit_code) == (refusal, 6)


def test_what_is_no_ledger_or_an_older_one_is_told_with_its_way_out():
    for refusal in (NoLedgerOnServer(file=NOBODY), SchemaOlder(file=NOBODY, revision="0009")):
        assert "ntmtrack server init" in refusal.lines()[1]
    assert "ntmtrack history" in EndUnknown(file=NOBODY, action=3).lines()[1]


@pytest.mark.parametrize(
    ("argv", "way"), [(("restore", "so.db"), "ntmtrack load"), (("doctor", "--mend"), "ntmtrack dump")]
)
def test_what_is_for_files_says_so(argv: tuple[str, ...], way: str):
    said = run(*argv, "--db", NOBODY)
    assert (said.code, said.out) == (2, "")
    assert way in said.err


@pytest.mark.parametrize(
    ("sqlite", "server"),
    [
        ("a = :unit AND b = ?", "a = %(unit)s AND b = %s"),
        ("x LIKE 'form/%' AND y = ':no'", "x LIKE 'form/%%' AND y = ':no'"),
        ("a IS b AND c IS NULL AND d IS NOT NULL", "a IS NOT DISTINCT FROM b AND c IS NULL AND d IS NOT NULL"),
        ("other.id IS NOT NEW.id", "other.id IS DISTINCT FROM NEW.id"),
        ("p.unit IS :unit", "p.unit IS NOT DISTINCT FROM %(unit)s"),
        ("SELECT 1 LIMIT -1", "SELECT 1 OFFSET 0"),
        ("SELECT group_concat(mark) FROM a", "SELECT string_agg(mark::text, ',') FROM a"),
        ("WITH a AS /* once */ (SELECT 1)", "WITH a AS MATERIALIZED (SELECT 1)"),
        ("SELECT 1 LIMIT 1", "SELECT 1 LIMIT 1"),
        ("SELECT x::text FROM main.action", "SELECT x::text FROM ntmtrack.action"),
    ],
)
def test_what_is_put_into_the_dialect_of_a_server(sqlite: str, server: str):
    assert translated(sqlite) == server
