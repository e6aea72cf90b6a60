"""What holds every role to its rights: group roles, policies, triggers, grants; made and mended by `server init`."""

from pathlib import Path

from psycopg import sql

from ntmtrack.storage.facts import TABLES, VOIDABLE
from ntmtrack.storage.server.connection import WRITERS, Raw
from ntmtrack.storage.server.decision_rules import decision_rules
from ntmtrack.storage.server.policies import policies
from ntmtrack.storage.server.proposal_rules import proposal_rules
from ntmtrack.storage.server.rights import OWNER, READER, WRITER, exists, is_member
from ntmtrack.storage.server.subjects import fill_touched
from ntmtrack.storage.server.write_rules import write_rules

_PATH = "SET search_path = ntmtrack, ntmtrack_rights, pg_temp"
_ENDED_BY_WRITER = ("summary", "reason", "undoes_id", "reopened", "verb", "hash")
# What the program calls in the name of a role, and what policies do.
_FOR_READERS = (
    *("is_owner", "my_right", "sees_all", "may_write", "my_scopes", "last_sealed", "written_units", "seen_units"),
    *("named_units", "seen_actions", "my_decisions", "hash_before", "last_done", "changed_rules"),
)
# Grants and owners are changed after this: they touch what this transaction did not make.
_KEEP_DIGESTS = """
    INSERT INTO ntmtrack_rights.made SELECT kind, name, digest FROM ntmtrack_rights.digests() WHERE is_of_now
    ON CONFLICT (kind, name) DO UPDATE SET digest = excluded.digest
"""
_FOR_WRITERS = ("take_turn", "decision_on_record", "unused_decisions")


def make_rights(raw: Raw) -> None:
    """Makes the roles, and whatever holds them to what they may do, or mends it, in the transaction of `raw`.

    The schema must be there. Raises InsufficientPrivilege of psycopg where who signs in may not do so.
    """
    _make_roles(raw)
    raw.execute("CREATE SCHEMA IF NOT EXISTS ntmtrack_rights")
    _clear(raw)
    for statement in _parts():
        raw.execute(statement)
    raw.execute("SELECT ntmtrack_rights.fill_touched()")
    raw.execute(_KEEP_DIGESTS)
    for table in (*TABLES, "action"):
        raw.execute(f"ALTER TABLE ntmtrack.{table} ENABLE TRIGGER USER")
    _hand_over(raw)
    _permit(raw)


def _parts() -> list[str]:
    """Every statement that makes what holds the rights."""
    text = Path(__file__).with_name("rights.sql").read_text(encoding="utf-8")
    texts = [
        text,
        *decision_rules(),
        *proposal_rules(),
        *write_rules(),
        *policies(),
        fill_touched(),
        *_RULES_OF_ACTIONS,
    ]
    return [text.replace("{path}", _PATH).replace("{lock}", WRITERS) for text in texts]


_RULES_OF_ACTIONS = (
    "CREATE TRIGGER action_begins_by_right BEFORE INSERT ON ntmtrack.action FOR EACH ROW"
    " EXECUTE FUNCTION ntmtrack_rights.action_begins()",
    "CREATE CONSTRAINT TRIGGER action_ends_by_right AFTER INSERT ON ntmtrack.action DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION ntmtrack_rights.action_ends()",
)


def _make_roles(raw: Raw) -> None:
    """The three roles of the server, which hold no password and cannot sign in; who makes them is an owner."""
    for role in (READER, WRITER, OWNER):
        if not exists(raw, role):
            raw.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    for group, others in ((WRITER, (READER,)), (OWNER, (READER, WRITER))):
        for other in others:
            if not is_member(raw, group, other):
                raw.execute(f"GRANT {other} TO {group} WITH ADMIN OPTION")
    if not raw.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", (OWNER,)).fetchone()[0]:  # type: ignore[index]
        raw.execute(f"GRANT {OWNER} TO CURRENT_USER")


def _clear(raw: Raw) -> None:
    """Takes away policies, triggers of rights and grants, whoever made them: they are made anew."""
    raw.execute(
        """DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT polname, polrelid::regclass AS held FROM pg_policy JOIN pg_class AS c ON c.oid = polrelid
                   WHERE c.relnamespace = 'ntmtrack'::regnamespace LOOP
            EXECUTE format('DROP POLICY %I ON %s', one.polname, one.held);
        END LOOP;
        FOR one IN SELECT tgname, tgrelid::regclass AS held FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid
                   WHERE c.relnamespace = 'ntmtrack'::regnamespace AND NOT tgisinternal AND tgname ~ '_by_right$' LOOP
            EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.held);
        END LOOP;
        FOR one IN SELECT c.oid::regclass AS held, c.relkind, a.grantee FROM pg_class AS c
                   CROSS JOIN LATERAL (
                       SELECT x.grantee FROM aclexplode(c.relacl) AS x
                       UNION SELECT x.grantee FROM pg_attribute AS t CROSS JOIN LATERAL aclexplode(t.attacl) AS x
                       WHERE t.attrelid = c.oid) AS a
                   WHERE c.relnamespace IN ('ntmtrack'::regnamespace, 'ntmtrack_rights'::regnamespace)
                     AND c.relkind IN ('r', 'S', 'v') AND a.grantee <> c.relowner LOOP
            EXECUTE format('REVOKE ALL ON %s %s FROM %s', CASE one.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                one.held, CASE one.grantee WHEN 0 THEN 'PUBLIC' ELSE one.grantee::regrole::text END);
        END LOOP;
        END $$"""
    )


def _hand_over(raw: Raw) -> None:
    """All of the ledger belongs to the role of owners: each of them may bring it up to date."""
    _open_database(raw, OWNER, ("CREATE", "TEMPORARY", "CONNECT"))
    raw.execute(
        """DO $$ DECLARE one record; mine oid := 'ntmtrack_owner'::regrole; BEGIN
        FOR one IN SELECT nspname FROM pg_namespace WHERE nspname IN ('ntmtrack', 'ntmtrack_rights')
                   AND nspowner <> mine LOOP
            EXECUTE format('ALTER SCHEMA %I OWNER TO ntmtrack_owner', one.nspname);
        END LOOP;
        FOR one IN SELECT c.oid::regclass AS held FROM pg_class AS c WHERE c.relkind = 'r' AND c.relowner <> mine
                   AND c.relnamespace IN ('ntmtrack'::regnamespace, 'ntmtrack_rights'::regnamespace) LOOP
            EXECUTE format('ALTER TABLE %s OWNER TO ntmtrack_owner', one.held);
        END LOOP;
        FOR one IN SELECT p.oid::regprocedure AS held, p.prokind FROM pg_proc AS p WHERE p.proowner <> mine
                   AND p.pronamespace IN ('ntmtrack'::regnamespace, 'ntmtrack_rights'::regnamespace) LOOP
            EXECUTE format('ALTER %s %s OWNER TO ntmtrack_owner',
                CASE one.prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END, one.held);
        END LOOP;
        END $$"""
    )


def _open_database(raw: Raw, role: str, may: tuple[str, ...]) -> None:
    """Lets a role do something in the database, which its owner alone can give: what it may already is left."""
    for what in may:
        if not raw.execute("SELECT has_database_privilege(%s, current_database(), %s)", (role, what)).fetchone()[0]:  # type: ignore[index]
            given = sql.SQL("GRANT {} ON DATABASE {} TO {}")
            raw.execute(given.format(sql.SQL(what), sql.Identifier(raw.info.dbname), sql.Identifier(role)))


def _permit(raw: Raw) -> None:
    """What each of the roles may do to tables; which rows, policies and triggers say."""
    every = ", ".join(f"ntmtrack.{table}" for table in (*TABLES, "action", "alembic_version"))
    facts = ", ".join(f"ntmtrack.{table}" for table in (*TABLES, "action"))
    _open_database(raw, READER, ("CONNECT", "TEMPORARY"))
    for statement in (
        "REVOKE ALL ON SCHEMA ntmtrack, ntmtrack_rights FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA ntmtrack TO {READER}",
        f"GRANT SELECT ON {every} TO {READER}",
        f"GRANT INSERT ON {facts} TO {WRITER}",
        f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA ntmtrack TO {WRITER}",
        f"GRANT UPDATE ({', '.join(_ENDED_BY_WRITER)}) ON ntmtrack.action TO {WRITER}",
        *(f"GRANT UPDATE (voided_by) ON ntmtrack.{kind.table} TO {WRITER}" for kind in VOIDABLE),
        "REVOKE ALL ON ALL ROUTINES IN SCHEMA ntmtrack_rights FROM PUBLIC",
    ):
        raw.execute(statement)
    _permit_functions(raw)


def _permit_functions(raw: Raw) -> None:
    """Functions with rights of their own are called by those alone whom they are for."""
    raw.execute(
        """DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT oid::regprocedure AS held FROM pg_proc
                   WHERE pronamespace = 'ntmtrack'::regnamespace AND prosecdef LOOP
            EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one.held);
        END LOOP; END $$"""
    )
    for role, names in ((READER, _FOR_READERS), (WRITER, _FOR_WRITERS)):
        for (function,) in raw.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'ntmtrack'::regnamespace"
            " AND proname = ANY(%s)",
            (list(names),),
        ).fetchall():
            raw.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")
