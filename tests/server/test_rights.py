"""Who may do what on a server, tried by hand: rows of others are neither seen nor written, by whatever statement ·
facts are added and voided in an own open action alone · what a reader, a proposer, an owner may · rights given, taken
away, mended."""

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ntmtrack.storage.address import server_address
from ntmtrack.storage.facts import KINDS, TABLES
from tests.consoles import ENTER, typing
from tests.postgresql import execute
from tests.running import begin, run

psycopg = pytest.importorskip("psycopg", reason="needs psycopg: pip install 'ntmtrack[server]'")
rights = pytest.importorskip("ntmtrack.storage.server.rights")
enforcement = pytest.importorskip("ntmtrack.storage.server.enforcement")

DENIED = psycopg.errors.InsufficientPrivilege
BEGIN = "INSERT INTO action (at, who, verb, summary, version) VALUES ('', session_user, 'record', '', '')"
SEAL = "UPDATE action SET hash = 'x' WHERE hash IS NULL"
NOW = "currval('action_id_seq')"
RECOGNISE = (
    "INSERT INTO recognition (action_id, unit_id, programme, level, year, basis, confidence)"
    f" VALUES ({NOW}, {{}}, '2021-2025', '{{}}', 2024, 'recognised', 'recorded')"
)
ROLES = {
    "lai_chau": ("writer", "12"),
    "kien_giang": ("writer", "91"),
    "muong_khoa": ("writer", "03601"),
    "doc": ("reader", "12"),
    "de_xuat": ("proposer", "12"),
    "ca_so": ("writer", None),
    "khong_quyen": None,
    "chu": ("owner", None),
}
_NAMES = itertools.count(1)


class Two:
    """A ledger of two provinces on a server, and a role for each right."""

    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        with self.by("postgres") as connection:
            rows = connection.execute("SELECT code, unit_id FROM unit_version WHERE code IS NOT NULL").fetchall()
        self.id = dict(rows)
        self.own, self.other = self.id["03601"], self.id["30838"]  # Mường Khoa, Mỹ Thuận

    def address(self, role):
        return self.cluster.address(self.name, role)

    @contextmanager
    def by(self, role) -> "Iterator[psycopg.Connection]":
        """A transaction of a role that nothing stays of."""
        with psycopg.connect(self.address(role), options="-c search_path=ntmtrack") as connection:
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def acting(self, role) -> "Iterator[psycopg.Connection]":
        """The same, with an open action."""
        with self.by(role) as connection:
            connection.execute("SELECT take_turn()")
            connection.execute(BEGIN)
            yield connection


def refused(connection, statement, error=DENIED, match=None):
    """What the server says of a statement that it refuses; what was done before stays done."""
    with pytest.raises(error, match=match) as told, connection.transaction():
        connection.execute(statement)
    return told.value.diag.message_primary


@pytest.fixture(scope="session")
def filled(cluster, template, tmp_path_factory):
    """A ledger of two provinces, of whose units each one was recognised, by decisions of one number."""
    from ntmtrack.storage.server.content import fill

    file = tmp_path_factory.mktemp("two") / "so.db"
    for province in ("Lai Châu", "Kiên Giang"):
        begin(province, db=file)
    for unit, decision in (("Mường Khoa", "100/QĐ-UBND"), ("Mỹ Thuận", "7/QĐ-UBND")):
        done = run("record", unit, "--level", "ntm", "--year", "2022", "--decision", decision, "--db", str(file))
        assert done.code == 0, done.both
    name = "two_provinces"
    execute(cluster, f"CREATE DATABASE {name} TEMPLATE {template}")
    with contextlib.closing(sqlite3.connect(file)) as source:
        fill(server_address(cluster.address(name)), source, keep=True)
    with psycopg.connect(cluster.address(name)) as raw:
        for role, right in ROLES.items():
            if right is None:
                raw.execute(f"CREATE ROLE {role} LOGIN")
                continue
            may, code = right
            scope = raw.execute("SELECT max(unit_id) FROM ntmtrack.unit_version WHERE code = %s", (code,)).fetchone()
            assert rights.give(raw, rights.GivenRight(role, may, scope[0]))
    return name


@pytest.fixture(scope="session")
def two(cluster, filled):
    return Two(cluster, filled)


@pytest.fixture
def copy(cluster, filled):
    """A copy of it in which what is written stays."""
    name = f"copy_{next(_NAMES)}"
    execute(cluster, f"CREATE DATABASE {name} TEMPLATE {filled}")
    yield Two(cluster, name)
    execute(cluster, f"DROP DATABASE {name} WITH (FORCE)")


def rows(connection, statement):
    return [row[0] for row in connection.execute(statement).fetchall()]


def test_a_role_sees_what_is_about_its_own_units_alone(two):
    below = "SELECT unit_id FROM unit_version WHERE parent_id = {} ORDER BY 1"
    with two.by("postgres") as connection:
        communes = rows(connection, below.format(two.id["111"]))
    with two.by("lai_chau") as connection:
        assert rows(connection, "SELECT DISTINCT name FROM unit_version WHERE tier = 'province'") == ["Lai Châu"]
        assert rows(connection, "SELECT unit_id FROM recognition") == [two.own]
        assert rows(connection, "SELECT number FROM decision") == ["100/QĐ-UBND"]
        assert rows(connection, "SELECT id FROM action ORDER BY id") == [1, 3]
        assert len(rows(connection, "SELECT key FROM setting")) == 2  # choices of the whole ledger
        assert rows(connection, below.format(two.id["111"])) == communes
    with two.by("muong_khoa") as connection:
        assert {*rows(connection, "SELECT name FROM unit_version")} == {"Mường Khoa", "Tân Uyên", "Lai Châu"}
        assert rows(connection, "SELECT unit_id FROM recognition") == [two.own]
        assert rows(connection, "SELECT DISTINCT scope_name FROM roadmap WHERE scope_id IS NOT NULL") == [
            "tỉnh Lai Châu"
        ]
    with two.by("ca_so") as connection:
        assert len(rows(connection, "SELECT id FROM recognition")) == 2
        assert len(rows(connection, "SELECT id FROM action")) == 4


def test_whoever_has_no_right_sees_nothing(two):
    with two.by("khong_quyen") as connection:
        for table in (*TABLES, "action", "alembic_version"):
            refused(connection, f"SELECT * FROM ntmtrack.{table}")
    with two.by("postgres") as connection:
        connection.execute("GRANT ntmtrack_writer TO khong_quyen")  # as a right in another ledger of the server does
        connection.execute("SET SESSION AUTHORIZATION khong_quyen")
        for table in (*TABLES, "action"):
            assert rows(connection, f"SELECT id FROM {table}") == [], table
        refused(connection, BEGIN)


def test_no_way_of_asking_shows_rows_of_others(two):
    with two.by("lai_chau") as connection:
        for asked in (
            f"SELECT id FROM recognition WHERE unit_id = {two.other}",
            f"SELECT id FROM unit_version WHERE unit_id = {two.other}",
            f"SELECT id FROM unit WHERE id = {two.other}",
            "SELECT id FROM decision WHERE number = '7/QĐ-UBND'",
            "SELECT id FROM action WHERE id IN (2, 4)",
            "TABLE pg_temp.of_mine",
            "SELECT pg_temp.of_mine()",
            "SELECT x FROM pg_temp.telling('SELECT id FROM ntmtrack.action WHERE id = 4') AS x",
        ):
            connection.execute(
                f"CREATE OR REPLACE TEMP VIEW of_mine AS SELECT id FROM recognition WHERE unit_id = {two.other}"
            )
            connection.execute(
                "CREATE OR REPLACE FUNCTION pg_temp.of_mine() RETURNS SETOF bigint LANGUAGE sql SECURITY DEFINER"
                " AS 'SELECT id FROM pg_temp.of_mine'"
            )
            connection.execute(
                "CREATE OR REPLACE FUNCTION pg_temp.telling(text) RETURNS SETOF bigint LANGUAGE plpgsql"
                " AS $$ BEGIN RETURN QUERY EXECUTE $1; END $$"
            )
            assert rows(connection, asked) == [], asked
        seen = connection.execute("SELECT query_to_xml('SELECT name FROM ntmtrack.unit_version', true, true, '')")
        assert "Kiên Giang" not in str(seen.fetchone())
        with connection.cursor().copy("COPY unit_version TO STDOUT") as copied:
            assert b"Ki\xc3\xaan Giang" not in b"".join(bytes(block) for block in copied)
        connection.execute("SET row_security TO off")
        refused(connection, "SELECT id FROM recognition")
        connection.execute("SET row_security TO on")
        for statement in (
            "SELECT * FROM ntmtrack_rights.given",
            "SELECT ntmtrack_rights.fill_touched()",
            "SELECT stavalues1 FROM pg_statistic",
            "SELECT pg_read_file('/etc/passwd')",
            "SELECT lo_import('/etc/passwd')",
            "COPY recognition TO PROGRAM 'cat'",
        ):
            refused(connection, statement)
        assert (
            rows(
                connection, "SELECT attname FROM pg_stats WHERE schemaname = 'ntmtrack' AND tablename = 'unit_version'"
            )
            == []
        )


def test_nothing_is_gained_by_another_name(two):
    with two.by("lai_chau") as connection:
        for role in ("ntmtrack_owner", "kien_giang", "postgres", "chu"):
            refused(connection, f"SET ROLE {role}")
            refused(connection, f"SET SESSION AUTHORIZATION {role}")
        connection.execute("SET ROLE ntmtrack_writer")
        assert rows(connection, "SELECT unit_id FROM recognition") == [two.own]
        connection.execute("SET ROLE ntmtrack_reader")
        assert rows(connection, "SELECT unit_id FROM recognition") == [two.own]


@pytest.mark.parametrize("table", ["unit_version", "recognition", "action", "given", "succession"])
def test_a_temporary_table_blinds_nothing(two, table):
    with two.by("lai_chau") as connection:
        connection.execute(f"CREATE TEMP TABLE {table} (id bigint, role text, scope_id bigint, may text, hash text)")
        connection.execute(f"INSERT INTO {table} VALUES (1, session_user, NULL, 'writer', NULL)")
        for name in ("is_owner", "sees_all"):
            connection.execute(f"CREATE FUNCTION pg_temp.{name}() RETURNS boolean LANGUAGE sql AS 'SELECT true'")
        connection.execute("SET search_path TO pg_temp, ntmtrack")
        assert rows(connection, "SELECT unit_id FROM ntmtrack.recognition") == [two.own]
        connection.execute("SELECT take_turn()")
        connection.execute(BEGIN.replace("INTO action", "INTO ntmtrack.action"))
        refused(connection, RECOGNISE.format(two.other, "nangcao").replace("INTO ", "INTO ntmtrack."))


def test_a_writer_adds_and_voids_what_is_about_its_units(two):
    with two.acting("muong_khoa") as connection:
        connection.execute(RECOGNISE.format(two.own, "nangcao"))
        connection.execute(f"UPDATE recognition SET voided_by = {NOW} WHERE unit_id = {two.own} AND level = 'ntm'")
        connection.execute("UPDATE action SET summary = 'ghi' WHERE hash IS NULL")
        connection.execute(SEAL)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert len(rows(connection, "SELECT id FROM recognition")) == 2


PLAN = "INSERT INTO roadmap (action_id, key, title, number, issued_on, issuer, programme, base_year"
CHOICE = f"INSERT INTO setting (action_id, key, value) VALUES ({NOW}"
OF_OTHERS = {
    "a fact about a unit of others": RECOGNISE.format("{other}", "nangcao"),
    "a fact about the province above": RECOGNISE.format("{province}", "nangcao"),
    "voiding a fact of others": f"UPDATE recognition SET voided_by = {NOW}",
    "a revocation of a recognition of others": "INSERT INTO revocation (action_id, recognition_id, day)"
    f" VALUES ({NOW}, {{recognition}}, '2024-01-01')",
    "a unit of others in one's own": "INSERT INTO unit_version (action_id, unit_id, name, name_key, kind, tier,"
    f" parent_id, since) VALUES ({NOW}, {{other}}, 'A', 'a', 'thôn', 'village', {{own}}, '2025-07-01')",
    "one's own unit in another": "INSERT INTO unit_version (action_id, unit_id, name, name_key, kind, tier,"
    f" parent_id, since) VALUES ({NOW}, {{own}}, 'A', 'a', 'xã', 'commune', {{foreign}}, '2025-07-01')",
    "one's own whole scope in one's own": "INSERT INTO unit_version (action_id, unit_id, name, name_key, kind,"
    f" tier, parent_id, since) VALUES ({NOW}, {{own}}, 'A', 'a', 'xã', 'commune', {{own}}, '2025-07-01')",
    "a succession from others": "INSERT INTO succession (action_id, predecessor_id, successor_id, extent, day)"
    f" VALUES ({NOW}, {{other}}, {{own}}, 'whole', '2025-07-01')",
    "a copy of what is of others": RECOGNISE.format("{own}", "nangcao")
    .replace("confidence)", "confidence, restores_id)")
    .replace("'recorded')", "'recorded', {recognition})"),
    "a decision of others": RECOGNISE.format("{own}", "nangcao")
    .replace("confidence)", "confidence, decision_id)")
    .replace("'recorded')", "'recorded', {decision})"),
    "a sender of others": "INSERT INTO registration (action_id, unit_id, year, pledge, value, sender_id)"
    f" VALUES ({NOW}, {{own}}, 2024, 'text', 'x', {{other}})",
    "a choice of the whole ledger": f"{CHOICE}, 'agency', 'x')",
    "a closed year": f"INSERT INTO closed_year (action_id, year, fingerprint) VALUES ({NOW}, 2020, 'x')",
    "a refusal of a proposal of others": f"{CHOICE}, 'proposal/4', 'x')",
    "a roadmap of the nation": f"{PLAN}) VALUES ({NOW}, 'x', 'x', 'x', '2024-01-01', 'x', 'x', 2020)",
    "a roadmap in the place of another's": f"{PLAN}, scope_id, supersedes_id) VALUES ("
    f"{NOW}, 'x', 'x', 'x', '2024-01-01', 'x', 'x', 2020, {{own}}, {{roadmap}})",
    "a target in a plan of others": "INSERT INTO target (action_id, roadmap_id, place, tier, measure, operator, nature,"
    f" span, share_of, year, cite) VALUES ({NOW}, {{roadmap}}, 9999, 'commune', 'ntm', '=', 'target', 'year', 'all',"
    " 2024, 'x')",
    "an action of others": RECOGNISE.format("{own}", "nangcao").replace(NOW, "3"),
    "voiding in an action of others": "UPDATE recognition SET voided_by = 3",
    "ids of one's own": RECOGNISE.format("{own}", "nangcao")
    .replace("(action_id", "(id, action_id")
    .replace("VALUES (", "VALUES (9999999, "),
    "a name of others": BEGIN.replace("session_user", "'kien_giang'"),
    "a number far off": BEGIN.replace("(at", "(id, at").replace("VALUES (", "VALUES (999, "),
    "an action that came from elsewhere": BEGIN.replace("(at", "(joined_by, at").replace("VALUES (", "VALUES (1, "),
    "changing a fact": "UPDATE recognition SET year = 2020",
    "changing who did it": "UPDATE action SET who = 'kien_giang'",
    "deleting": "DELETE FROM recognition",
    "emptying": "TRUNCATE recognition CASCADE",
    "a table": "CREATE TABLE ntmtrack.mine (id bigint)",
    "a trigger": "CREATE TRIGGER mine BEFORE INSERT ON recognition FOR EACH ROW EXECUTE FUNCTION refuse('x')",
    "a rule away": "ALTER TABLE recognition DISABLE TRIGGER USER",
    "policies away": "ALTER TABLE recognition DISABLE ROW LEVEL SECURITY",
    "a right": "INSERT INTO ntmtrack_rights.given VALUES ('muong_khoa', NULL, 'writer')",
    "rules lifted": "SET session_replication_role TO replica",
    "a role": "GRANT ntmtrack_owner TO muong_khoa",
    "numbers": "SELECT setval('action_id_seq', 9999)",
}


@pytest.mark.parametrize("statement", OF_OTHERS.values(), ids=OF_OTHERS)
def test_what_is_not_ones_own_is_not_written(two, statement):
    with two.by("postgres") as connection:
        (recognition,) = rows(connection, f"SELECT id FROM recognition WHERE unit_id = {two.other}")
        (decision,) = rows(connection, "SELECT id FROM decision WHERE number = '7/QĐ-UBND'")
        roadmap = rows(connection, "SELECT id FROM roadmap WHERE scope_id IS NOT NULL")[-1]
    known = {"own": two.own, "other": two.other, "province": two.id["12"], "foreign": two.id["30838"]}
    with two.acting("muong_khoa") as connection:
        refused(connection, statement.format(**known, recognition=recognition, decision=decision, roadmap=roadmap))


def test_no_unit_is_begun_that_lies_nowhere(two):
    with two.acting("muong_khoa") as connection:
        connection.execute(f"INSERT INTO unit (action_id) VALUES ({NOW})")
        connection.execute(SEAL)
        refused(connection, "SET CONSTRAINTS ALL IMMEDIATE", match="units")


def test_a_reader_writes_nothing(two):
    with two.by("doc") as connection:
        assert rows(connection, "SELECT unit_id FROM recognition") == [two.own]
        for statement in (
            BEGIN,
            "SELECT take_turn()",
            "UPDATE recognition SET voided_by = 1",
            "UPDATE action SET summary = ''",
            "INSERT INTO setting (action_id, key, value) VALUES (1, 'form/x', 'x')",
            "SELECT nextval('action_id_seq')",
            "SELECT decision_on_record('100/QĐ-UBND', NULL, NULL)",
        ):
            refused(connection, statement)


@pytest.mark.parametrize("role", ["doc", "de_xuat", "lai_chau", "ca_so", "khong_quyen"])
def test_nobody_holds_up_others_but_by_writing(two, role):
    tables = ("alembic_version", "action", "unit", "recognition")
    stronger = ("SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE")
    with two.by(role) as connection, two.by("kien_giang") as other:
        for table, mode in itertools.product(tables, stronger):
            refused(connection, f"LOCK TABLE ntmtrack.{table} IN {mode} MODE")
        for strength in ("UPDATE", "KEY SHARE"):
            refused(connection, f"SELECT version_num FROM ntmtrack.alembic_version FOR {strength}")
        refused(
            connection, "SELECT nextval('ntmtrack.action_id_seq')"
        )  # which would spend the number of somebody else's action
        connection.execute(f"SELECT pg_advisory_xact_lock({0x4E544D74})")
        other.execute("SET lock_timeout TO '1s'")
        other.execute("SELECT take_turn()")
        other.execute(BEGIN)


def test_an_open_write_holds_up_no_reader(two):
    with two.acting("lai_chau") as connection, two.by("doc") as reader, two.by("kien_giang") as other:
        connection.execute(RECOGNISE.format(two.own, "nangcao"))
        reader.execute("SET lock_timeout TO '50ms'")
        other.execute("SET lock_timeout TO '50ms'")
        assert rows(reader, "SELECT version_num FROM alembic_version")
        assert rows(reader, "SELECT unit_id FROM recognition") == [two.own]  # the one that was there before
        refused(other, "SELECT take_turn()", psycopg.errors.LockNotAvailable)
        refused(other, BEGIN, psycopg.errors.LockNotAvailable)


def test_an_action_is_sealed_when_it_ends_whoever_wrote_it(two):
    for role in ("lai_chau", "chu", "postgres"):
        with two.acting(role) as connection:
            refused(connection, "SET CONSTRAINTS ALL IMMEDIATE", match="sealed")
            connection.execute(SEAL)
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            refused(
                connection, RECOGNISE.format(two.own, "nangcao"), match="own action"
            ) if role == "lai_chau" else None


def test_an_action_of_others_is_not_taken_back(two):
    for role, undoes, is_own in (("lai_chau", 3, True), ("lai_chau", 4, False), ("muong_khoa", 1, False)):
        with two.acting(role) as connection:
            connection.execute(f"UPDATE action SET undoes_id = {undoes} WHERE hash IS NULL")
            connection.execute(SEAL)
            if is_own:
                connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            else:
                refused(connection, "SET CONSTRAINTS ALL IMMEDIATE", match="units")


PROPOSE = BEGIN.replace("verb,", "undoes_id, verb,").replace("'record'", "currval('action_id_seq') - 1, 'propose'")


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [
        ("", "", True),
        (
            RECOGNISE.format("{own}", "nangcao"),
            "UPDATE recognition SET voided_by = {now} WHERE level = 'nangcao'",
            True,
        ),
        (RECOGNISE.format("{own}", "nangcao"), "", False),
        ("", RECOGNISE.format("{own}", "nangcao"), False),
        ("UPDATE recognition SET voided_by = {now} WHERE unit_id = {own}", "", False),
        ("", "UPDATE recognition SET voided_by = {now} WHERE unit_id = {own}", False),
        ("UPDATE recognition SET voided_by = {now} WHERE unit_id = {own}", "copy", True),
        ("UPDATE recognition SET voided_by = {now} WHERE unit_id = {own}", "another", False),
    ],
    ids=["nothing", "taken back", "left", "added", "voided", "voided later", "brought back", "brought back changed"],
)
def test_what_a_proposer_writes_never_stands(two, first, second, may):
    now = {"own": two.own, "now": NOW}
    year = {"copy": "year", "another": "year + 1"}.get(second)
    if year:
        second = (
            "INSERT INTO recognition (action_id, unit_id, programme, level, year, decision_id, basis, confidence,"
            f" restores_id) SELECT {NOW}, unit_id, programme, level, {year}, decision_id, basis, confidence, id"
            " FROM recognition WHERE unit_id = {own}"
        )
    with two.acting("de_xuat") as connection:
        for statement in (first, PROPOSE, second):
            if statement:
                connection.execute(statement.format(**now))
        connection.execute(SEAL)
        if may:
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        else:
            refused(connection, "SET CONSTRAINTS ALL IMMEDIATE", match="proposed")


def test_a_proposer_proposes_nothing_that_was_done_before(two):
    with two.acting("de_xuat") as connection:
        connection.execute("UPDATE action SET verb = 'propose', undoes_id = 3 WHERE hash IS NULL")
        connection.execute(SEAL)
        refused(connection, "SET CONSTRAINTS ALL IMMEDIATE", match="proposed")


def test_two_provinces_share_a_decision_that_each_can_name(copy):
    for role, unit in (("lai_chau", "Phúc Khoa"), ("kien_giang", "Mỹ Lâm")):
        done = run(
            "record", unit, "--level", "ntm", "--year", "2023", "--decision", "55/QĐ-TTg", "--db", copy.address(role)
        )
        assert done.code == 0, done.both
    with copy.by("ca_so") as connection:
        assert rows(connection, "SELECT count(*) FROM decision WHERE number = '55/QĐ-TTg'") == [1]
    undone = run("undo", "--db", copy.address("lai_chau"))
    assert undone.code == 0, undone.both
    with copy.by("ca_so") as connection:
        assert rows(connection, "SELECT voided_by FROM decision WHERE number = '55/QĐ-TTg'") == [None]
    assert run("verify", "--db", copy.address("chu")).code == 0


def test_the_program_writes_in_the_name_that_the_server_let_in(copy):
    done = run("record", "Phúc Khoa", "--level", "ntm", "--year", "2023", "--db", copy.address("lai_chau"), who="ai")
    assert done.code == 0, done.both
    with copy.by("chu") as connection:
        assert rows(connection, "SELECT who FROM action ORDER BY id DESC LIMIT 1") == ["lai_chau"]
    told = run("history", "--db", copy.address("lai_chau")).out
    assert "lai_chau" in told
    assert "Mỹ Thuận" not in told
    assert "Kiên Giang" not in told


def test_the_program_tells_a_role_of_its_own_units_alone(copy):
    whole = run("progress", "--scope", "12", "--year", "2024", "--db", copy.address("chu"))
    own = run("progress", "--year", "2024", "--db", copy.address("lai_chau"))
    assert own.out == whole.out
    assert "Kiên Giang" not in run("units", "--db", copy.address("lai_chau")).out
    part = run("progress", "--year", "2024", "--db", copy.address("muong_khoa"))
    assert "Ghi chú: chỉ thấy những gì về xã Mường Khoa (huyện Tân Uyên)." in part.err
    assert part.code == 0
    assert "xã Mường Khoa" in part.out.splitlines()[0]
    assert "ntmtrack join" not in part.out + part.err
    assert "ntmtrack join" not in own.out + own.err
    assert run("verify", "--db", copy.address("lai_chau")).code == 0
    assert run("check", "--db", copy.address("lai_chau")).code in (0, 3)
    assert run("show", "Mường Khoa", "--db", copy.address("muong_khoa")).code == 0


@pytest.mark.parametrize(
    ("role", "argv", "code", "says"),
    [
        ("doc", ("record", "Mường Khoa", "--level", "nangcao", "--year", "2024"), 6, "chỉ được đọc"),
        ("lai_chau", ("record", "Mỹ Thuận", "--level", "nangcao", "--year", "2024"), 1, "không có đơn vị nào"),
        ("lai_chau", ("close-year", "2023"), 6, "về cả sổ"),
        ("lai_chau", ("dump", "so.jsonl"), 6, "Chỉ thấy một phần"),
        ("khong_quyen", ("status",), 6, "chưa được cấp quyền"),
        ("lai_chau", ("server", "grant", "ai"), 6, "chỉ chủ sổ"),
        ("lai_chau", ("server", "rights"), 6, "chỉ chủ sổ"),
        ("de_xuat", ("close-year", "2023"), 6, "tài khoản này chỉ được đề xuất"),
        ("de_xuat", ("undo", "1"), 6, "tài khoản này chỉ được đề xuất"),
        ("de_xuat", ("init", "--province", "Lai Châu"), 6, "tài khoản này chỉ được đề xuất"),
        ("lai_chau", ("close-year", "2023", "--as-proposal"), 2, "Bỏ --as-proposal"),
    ],
)
def test_what_a_role_may_not_do_is_told(two, office, role, argv, code, says):
    with two.by("chu") as connection:
        before = rows(connection, "SELECT count(*) FROM action")
    said = run(*argv, "--db", two.address(role))
    assert (said.code, said.out) == (code, ""), said.both
    assert says in said.err
    with two.by("chu") as connection:
        assert rows(connection, "SELECT count(*) FROM action") == before


def test_what_a_commune_proposes_the_province_takes(copy):
    db = ("--db", copy.address("de_xuat"))
    proposed = run("record", "Mường Khoa", "--level", "nangcao", "--year", "2024", *db)
    assert proposed.code == 0, proposed.both
    assert "chờ" in proposed.err
    assert run("take", "--all", "--yes", *db).code == 6
    assert run("undo", *db).code == 0
    again = run("record", "Mường Khoa", "--level", "nangcao", "--year", "2024", *db)
    assert again.code == 0, again.both
    taken = run("take", "--all", "--yes", "--db", copy.address("lai_chau"))
    assert taken.code == 0, taken.both
    assert run("verify", "--db", copy.address("chu")).code == 0
    with copy.by("muong_khoa") as connection:
        assert len(rows(connection, "SELECT id FROM recognition WHERE voided_by IS NULL")) == 2


def test_rights_are_given_listed_and_taken_away(copy):
    db = ("--db", copy.address("postgres"))
    odd = 'xã "Mỹ"; DROP SCHEMA ntmtrack'
    made = run("server", "grant", odd, "--scope", "91", "--as", "writer", *db)
    assert made.code == 0, made.both
    assert "\\password" in made.err
    assert odd in run("server", "rights", *db).out
    assert run("server", "grant", odd, "--as", "reader", "--db", copy.address("chu")).code == 0
    assert run("server", "grant", "khong_co", "--db", copy.address("chu")).code == 6  # may not make users
    with psycopg.connect(copy.address("postgres")) as raw:
        assert [one for one in rights.given_rights(raw) if one.role == odd] == [rights.GivenRight(odd, "reader", None)]
    assert run("server", "revoke", odd, *db).code == 0
    assert run("server", "revoke", odd, *db).code == 1
    assert run("server", "grant", "ntmtrack_writer", *db).code == 1
    assert run("server", "grant", odd, "--as", "owner", "--scope", "12", *db).code == 2
    with copy.by("postgres") as connection:
        connection.execute('DROP ROLE "xã ""Mỹ""; DROP SCHEMA ntmtrack"')
        connection.commit()


def test_making_the_ledger_again_mends_what_was_taken_away(copy):
    with copy.by("postgres") as connection:
        connection.execute("GRANT ALL ON recognition TO PUBLIC")
        connection.execute("ALTER TABLE recognition DISABLE ROW LEVEL SECURITY")
        connection.execute("DROP TRIGGER recognition_written_by_right ON recognition")
        connection.execute("ALTER TABLE award DISABLE TRIGGER award_never_deleted")
        connection.commit()
    refusal = run("record", "Mường Khoa", "--level", "nangcao", "--year", "2024", "--db", copy.address("chu"))
    assert refusal.code != 0
    assert "ntmtrack server init" in refusal.err
    for role in ("postgres", "chu"):  # the first gives what the owner of the database alone can
        made = run("server", "init", "--db", copy.address(role))
        assert made.code == 0, made.both
    with copy.by("lai_chau") as connection:
        assert rows(connection, "SELECT unit_id FROM recognition") == [copy.own]
        refused(connection, "DELETE FROM recognition")
    assert run("record", "Mường Khoa", "--level", "nangcao", "--year", "2024", "--db", copy.address("chu")).code == 0


def test_what_a_server_must_be_for_a_ledger(cluster):
    execute(cluster, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    execute(cluster, "CREATE DATABASE empty")
    said = run("server", "init", "--db", cluster.address("latin"))
    assert (said.code, said.out) == (6, "")
    assert "createdb --template template0 --locale C --encoding UTF8 latin" in said.err
    execute(cluster, "CREATE ROLE ngoai LOGIN")
    denied = run("server", "init", "--db", cluster.address("empty", "ngoai"))
    assert (denied.code, denied.out) == (6, "")
    assert run("status", "--db", cluster.address("empty")).code == 1
    assert run("server", "init", "--db", "so.db").code == 2
    made = run("server", "init", "--db", cluster.address("empty"))
    assert made.code == 0, made.both
    assert "ntmtrack init --province" in made.err


def test_every_fact_has_its_rules(two):
    with two.by("postgres") as connection:
        held = set(rows(connection, "SELECT tgname FROM pg_trigger WHERE tgname ~ '_by_right$'"))
        assert {f"{kind.table}_written_by_right" for kind in KINDS} <= held
        enforcement.make_rights(connection)
        assert set(rows(connection, "SELECT tgname FROM pg_trigger WHERE tgname ~ '_by_right$'")) == held
        assert rights.take_away(connection, "doc") == 1


@pytest.mark.parametrize(
    ("change", "name", "is_made_again"),
    [
        (
            "CREATE OR REPLACE FUNCTION ntmtrack.sees_all() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER"
            " SET search_path = ntmtrack, ntmtrack_rights, pg_temp AS 'BEGIN RETURN true; END'",
            "sees_all()",
            True,
        ),
        ("ALTER FUNCTION ntmtrack.written_units() RESET search_path", "written_units()", True),
        (
            "CREATE FUNCTION ntmtrack.max(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "max(integer",
            False,
        ),
        ("ALTER POLICY recognition_seen ON ntmtrack.recognition USING (true)", "recognition_seen", True),
        (
            "CREATE OR REPLACE TRIGGER action_never_deleted BEFORE DELETE ON ntmtrack.action FOR EACH STATEMENT"
            " WHEN (false) EXECUTE FUNCTION ntmtrack.refuse('x')",
            "action_never_deleted",
            False,
        ),
    ],
)
def test_a_rule_that_says_something_else_stops_writers(copy, change, name, is_made_again):
    writes = ("record", "Mường Khoa", "--level", "nangcao", "--year", "2024", "--db", copy.address("lai_chau"))
    with copy.by("postgres") as connection:
        connection.execute(change)
        connection.commit()
    said = run(*writes)
    assert (said.code, said.out) == (6, ""), said.both
    assert name in said.err
    assert "ntmtrack server init" in said.err
    again = run("server", "init", "--db", copy.address("postgres"))
    assert (again.code, name in again.err) == (0, not is_made_again)
    assert (run(*writes).code == 0) is is_made_again


def test_the_server_is_looked_at_for_whoever_helps(copy):
    def told(role, *argv):
        said = run("doctor", "-f", "json", *argv, "--db", copy.address(role))
        return said.code, {one["check"]: one for one in json.loads(said.out)["checks"]}

    code, found = told("chu")
    assert code == 0
    assert {
        key: one["verdict"] for key, one in found.items() if key in ("server", "schema", "order", "rules", "chain")
    } == (dict.fromkeys(("server", "schema", "order", "rules", "chain"), "ok"))
    assert "chu@" not in str(found)
    assert "postgresql://chu@" in str(told("chu", "--paths"))
    assert told("lai_chau")[1]["right"]["found"] == "đọc và ghi, với 1 đơn vị và các đơn vị trực thuộc"
    assert told("lai_chau")[1]["chain"]["verdict"] == "note"
    assert told("khong_quyen")[0] == 3
    with copy.by("postgres") as connection:
        connection.execute("ALTER TABLE recognition DISABLE ROW LEVEL SECURITY")
        connection.commit()
    code, found = told("chu")
    assert (code, found["rules"]["verdict"]) == (3, "problem")
    assert "recognition" in found["rules"]["found"]


def test_tables_of_an_office_are_taken_in_as_far_as_they_are_of_its_units(copy, office):
    def table(*units):
        lines = ["Tên xã,Mức đạt,Năm", *(f"{unit},ntm,2023" for unit in units)]
        (office / "bang.csv").write_text("\n".join(lines), encoding="utf-8")
        return run("import", "bang.csv", "--yes", "--db", copy.address("lai_chau"))

    taken = table("Phúc Khoa", "Thân Thuộc")
    assert taken.code == 0, taken.both
    assert table("Nậm Cần", "Mỹ Thuận").code != 0
    with copy.by("chu") as connection:
        assert rows(connection, "SELECT count(*) FROM recognition WHERE year = 2023") == [2]
    assert run("verify", "--db", copy.address("chu")).code == 0
    assert run("undo", "--yes", "--db", copy.address("lai_chau")).code == 0
    assert run("redo", "--yes", "--db", copy.address("lai_chau")).code == 0
    assert run("verify", "--db", copy.address("chu")).code == 0


def test_a_closed_year_holds_for_who_sees_a_part(copy):
    assert run("close-year", "2022", "--db", copy.address("chu")).code == 0
    db = ("--db", copy.address("lai_chau"))
    assert run("record", "Phúc Khoa", "--level", "ntm", "--year", "2024", *db).code == 0
    assert run("record", "Thân Thuộc", "--level", "ntm", "--year", "2021", *db).code == 5
    told = run("check", "--year", "2024", *db)
    assert "chuỗi thao tác chưa được kiểm tra" in told.out
    assert "năm đã khoá" not in told.out


def test_forms_and_reports_are_made_by_who_may_not_choose_for_all(copy, office):
    db = ("--db", copy.address("lai_chau"))
    sent = run(
        "template",
        "--all",
        "phieu",
        "--by",
        "commune",
        "--scope",
        "111",
        "--agency",
        "UBND",
        "--deadline",
        "1/12/2026",
        *db,
    )
    assert sent.code == 0, sent.both
    made = run("export", "bc.xlsx", "--agency", "UBND TỈNH", *db)
    assert made.code == 0, made.both
    assert run("backup", "sao.db", *db).code == 6
    with copy.by("chu") as connection:
        assert rows(connection, "SELECT key FROM setting WHERE key LIKE 'form/%'")
        assert not rows(connection, "SELECT key FROM setting WHERE key = 'agency'")


def test_units_of_others_are_not_ended_begun_or_carried(copy):
    db = ("--db", copy.address("lai_chau"))
    added = run("add-commune", "Mới Lập", "--district", "Tân Uyên", "--kind", "xã", *db)
    assert added.code == 0, added.both
    assert run("add-village", "thôn Một", "--commune", "Mới Lập", *db).code == 0
    assert run("record", "Mới Lập", "--level", "ntm", "--year", "2024", *db).code == 0
    assert run("verify", "--db", copy.address("chu")).code == 0
    with copy.by("muong_khoa") as connection:
        assert not rows(connection, "SELECT id FROM unit_version WHERE name = 'Mới Lập'")


def test_undo_alone_takes_back_what_was_done_last_by_oneself(copy):
    def said(role, *argv, code=0):
        told = run(*argv, "--yes", "--db", copy.address(role))
        assert told.code == code, told.both
        return told.err

    def record(role, unit, number):
        told = run("record", unit, "--level", "ntm", "--year", "2024", "--db", copy.address(role))
        assert told.err.rstrip().endswith(f"Hoàn tác: ntmtrack undo {number}"), told.both

    nothing = said("lai_chau", "undo", code=1)
    assert "thao tác 3 của canbo" in nothing
    record("lai_chau", "Phúc Khoa", 5)
    record("kien_giang", "Sơn Bình", 6)
    record("ca_so", "Thân Thuộc", 7)
    assert "hoàn tác thao tác 5" in said("lai_chau", "undo")
    assert "thao tác 7 của ca_so" in said("lai_chau", "undo", code=1)
    assert "thao tác 5 bị lai_chau hoàn tác" in said("ca_so", "redo", code=1)
    assert "làm lại thao tác 5" in said("lai_chau", "redo")
    assert "hoàn tác thao tác 6" in said("chu", "undo", "6")


def test_who_may_only_propose_is_refused_before_anything_is_told(copy):
    db = ("--db", copy.address("de_xuat"))
    assert run("record", "Phúc Khoa", "--level", "ntm", "--year", "2024", *db).code == 0
    withdrawn = run("undo", *db)
    assert (withdrawn.code, "ntmtrack undo" in withdrawn.err) == (0, False), withdrawn.both
    number = run("record", "Thân Thuộc", "--level", "ntm", "--year", "2024", *db).err.rpartition(" ")[2].strip()
    for argv in (("take", number), ("refuse", number, "--reason", "x"), ("undo", "3"), ("close-year", "2021")):
        refused = run(*argv, *db)
        assert (refused.code, refused.out) == (6, ""), refused.both
        assert refused.err.startswith("Lỗi: ")
    taken = run("take", number, "--yes", "--db", copy.address("lai_chau"))
    back = run("undo", "--yes", "--db", copy.address("lai_chau"))
    again = run("redo", "--yes", "--db", copy.address("lai_chau"))
    assert (taken.code, back.code, again.code) == (0, 0, 0), (taken.both, back.both, again.both)
    assert f"nhận lại đề xuất {number}: " in again.err


def test_hints_are_those_of_whoever_reads_and_of_a_server(copy):
    def told(role, *argv):
        said = run(*argv, "--db", copy.address(role))
        assert said.code == 0, said.both
        return said.out

    assert run("record", "Phúc Khoa", "--level", "ntm", "--year", "2024", "--db", copy.address("de_xuat")).code == 0
    waiting = {role: told(role, "proposals") for role in ("de_xuat", "doc", "lai_chau", "chu")}
    assert ["ntmtrack undo SỐ" in waiting[role] for role in waiting] == [True, False, False, False]
    assert ["ntmtrack take SỐ" in waiting[role] for role in waiting] == [False, False, True, True]
    assert "từng trang" not in told("chu", "verify")
    assert "Tệp sổ" not in told("doc", "status")


def test_a_menu_of_a_server_has_no_copies_to_go_back_to(copy, monkeypatch):
    with typing(monkeypatch, "8", "6", "status", ENTER, "9"):
        shown = run("--db", copy.address("chu"))
    assert "Lệnh vừa chạy: ntmtrack status --db " in shown.err
    assert copy.address("chu") in shown.out


def test_figures_are_of_what_one_was_given(copy, office):
    """A commune's figures never pass for those of its province."""
    db = ("--db", copy.address("muong_khoa"))
    for argv in (("progress", "--year", "2024"), ("explain", "xã đạt chuẩn", "--year", "2024"), ("check",)):
        said = run(*argv, *db)
        assert "xã Mường Khoa" in said.out, said.both
        assert "Lai Châu" not in said.out.splitlines()[0]
    assert run("export", "bc.html", "--year", "2024", *db).code == 0
    page = (office / "bc.html").read_text(encoding="utf-8")
    assert "xã Mường Khoa" in page
    assert "xã đạt chuẩn (100%)" not in page
    above = run("progress", "--scope", "tỉnh Lai Châu", *db)
    assert (above.code, above.out) == (6, ""), above.both
    assert "xã Mường Khoa" in above.err
    assert (
        run(
            "server", "grant", "muong_khoa", "--scope", "Phúc Khoa", "--as", "writer", "--db", copy.address("postgres")
        ).code
        == 0
    )
    several = run("progress", *db)
    assert (several.code, several.out) == (1, ""), several.both
    assert "--scope" in several.err
    assert "xã Phúc Khoa" in several.err
    assert run("progress", "--scope", "Phúc Khoa", "--year", "2024", *db).code == 0
    assert run("units", *db).code == 0


def test_what_lies_outside_is_told_without_showing_it(copy):
    db = ("--db", copy.address("lai_chau"))
    taken = run("add-commune", "Mới Lập", "--district", "Tân Uyên", "--kind", "xã", "--code", "30838", *db)
    assert (taken.code, taken.out) == (1, ""), taken.both
    assert "nằm ngoài phần bạn thấy" in taken.err
    assert "Mỹ Thuận" not in taken.err
    hidden = run("show", "Phúc Khoa", "--db", copy.address("muong_khoa"))
    assert hidden.code == 1
    assert "xã Mường Khoa" in hidden.err
    assert "add-commune" not in hidden.err
    assert "Có phải" not in hidden.err
    action = run("undo", "2", *db)
    assert action.code == 1
    assert "phần bạn thấy" in action.err
    assert run("verify", "--db", copy.address("chu")).code == 0


def test_rights_are_told_whole_and_the_last_owner_stays(copy):
    db = ("--db", copy.address("postgres"))
    more = run("server", "grant", "muong_khoa", "--scope", "Phúc Khoa", "--as", "proposer", *db)
    assert more.code == 0, more.both
    assert "đọc và đề xuất, xã Mường Khoa (huyện Tân Uyên); xã Phúc Khoa (huyện Tân Uyên)." in more.err
    assert "Trước đó: đọc và ghi, xã Mường Khoa (huyện Tân Uyên)." in more.err
    elsewhere = run("server", "revoke", "muong_khoa", "--scope", "Thân Thuộc", *db)
    assert (elsewhere.code, elsewhere.out) == (1, "")
    assert "Thân Thuộc" in elsewhere.err
    assert "xã Phúc Khoa" in elsewhere.err
    with copy.by("postgres") as connection:
        owners = [one.role for one in rights.given_rights(connection) if one.may == "owner"]
    for role in {*owners} - {"chu"}:
        assert run("server", "revoke", role, *db).code == 0
    for argv in (("revoke", "chu"), ("grant", "chu", "--as", "reader")):
        assert run("server", *argv, *db).code == 1
    assert run("server", "grant", "lai_chau", "--as", "owner", *db).code == 0
    own = run("server", "revoke", "chu", "--db", copy.address("chu"))
    assert (own.code, own.out) == (1, "")
    assert run("status", "--db", copy.address("chu")).code == 0
    with copy.by("postgres") as connection:  # the groups are the whole server's
        for role in owners:
            connection.execute(f'GRANT ntmtrack_owner TO "{role}" WITH ADMIN OPTION')
        connection.execute("REVOKE ntmtrack_owner FROM lai_chau")
        connection.commit()


def test_an_officer_takes_back_the_refusal_of_another(copy):
    with psycopg.connect(copy.address("postgres")) as raw:
        rights.give(raw, rights.GivenRight("lai_chau_2", "writer", copy.id["12"]))
    proposed = ("record", "Phúc Khoa", "--level", "ntm", "--year", "2024", "--db", copy.address("de_xuat"))
    assert run(*proposed).code == 0
    with copy.by("chu") as connection:
        (proposal,) = rows(connection, "SELECT max(id) FROM action WHERE verb = 'record'")
    refusing = run("refuse", str(proposal), "--reason", "thiếu hồ sơ", "--db", copy.address("lai_chau"))
    assert refusing.code == 0, refusing.both
    number = str(proposal + 2)  # after what proposed it
    assert run("undo", number, "--yes", "--db", copy.address("kien_giang")).code != 0
    back = run("undo", number, "--yes", "--db", copy.address("lai_chau_2"))
    assert back.code == 0, back.both
    assert run("take", "--all", "--yes", "--db", copy.address("lai_chau_2")).code == 0
    assert run("verify", "--db", copy.address("chu")).code == 0


def test_after_one_answer_the_list_offers_what_is_left(copy, monkeypatch):
    asked = []

    def choose(_session, question, choices, *, none=""):
        asked.append((question, [*choices], none))
        return 0 if len(asked) == 1 else None

    with typing(monkeypatch, "2024", ENTER, ENTER):
        monkeypatch.setattr("ntmtrack.commands.Session.choose", choose)
        run("record", "--level", "ntm", "--year", "2024", "--db", copy.address("muong_khoa"))
    (_first, offered, _stop), (_more, left, none), *_others = asked
    assert left == offered[1:]
    assert none == "Không, chỉ những mục trên"
