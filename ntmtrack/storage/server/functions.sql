-- What SQLite has more, under the names that the queries use: NULL where one value is NULL, as there. Each value stands
-- once in its body: only so is a function put in place where it is called, whatever it is called with.
CREATE OR REPLACE FUNCTION min(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.text_smaller(a, b) $$;

CREATE OR REPLACE FUNCTION max(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.text_larger(a, b) $$;

CREATE OR REPLACE FUNCTION min(a bigint, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.int8smaller(a, b) $$;

CREATE OR REPLACE FUNCTION max(a bigint, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.int8larger(a, b) $$;

CREATE OR REPLACE FUNCTION instr(whole text, part text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.strpos(whole, part) $$;

CREATE OR REPLACE FUNCTION joined(parts text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN pg_catalog.array_remove(parts, NULL) <> '{}' THEN pg_catalog.array_to_string(parts, ',') END $$;

CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = array_append, STYPE = text[], FINALFUNC = joined);

CREATE OR REPLACE FUNCTION counted(total bigint, value boolean) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN value IS NULL THEN total ELSE coalesce(total, 0) + value::integer END $$;

CREATE OR REPLACE AGGREGATE sum(boolean) (SFUNC = counted, STYPE = bigint)
