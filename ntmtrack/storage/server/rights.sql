-- Who may do what, held by the server. A role is `session_user` throughout: SET ROLE changes nothing.
-- `given` says what a role may do, and where (NULL: in the whole ledger). The other tables save looking for what an
-- action was about, and keep which decisions of others a role has named with all that identifies them.
CREATE TABLE IF NOT EXISTS ntmtrack_rights.given (
    role text NOT NULL,
    scope_id bigint REFERENCES ntmtrack.unit (id) DEFERRABLE,
    may text NOT NULL CHECK (may IN ('reader', 'proposer', 'writer'))
);
CREATE UNIQUE INDEX IF NOT EXISTS uq_given ON ntmtrack_rights.given (role, coalesce(scope_id, 0));
CREATE TABLE IF NOT EXISTS ntmtrack_rights.touched (action_id bigint, unit_id bigint, PRIMARY KEY (unit_id, action_id));
CREATE INDEX IF NOT EXISTS ix_touched_action_id ON ntmtrack_rights.touched (action_id);
CREATE TABLE IF NOT EXISTS ntmtrack_rights.known_decision (role text, decision_id bigint, PRIMARY KEY (role, decision_id));

-- What functions, policies and triggers said when `server init` made them: whoever changes one since is found out, and
-- stays so where it is not made again.
-- How a digest is made is frozen: made otherwise, every rule of the migrations would seem changed.
CREATE TABLE IF NOT EXISTS ntmtrack_rights.made (kind text, name text, digest text NOT NULL, PRIMARY KEY (kind, name));

CREATE OR REPLACE FUNCTION ntmtrack_rights.digests() RETURNS TABLE (kind text, name text, digest text, is_of_now boolean)
LANGUAGE sql STABLE {path} AS $$
    SELECT 'function', p.oid::regprocedure::text, md5(row(p.prosrc, p.prosecdef, p.proconfig, p.provolatile)::text),
        p.xmin::text = pg_current_xact_id()::xid::text
    FROM pg_proc AS p WHERE p.pronamespace IN ('ntmtrack'::regnamespace, 'ntmtrack_rights'::regnamespace)
    UNION ALL SELECT 'trigger', o.polname, md5(row(o.polcmd, o.polpermissive, o.polroles::regrole[],
        pg_get_expr(o.polqual, o.polrelid), pg_get_expr(o.polwithcheck, o.polrelid))::text),
        o.xmin::text = pg_current_xact_id()::xid::text
    FROM pg_policy AS o JOIN pg_class AS c ON c.oid = o.polrelid WHERE c.relnamespace = 'ntmtrack'::regnamespace
    UNION ALL SELECT 'trigger', t.tgname, md5(pg_get_triggerdef(t.oid)), t.xmin::text = pg_current_xact_id()::xid::text
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'ntmtrack'::regnamespace AND NOT t.tgisinternal
$$;

CREATE OR REPLACE FUNCTION ntmtrack.changed_rules() RETURNS TABLE (kind text, name text) LANGUAGE sql STABLE
SECURITY DEFINER {path} AS $$
    SELECT d.kind, d.name FROM digests() AS d LEFT JOIN made AS m USING (kind, name)
    WHERE d.digest <> m.digest OR m.digest IS NULL AND d.kind = 'function'
$$;

-- In PL/pgSQL, which keeps the plans of a connection: policies ask these for every table of every query.
CREATE OR REPLACE FUNCTION ntmtrack.is_owner() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER {path} AS
$$ BEGIN RETURN pg_has_role(session_user, 'ntmtrack_owner', 'MEMBER'); END $$;

CREATE OR REPLACE FUNCTION ntmtrack.my_right() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER {path} AS $$
BEGIN
    IF pg_has_role(session_user, 'ntmtrack_owner', 'MEMBER') THEN
        RETURN 'owner';
    END IF;
    RETURN (SELECT g.may FROM given AS g WHERE g.role = session_user LIMIT 1);
END $$;

CREATE OR REPLACE FUNCTION ntmtrack.sees_all() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER {path} AS $$
BEGIN
    RETURN pg_has_role(session_user, 'ntmtrack_owner', 'MEMBER')
        OR EXISTS (SELECT FROM given AS g WHERE g.role = session_user AND g.scope_id IS NULL);
END $$;

CREATE OR REPLACE FUNCTION ntmtrack.may_write() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER {path} AS
$$ BEGIN RETURN coalesce(my_right() <> 'reader', FALSE); END $$;

CREATE OR REPLACE FUNCTION ntmtrack.my_scopes() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER {path} AS $$
BEGIN
    RETURN QUERY SELECT g.scope_id FROM given AS g WHERE g.role = session_user AND g.scope_id IS NOT NULL;
END $$;

-- Actions after this one are not sealed yet: they are of the transaction that asks.
CREATE OR REPLACE FUNCTION ntmtrack.last_sealed() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER {path} AS $$
BEGIN
    RETURN coalesce((SELECT a.id FROM action AS a WHERE a.hash IS NOT NULL ORDER BY a.id DESC LIMIT 1), 0);
END $$;

-- The units of a role's scopes, and all that ever belonged to them, as it stood before this transaction wrote: nobody
-- moves a unit of others into his own scope. A version that was taken back counts where none of its unit stands.
CREATE OR REPLACE FUNCTION ntmtrack.written_units() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER {path}
AS $$
DECLARE
    sealed bigint := last_sealed();
BEGIN
    RETURN QUERY WITH RECURSIVE below(id) AS (
        SELECT g.scope_id FROM given AS g WHERE g.role = session_user AND g.scope_id IS NOT NULL
        UNION
        SELECT v.unit_id FROM below JOIN unit_version AS v ON v.parent_id = below.id
        WHERE v.action_id <= sealed AND (v.voided_by IS NULL OR v.voided_by > sealed OR NOT EXISTS (
            SELECT FROM unit_version AS s WHERE s.unit_id = v.unit_id AND s.action_id <= sealed
                AND (s.voided_by IS NULL OR s.voided_by > sealed))))
    SELECT below.id FROM below
    UNION SELECT u.id FROM unit AS u WHERE u.action_id > sealed;
END $$;

-- The same, with what these units were made of and what became of them.
CREATE OR REPLACE FUNCTION ntmtrack.seen_units() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER {path}
AS $$
BEGIN
    RETURN QUERY WITH RECURSIVE own(id) AS MATERIALIZED (SELECT written_units()),
    before(id) AS (
        SELECT own.id FROM own
        UNION SELECT s.predecessor_id FROM before JOIN succession AS s ON s.successor_id = before.id),
    after(id) AS (
        SELECT own.id FROM own
        UNION SELECT s.successor_id FROM after JOIN succession AS s ON s.predecessor_id = after.id)
    SELECT before.id FROM before UNION SELECT after.id FROM after;
END $$;

-- The same, with the units to which these ever belonged: of them a role sees what they are called.
CREATE OR REPLACE FUNCTION ntmtrack.named_units() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER {path}
AS $$
BEGIN
    RETURN QUERY WITH RECURSIVE above(id) AS (
        SELECT seen_units()
        UNION SELECT v.parent_id FROM above JOIN unit_version AS v ON v.unit_id = above.id WHERE v.parent_id IS NOT NULL)
    SELECT above.id FROM above;
END $$;

CREATE OR REPLACE FUNCTION ntmtrack.seen_actions() RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER {path}
AS $$
BEGIN
    IF my_right() IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT t.action_id FROM touched AS t WHERE t.unit_id IN (SELECT seen_units())
        UNION SELECT a.id FROM action AS a WHERE NOT EXISTS (SELECT FROM touched AS t WHERE t.action_id = a.id);
END $$;

-- What the program asks for that goes beyond what a role may see, and only for that.
CREATE OR REPLACE FUNCTION ntmtrack.hash_before(key bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER {path} AS
$$ SELECT hash FROM action WHERE id < key AND my_right() IS NOT NULL ORDER BY id DESC LIMIT 1 $$;

CREATE OR REPLACE FUNCTION ntmtrack.last_done() RETURNS TABLE (id bigint, at text) LANGUAGE sql STABLE SECURITY DEFINER
{path} AS $$ SELECT a.id, a.at FROM action AS a WHERE my_right() IS NOT NULL ORDER BY a.id DESC LIMIT 1 $$;

CREATE OR REPLACE FUNCTION ntmtrack.decision_on_record(number text, signed_on text, issuer text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER {path} AS $$
DECLARE
    found bigint;
BEGIN
    SELECT d.id INTO found FROM decision AS d WHERE may_write() AND d.voided_by IS NULL AND d.number = $1
        AND d.signed_on IS NOT DISTINCT FROM $2 AND d.issuer IS NOT DISTINCT FROM $3 LIMIT 1;
    IF found IS NOT NULL AND NOT is_owner() THEN
        INSERT INTO known_decision VALUES (session_user, found) ON CONFLICT DO NOTHING;
    END IF;
    RETURN found;
END $$;

-- A writer's action bears his own name and the next number; the chain goes on in one line.
CREATE OR REPLACE FUNCTION ntmtrack_rights.action_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {path} AS $$
BEGIN
    IF is_owner() THEN
        RETURN NEW;
    END IF;
    {lock};
    IF NEW.who IS DISTINCT FROM session_user::text OR NEW.hash IS NOT NULL OR NEW.origin IS NOT NULL
            OR NEW.done_at IS NOT NULL OR NEW.joined_by IS NOT NULL
            OR NEW.id <> 1 + coalesce((SELECT id FROM action ORDER BY id DESC LIMIT 1), 0) THEN
        RAISE EXCEPTION 'ntmtrack: own action' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;

-- When a transaction is committed: each action is sealed, takes back none of others, and is proposed by whoever may
-- only propose.
CREATE OR REPLACE FUNCTION ntmtrack_rights.action_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {path} AS $$
DECLARE
    done action;
BEGIN
    SELECT * INTO done FROM action WHERE id = NEW.id;
    IF done.hash IS NULL THEN
        RAISE EXCEPTION 'ntmtrack: sealed' USING ERRCODE = '42501';
    END IF;
    IF is_owner() THEN
        RETURN NULL;
    END IF;
    IF NOT may_turn(done) OR NOT has_placed(done.id) OR NOT ntmtrack_rights.decisions_rest(done.id) THEN
        RAISE EXCEPTION 'ntmtrack: units' USING ERRCODE = '42501';
    END IF;
    IF my_right() = 'proposer' AND NOT is_proposed(done) THEN
        RAISE EXCEPTION 'ntmtrack: proposed' USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$;

-- Whether all that an action did was to refuse or withdraw proposals that the role may decide of.
CREATE OR REPLACE FUNCTION ntmtrack_rights.only_decided(key bigint) RETURNS boolean LANGUAGE plpgsql STABLE {path} AS $$
BEGIN
    RETURN ntmtrack_rights.only_settings($1) AND EXISTS (SELECT FROM setting AS s WHERE s.action_id = $1);
END $$;

-- Whether all that an action was about is within the scopes of whoever takes it back or does it again.
CREATE OR REPLACE FUNCTION ntmtrack_rights.may_turn(done ntmtrack.action) RETURNS boolean LANGUAGE sql STABLE {path} AS $$
    SELECT done.undoes_id IS NULL OR sees_all() OR (
        done.undoes_id < done.id
        AND NOT EXISTS (SELECT FROM touched AS t WHERE t.action_id = done.undoes_id
            AND t.unit_id NOT IN (SELECT written_units()))
        AND (EXISTS (SELECT FROM touched AS t WHERE t.action_id = done.undoes_id)
            OR EXISTS (SELECT FROM action AS a WHERE a.id = done.undoes_id AND a.who = session_user)
            OR my_right() = 'writer' AND ntmtrack_rights.only_decided(done.undoes_id)))
$$;

-- Whether each unit that an action began came to lie within the scopes of whoever began it.
CREATE OR REPLACE FUNCTION ntmtrack_rights.has_placed(key bigint) RETURNS boolean LANGUAGE sql STABLE {path} AS $$
    SELECT sees_all() OR NOT EXISTS (SELECT FROM unit AS u WHERE u.action_id = key
        AND u.id NOT IN (SELECT written_units()))
$$;

-- Whether a key of a setting says that a proposal was refused or withdrawn by one who may.
CREATE OR REPLACE FUNCTION ntmtrack_rights.may_decide(key text) RETURNS boolean LANGUAGE sql STABLE {path} AS $$
    SELECT key ~ '^proposal/[0-9]{1,18}$' AND EXISTS (
        SELECT FROM action AS a WHERE a.id = substring(key FROM 10)::bigint AND (a.who = session_user OR (
            my_right() = 'writer' AND NOT EXISTS (SELECT FROM touched AS t WHERE t.action_id = a.id
                AND t.unit_id NOT IN (SELECT written_units())))))
$$;

CREATE OR REPLACE FUNCTION ntmtrack_rights.is_of_now(key bigint) RETURNS boolean LANGUAGE sql STABLE {path} AS $$
    SELECT EXISTS (SELECT FROM action AS a WHERE a.id = key AND a.who = session_user
        AND a.xmin::text = pg_current_xact_id()::xid::text)
$$;

CREATE OR REPLACE FUNCTION ntmtrack_rights.is_proposed(done ntmtrack.action) RETURNS boolean LANGUAGE plpgsql STABLE
{path} AS $$
DECLARE
    proposing bigint;
BEGIN
    IF done.verb = 'withdraw' THEN
        RETURN ntmtrack_rights.only_settings(done.id);
    ELSIF done.verb = 'propose' THEN
        RETURN done.undoes_id IS NOT NULL AND is_of_now(done.undoes_id) AND ntmtrack_rights.no_trace(done.undoes_id, done.id);
    END IF;
    SELECT a.id INTO proposing FROM action AS a WHERE a.undoes_id = done.id AND a.verb = 'propose' ORDER BY a.id LIMIT 1;
    RETURN proposing IS NOT NULL AND is_of_now(proposing) AND ntmtrack_rights.no_trace(done.id, proposing);
END $$;
