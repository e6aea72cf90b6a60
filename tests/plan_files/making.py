"""Plans at random, and plans written and read back."""

import unicodedata
from datetime import date

from hypothesis import strategies as st

from ntmtrack.ingest.roadmap_form import read_form, write_form
from ntmtrack.model import Tier
from ntmtrack.roadmaps import COUNTS, MEASURES, NATURES, OPERATORS, SHARES, SPANS, Roadmap, Target
from ntmtrack.roadmaps.toml import read_roadmap, shipped, to_toml
from ntmtrack.text import clean

PLANS = sorted(shipped())
KH168 = "kien-giang-kh168"


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = (
    st.text(st.one_of(LETTERS, st.sampled_from("\"\\'#\n\t=+-@;,ế\u0302\u00a0\u2028")), min_size=1, max_size=30)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(clean)
)
NAMES = st.lists(TEXT.filter(lambda name: not {*";\n"} & {*name}), max_size=3).map(tuple)
KEY = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
COUNT = st.integers(0, 20_000)
PERCENT = st.from_regex(r"[0-9]{1,3}(,[0-9]{1,4})?", fullmatch=True)
NUMBER = st.from_regex(r"[0-9]{1,6}(,[0-9]{1,4})?", fullmatch=True)
ISSUE_DAYS = st.dates(date(2016, 1, 1), date(2025, 12, 31))
DAYS = st.dates(date(2, 1, 1), date(9999, 12, 31)).filter(lambda day: day.year != 1905)  # Excel makes such of years
LEVELS = ("ntm", "nang-cao", "kieu-mau", "nang-cao+kieu-mau")


def maybe(values):
    return st.none() | values


def ranged(draw, values, rank):
    """A value and perhaps a larger one."""
    low, high = draw(maybe(values)), draw(maybe(values))
    if low is None or high is None or rank(low) >= rank(high):
        return low, None
    return low, high


def decimal(text):
    return float(text.replace(",", "."))


@st.composite
def line_fields(draw):
    measure = draw(st.sampled_from((*LEVELS, *MEASURES)))
    share = draw(st.sampled_from(SHARES))
    named = measure in ("other", "condition", "task", "milestone")
    return {
        "tier": draw(st.sampled_from(Tier)),
        "measure": measure,
        "counts": draw(st.sampled_from(COUNTS)),
        "threshold": draw(COUNT if measure.startswith("criteria-") else maybe(COUNT)),
        "name": draw(TEXT if named else maybe(TEXT)),
        "counted_in": draw(maybe(TEXT)),
        "share_of": share,
        "base": draw(TEXT if share == "other" else maybe(TEXT)),
        "readings": draw(st.permutations(["all", "ntm", "nested"])) [:2] if share == "open" else (),
        "relative_to": draw(maybe(st.integers(2000, 2030))),
    }  # fmt: skip


@st.composite
def figures(draw):
    nature = draw(st.sampled_from(NATURES))
    pairs = {
        "added": ranged(draw, COUNT, int),
        "cumulative": ranged(draw, COUNT, int),
        "percent": ranged(draw, PERCENT, decimal),
        "value": ranged(draw, NUMBER, decimal),
    }
    if all(low is None for low, _high in pairs.values()):
        pairs["added"] = (draw(COUNT), None)
    is_range = any(high is not None for _low, high in pairs.values())
    operator = draw(
        st.sampled_from(["range", "about"] if is_range else [sign for sign in OPERATORS if sign != "range"])
    )
    beside = pairs["percent"][0] is not None and any(
        pairs[key][0] is not None for key in ("added", "cumulative", "value")
    )
    of_percent = draw(maybe(st.sampled_from([sign for sign in OPERATORS if sign not in ("range", operator)])))
    days = sorted([draw(DAYS), draw(DAYS)])
    due = draw(maybe(st.sampled_from([days[1].isoformat(), f"<{days[1]}", f"{days[1]}"[:7], f"<{days[1]}"[:5]])))
    within = draw(maybe(TEXT))
    return {
        **{key: low for key, (low, _high) in pairs.items()},
        **{f"{key}_high": high for key, (_low, high) in pairs.items()},
        "year": draw(st.integers(2021 if nature == "target" else 2000, 2025)),
        "nature": nature,
        "span": draw(st.sampled_from(SPANS)),
        "operator": operator,
        "percent_operator": of_percent if beside else None,
        "total": draw(maybe(st.integers(1, 20_000))),
        "part_of": draw(maybe(st.sampled_from(LEVELS))),
        "within": within,
        "each": None if within else draw(maybe(st.sampled_from([tier.value for tier in Tier]))),
        "begins_on": draw(maybe(st.just(days[0].isoformat()))),
        "due_on": due,
        "note": draw(maybe(TEXT)),
        "cite": draw(TEXT),
        "units": draw(NAMES),
        "reserve": draw(NAMES),
        "registered": draw(NAMES),
    }


@st.composite
def plans(draw):
    drawn = []
    for line in draw(st.lists(line_fields(), min_size=1, max_size=3)):
        line["readings"] = tuple(line["readings"])
        drawn += [Target(**line, **figure) for figure in draw(st.lists(figures(), min_size=1, max_size=3))]
    targets = {(target.line, target.year, target.span, target.nature): target for target in drawn}
    return Roadmap(
        key=draw(KEY),
        title=draw(TEXT),
        number=draw(TEXT),
        issued_on=draw(ISSUE_DAYS).isoformat()[: draw(st.sampled_from([4, 7, 10]))],
        issuer=draw(TEXT),
        programme="2021-2025",
        scope_code=(code := draw(st.sampled_from(["", "91", "01", "15313"]))),
        scope_name=draw(TEXT) if code else "cả nước",
        base_year=draw(st.integers(2011, 2024)),
        targets=tuple(targets.values()),
        supersedes=draw(maybe(KEY.map("truoc-{}".format))),
        source=draw(maybe(TEXT)),
    )


def in_toml(plan, folder):
    file = folder / "plan.toml"
    file.write_text(to_toml(plan), encoding="utf-8")
    return read_roadmap(file)


def in_form(plan, folder, ending):
    write_form(plan, folder / f"plan.{ending}")
    return read_form(folder / f"plan.{ending}")
