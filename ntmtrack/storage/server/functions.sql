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

CREATE OR REPLACE FUNCTION counted(total bigint, value boolean) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN value IS NULL THEN total ELSE coalesce(total, 0) + value::integer END $$;

CREATE OR REPLACE AGGREGATE sum(boolean) (SFUNC = counted, STYPE = bigint)
;

-- Truths are counted and put in bits, as 0 and 1.
CREATE OR REPLACE FUNCTION plus(a boolean, b boolean) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT a::integer::bigint + b::integer $$;

CREATE OR REPLACE FUNCTION plus(a bigint, b boolean) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT a + b::integer $$;

CREATE OR REPLACE FUNCTION times(a boolean, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT a::integer * b $$;

CREATE OR REPLACE FUNCTION shifted(a boolean, places integer) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT a::integer::bigint << places $$;

DO $$ BEGIN
    CREATE OPERATOR + (LEFTARG = boolean, RIGHTARG = boolean, FUNCTION = plus);
    CREATE OPERATOR + (LEFTARG = bigint, RIGHTARG = boolean, FUNCTION = plus);
    CREATE OPERATOR * (LEFTARG = boolean, RIGHTARG = bigint, FUNCTION = times);
    CREATE OPERATOR << (LEFTARG = boolean, RIGHTARG = integer, FUNCTION = shifted);
EXCEPTION WHEN duplicate_function THEN NULL;
END $$;

CREATE OR REPLACE FUNCTION date(day text, later text, earlier text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT pg_catalog.to_char(day::date + later::interval + earlier::interval, 'YYYY-MM-DD') $$
