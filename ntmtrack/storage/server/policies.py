"""What the server holds of each kind of fact: which rows a role sees and may write, in SQL made from the catalogue.

Reading is held by policies, whose conditions are asked once a query. Writing is held by triggers, which look at what a
statement wrote as a whole: with rights of their own, so that they judge rows too which the role does not see.
"""

from collections.abc import Iterator

from ntmtrack.storage.fact_kind import UNIT, FactKind
from ntmtrack.storage.facts import KINDS, kind_of, references, speaking_of, unit_by

_OF_ALL = "(SELECT ntmtrack.my_right()) IS NOT NULL"
_HIGHER = ("roadmap", "movement", "criterion", "unit_list")  # those of the units above are read too
_DECISION = "decision"


def statements() -> Iterator[str]:
    """The functions, triggers and policies of every table; `{path}` stands where functions are told their schemas."""
    yield _my_decisions()
    yield _unused_decisions()
    yield _decisions_rest()
    yield _no_trace()
    yield _only_settings()
    for kind in KINDS:
        yield _judge(kind, "written", _insert_flaws(kind))
        yield _trigger(kind, "written", "INSERT")
        if kind.is_voidable:
            yield _judge(kind, "voided", _void_flaws(kind))
            yield _trigger(kind, "voided", "UPDATE")
        yield from _policies(kind.table, _seen(kind))
    own = f"who = session_user AND {_OF_ALL}"
    yield from _policies("action", f"{own} OR id IN (SELECT ntmtrack.seen_actions())")
    yield _fill_touched()
    yield "SELECT ntmtrack_rights.fill_touched()"


def _seen(kind: FactKind) -> str:
    """Which rows a role sees that does not see all; those of its own open action it always does."""
    return f"{_about_seen(kind)} OR action_id > (SELECT ntmtrack.last_sealed())"


def _about_seen(kind: FactKind) -> str:
    if kind.table == _DECISION:
        return "id IN (SELECT ntmtrack.my_decisions())"
    if kind.table in (UNIT, "unit_version"):
        column = "id" if kind.table == UNIT else "unit_id"
        return f"{column} IN (SELECT ntmtrack.named_units())"
    if whole := _whole(kind):
        column, other = whole
        return f"{column} IN (SELECT id FROM ntmtrack.{other.table})"
    if not kind.about:
        return _OF_ALL
    if kind.table in _HIGHER:
        return f"scope_id IS NULL AND {_OF_ALL} OR scope_id IN (SELECT ntmtrack.named_units())"
    set_of = "named_units" if kind.table == "succession" else "seen_units"
    return " AND ".join(f"{column} IN (SELECT ntmtrack.{set_of}())" for column in kind.about)


def _whole(kind: FactKind) -> tuple[str, FactKind] | None:
    """The column of the fact that decides whom a fact is about, with its kind: a plan's for its targets."""
    by = kind.part_of or (kind.about[0] if kind.about else "")
    return next(((column.name, other) for column, other in references(kind) if column.name == by), None)


def _policies(table: str, seen: str) -> Iterator[str]:
    yield f"ALTER TABLE ntmtrack.{table} ENABLE ROW LEVEL SECURITY"
    yield (
        f"CREATE POLICY {table}_seen ON ntmtrack.{table} FOR SELECT USING ((SELECT ntmtrack.sees_all()) OR ({seen}))"
    )
    yield (f"CREATE POLICY {table}_written ON ntmtrack.{table} FOR INSERT WITH CHECK ((SELECT ntmtrack.may_write()))")
    whose = " AND who = session_user AND hash IS NULL" if table == "action" else ""
    after = " AND who = session_user" if table == "action" else ""
    may = "(SELECT ntmtrack.may_write())"
    yield f"CREATE POLICY {table}_changed ON ntmtrack.{table} FOR UPDATE USING ({may}{whose}) WITH CHECK ({may}{after})"


def _trigger(kind: FactKind, name: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {kind.table}_{name}_by_right AFTER {event} ON ntmtrack.{kind.table}"
        f" REFERENCING NEW TABLE AS batch FOR EACH STATEMENT EXECUTE FUNCTION ntmtrack_rights.{kind.table}_{name}()"
    )


def _judge(kind: FactKind, name: str, flaws: list[tuple[str, str]]) -> str:
    """A function that keeps what an action touched, and refuses rows of which one of the conditions is true."""
    mark = "action_id" if name == "written" else "voided_by"
    tests = "\n".join(
        f"    IF EXISTS (SELECT FROM batch AS f WHERE {condition}) THEN"
        f" RAISE EXCEPTION 'ntmtrack: {word}' USING ERRCODE = '42501'; END IF;"
        for word, condition in flaws
        if word == "own action"
    )
    units = "\n".join(
        f"    IF EXISTS (SELECT FROM batch AS f WHERE {condition}) THEN"
        f" RAISE EXCEPTION 'ntmtrack: {word}' USING ERRCODE = '42501'; END IF;"
        for word, condition in flaws
        if word != "own action"
    )
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.{kind.table}_{name}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER {{path}} AS $$
DECLARE
    own bigint[];
BEGIN
{_touch(kind, mark, "batch")}
    IF is_owner() THEN RETURN NULL; END IF;
{tests}
    IF sees_all() THEN RETURN NULL; END IF;
    own := ARRAY(SELECT written_units());
{units}
    RETURN NULL;
END $$"""


def _touch(kind: FactKind, mark: str, rows: str) -> str:
    """Keeps about which units the rows are that an action wrote, or voided."""
    texts = []
    for about in kind.about:
        unit, join = _unit_of(kind, about)
        texts.append(
            f"    INSERT INTO touched (action_id, unit_id) SELECT DISTINCT f.{mark}, {unit} FROM {rows} AS f {join}"
            f" WHERE f.{mark} IS NOT NULL AND {unit} IS NOT NULL ON CONFLICT DO NOTHING;"
        )
    return "\n".join(texts)


def _unit_of(kind: FactKind, about: str) -> tuple[str, str]:
    """The unit that a fact `f` is about; of what is part of a plan, the units of the plan."""
    if kind.part_of:
        column, alias, joins = kind.part_of, "f", ""
        while True:
            other = next(other for own, other in references(kind) if own.name == column)
            joins += f" JOIN {other.table} AS {other.table}_of ON {other.table}_of.id = {alias}.{column}"
            alias, kind = f"{other.table}_of", other
            if not kind.part_of:
                return f"{alias}.{kind.about[0]}", joins
            column = kind.part_of
    return unit_by(kind, about)


def _insert_flaws(kind: FactKind) -> list[tuple[str, str]]:
    """What may not be true of a row that somebody wrote, each with the word of its refusal."""
    flaws = [
        ("own action", f"NOT ({_is_open('f.action_id')}) OR f.voided_by IS NOT NULL"),
        ("own action", f"f.id < 1 OR f.id > (SELECT last_value FROM ntmtrack.{kind.table}_id_seq)"),
        ("units", f"({_writable(kind, 'f')}) IS NOT TRUE"),
    ]
    if kind.table == "unit_version":
        flaws.append(("units", _moves()))
    about = {*kind.about, "parent_id"}
    for column in kind.columns:
        if column.refers == UNIT and column.name not in about:
            flaws.append(("units", f"f.{column.name} IS NOT NULL AND f.{column.name} NOT IN (SELECT named_units())"))
    for column, other in references(kind):
        if other.table == _DECISION:
            flaws.append(
                ("decision", f"f.{column.name} IS NOT NULL AND f.{column.name} NOT IN (SELECT my_decisions())")
            )
        elif _whole(kind) is None or column.name != (_whole(kind) or ("",))[0]:
            flaws.append(("units", _other_unwritable(other, f"f.{column.name}")))
    if kind.is_voidable:
        of = "f.restores_id NOT IN (SELECT my_decisions())" if kind.table == _DECISION else ""
        flaws.append(
            ("units", f"f.restores_id IS NOT NULL AND {of}" if of else _other_unwritable(kind, "f.restores_id"))
        )
    return flaws


def _void_flaws(kind: FactKind) -> list[tuple[str, str]]:
    return [
        ("own action", f"f.voided_by IS NULL OR NOT ({_is_open('f.voided_by')})"),
        ("units", f"({_writable(kind, 'f')}) IS NOT TRUE"),
    ]


def _is_open(key: str) -> str:
    return f"EXISTS (SELECT FROM action AS a WHERE a.id = {key} AND a.who = session_user AND a.hash IS NULL)"


def _other_unwritable(kind: FactKind, key: str) -> str:
    """That a fact speaks of one that may not be written: a copy of it, a plan in the place of it, would change it."""
    return (
        f"{key} IS NOT NULL AND NOT EXISTS (SELECT FROM ntmtrack.{kind.table} AS o WHERE o.id = {key}"
        f" AND ({_writable(kind, 'o')}))"
    )


def _writable(kind: FactKind, alias: str) -> str:
    """That a fact is about units of whoever writes, whose are in the array `own`."""
    if whole := _whole(kind):
        column, other = whole
        inner = f"{alias}_{other.table}"
        return (
            f"EXISTS (SELECT FROM ntmtrack.{other.table} AS {inner} WHERE {inner}.id = {alias}.{column}"
            f" AND {_writable(other, inner)})"
        )
    if kind.table == "setting":
        return f"{alias}.key LIKE 'form/%' OR ntmtrack_rights.may_decide({alias}.key)"
    if kind.table in (UNIT, _DECISION):
        return "TRUE"
    if not kind.about:
        return "FALSE"
    return " AND ".join(f"{alias}.{column} IN (SELECT unnest(own))" for column in kind.about)


def _moves() -> str:
    """That a unit is placed where it did not lie before: under one of others, or one that is somebody's whole scope."""
    return """f.parent_id IS NULL AND NOT EXISTS (SELECT FROM unit_version AS v WHERE v.unit_id = f.unit_id
            AND v.parent_id IS NULL AND v.action_id <= last_sealed())
        OR f.parent_id IS NOT NULL
            AND (f.parent_id NOT IN (SELECT unnest(own)) OR f.unit_id IN (SELECT my_scopes())) AND NOT EXISTS (
            SELECT FROM unit_version AS v WHERE v.unit_id = f.unit_id AND v.parent_id = f.parent_id
            AND v.action_id <= last_sealed())"""


def _my_decisions() -> str:
    """The decisions that a role may speak of: those of its own actions, those that facts which it sees rest on."""
    texts = [
        "SELECT d.id FROM decision AS d JOIN action AS a ON a.id = d.action_id WHERE a.who = session_user",
        "SELECT k.decision_id FROM known_decision AS k WHERE k.role = session_user",
        *(_resting(table, column) for table, column in speaking_of(_DECISION)),
    ]
    return f"""CREATE OR REPLACE FUNCTION ntmtrack.my_decisions() RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER {{path}} AS $$
DECLARE
    last bigint := last_sealed();
BEGIN
    RETURN QUERY WITH seen(id) AS MATERIALIZED (SELECT seen_units())
    {" UNION ".join(texts)};
END $$"""


def _resting(table: str, column: str) -> str:
    kind = kind_of(table)
    unit, join = unit_by(kind, kind.about[0])
    return (
        f"SELECT f.{column} FROM {table} AS f {join} WHERE f.{column} IS NOT NULL"
        f" AND ({unit} IN (SELECT id FROM seen){f' OR {unit} IS NULL' if table in _HIGHER else ''})"
        " AND f.action_id <= last"
    )


def _unused_decisions() -> str:
    """The decisions that an action left without any fact resting on them, whoever sees those facts."""
    rests, left = (
        " UNION ".join(
            f"SELECT {column} FROM {table} WHERE {which} AND {column} IS NOT NULL"
            for table, column in speaking_of(_DECISION)
        )
        for which in ("voided_by IS NULL", "voided_by = $1")
    )
    return f"""CREATE OR REPLACE FUNCTION ntmtrack.unused_decisions(bigint) RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER {{path}} AS $$
    SELECT id FROM decision WHERE may_write() AND voided_by IS NULL AND id IN ({left}) AND id NOT IN ({rests})
$$"""


def _decisions_rest() -> str:
    """Whether no fact stands any more on the decisions that an action voided."""
    stands = " OR ".join(
        f"EXISTS (SELECT FROM {table} AS f WHERE f.{column} = d.id AND f.voided_by IS NULL)"
        for table, column in speaking_of(_DECISION)
    )
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.decisions_rest(bigint) RETURNS boolean LANGUAGE sql STABLE
{{path}} AS $$ SELECT sees_all() OR NOT EXISTS (SELECT FROM decision AS d WHERE d.voided_by = $1 AND ({stands})) $$"""


def _no_trace() -> str:
    """Whether what the action $1 did was taken back by the action $2 to the last word: nothing came or went."""
    flaws = [text for kind in KINDS for text in _traces(kind)]
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.no_trace(bigint, bigint) RETURNS boolean LANGUAGE sql STABLE
{{path}} AS $$ SELECT NOT ({" OR ".join(flaws)}) $$"""


def _traces(kind: FactKind) -> Iterator[str]:
    table = kind.table
    if not kind.is_voidable:
        yield f"EXISTS (SELECT FROM {table} AS f WHERE f.action_id = $2)"
        return
    yield f"EXISTS (SELECT FROM {table} AS f WHERE f.action_id = $1 AND f.voided_by IS NULL)"
    yield (
        f"EXISTS (SELECT FROM {table} AS f WHERE f.action_id = $2 AND f.voided_by IS NULL AND NOT EXISTS ("
        f"SELECT FROM {table} AS o WHERE o.voided_by = $1 AND o.action_id < $1"
        f" AND coalesce(o.restores_id, o.id) = f.restores_id AND {_says_the_same(kind)}))"
    )
    if not kind.is_shared:
        yield (
            f"EXISTS (SELECT FROM {table} AS o WHERE o.voided_by IN ($1, $2) AND o.action_id < $1 AND NOT EXISTS ("
            f"SELECT FROM {table} AS f WHERE f.action_id = $2 AND f.voided_by IS NULL"
            f" AND f.restores_id = coalesce(o.restores_id, o.id)))"
        )


def _says_the_same(kind: FactKind) -> str:
    """That a copy `f` says what the fact `o` said; it may speak of the copy of another fact, or of a like decision."""
    joined = {column.name: other for column, other in references(kind)}
    texts = [
        f"f.{column.name} IS NOT DISTINCT FROM o.{column.name}" for column in kind.columns if column.name not in joined
    ]
    for name, other in joined.items():
        root = "coalesce(restores_id, id)"
        says = f"ROW({', '.join(other.identity)})::text" if other.is_shared else f"{root}::text"
        texts.append(
            f"(SELECT {says} FROM {other.table} WHERE id = f.{name}) IS NOT DISTINCT FROM"
            f" (SELECT {says} FROM {other.table} WHERE id = o.{name})"
        )
    return " AND ".join(texts)


def _only_settings() -> str:
    """Whether an action wrote but that proposals were withdrawn."""
    others = " OR ".join(
        f"EXISTS (SELECT FROM {kind.table} AS f WHERE f.action_id = $1 OR f.voided_by = $1)"
        for kind in KINDS
        if kind.table != "setting"
    )
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.only_settings(bigint) RETURNS boolean LANGUAGE sql STABLE
{{path}} AS $$
    SELECT NOT ({others} OR EXISTS (SELECT FROM setting AS f WHERE f.voided_by = $1
        OR (f.action_id = $1 AND NOT ntmtrack_rights.may_decide(f.key))))
$$"""


def _fill_touched() -> str:
    """What actions touched that were written while nobody kept it."""
    texts = [
        _touch(kind, mark, f"ntmtrack.{kind.table}").strip()
        for kind in KINDS
        if kind.about
        for mark in ("action_id", "voided_by")
    ]
    lines = "\n    ".join(texts)
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.fill_touched() RETURNS void LANGUAGE plpgsql {{path}} AS $$
BEGIN
    {lines}
END $$"""
