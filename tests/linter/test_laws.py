"""A consistent plan gives nothing, one with a number changed gives something, and no plan whatever makes it stumble."""

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ntmtrack.lint.contradictions import footnotes
from ntmtrack.model import Tier
from ntmtrack.roadmaps import NATURES, OPERATORS, SHARES, SPANS
from ntmtrack.roadmaps.shares import decimals, per_cent, rounded, value
from tests.faults.rounds import rounds
from tests.linter.making import COMMUNES, DISTRICTS, figure, found, ground, ntm_years, roadmap


@st.composite
def plans(draw):
    """A plan that adds up: yearly additions, their sums, half-up per cents on one printed total, the period."""
    start = draw(st.integers(0, 50))
    added = draw(st.lists(st.integers(0, 30), min_size=5, max_size=5))
    total = start + sum(added) + draw(st.integers(1, 60))
    places = draw(st.integers(0, 2))
    years = ntm_years(*added, start=start)
    years = [year._replace(total=total, percent=as_printed(per_cent(year.cumulative, total), places)) for year in years]
    start_of = figure(2020, nature="baseline", cumulative=start)
    return [years[-1]._replace(span="period", added=sum(added)), start_of, *years]


def as_printed(share, places):
    return str(rounded(share, places)).replace(".", ",")


@given(plans())
@settings(max_examples=rounds(100), deadline=None)
def test_a_plan_that_adds_up_gives_no_findings(figures):
    assert found(*figures) == []


@given(plans(), st.data())
@settings(max_examples=rounds(100), deadline=None)
def test_a_changed_number_is_found(figures, data):
    place = data.draw(st.integers(0, len(figures) - 1))
    field = data.draw(st.sampled_from(["added", "cumulative", "percent", "total"]))
    old = getattr(figures[place], field)
    assume(old is not None)
    assume(field != "total" or figures[place].year == 2025)  # a total may change from year to year
    if field == "percent":
        step = Fraction(1, 10 ** decimals(old))
        new = as_printed(value(old) + step, decimals(old))
    else:
        new = old + data.draw(st.sampled_from([1, 2, 9]))
    figures[place] = figures[place]._replace(**{field: new})
    assert found(*figures)


LEVELS = ("ntm", "nang-cao", "kieu-mau")


@st.composite
def any_figures(draw):
    """Whatever a plan file may hold, sensible or not."""
    facts = {
        "tier": draw(st.sampled_from(Tier)),
        "measure": draw(
            st.sampled_from(["ntm", "nang-cao", "kieu-mau", "nang-cao+kieu-mau", "criteria-below", "ocop"])
        ),
        "nature": draw(st.sampled_from(NATURES)),
        "span": draw(st.sampled_from(SPANS)),
        "operator": draw(st.sampled_from([*OPERATORS, "<", "not known here"])),
        "share_of": draw(st.sampled_from(SHARES)),
        "percent": draw(st.sampled_from([None, "0", "10", "57,5", "100", "33,33", "120", "0,0", "70"])),
        "within": draw(st.sampled_from([None, *DISTRICTS, "huyện Y"])),
        "each": draw(st.sampled_from([None, "district"])),
        "part_of": draw(st.sampled_from([None, "ntm"])),
        "counts": draw(st.sampled_from(["at-least", "highest"])),
        "units": tuple(draw(st.lists(st.sampled_from([*COMMUNES, *DISTRICTS]), max_size=3))),
        **{field: draw(st.none() | st.integers(0, 130)) for field in ("added", "cumulative", "total")},
    }
    high = {f"{field}_high": facts[field] for field in ("added", "cumulative") if facts["operator"] == "range"}
    return figure(draw(st.integers(2020, 2026)), threshold=15, readings=("all", "ntm"), cite="mục 1", **facts | high)


@given(st.lists(any_figures(), max_size=12), st.sampled_from([None, 0, 40, 116]), st.booleans())
@settings(max_examples=rounds(75), deadline=None)
def test_whatever_a_plan_prints_is_told_in_words(figures, communes, exact):
    on = ground(communes, 15, exact=exact, units={Tier.DISTRICT: DISTRICTS, Tier.COMMUNE: COMMUNES})
    findings = found(*figures, on=on)
    footnotes(roadmap(*figures), on.programme, range(2020, 2027))
    assert not [finding.text for finding in findings if "None" in finding.text or "{" in finding.text]
