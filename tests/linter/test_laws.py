"""A consistent plan gives nothing, a plan with one number changed gives something."""

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ntmtrack.roadmaps.checks.shares import per_cent, value
from ntmtrack.shares import decimals, rounded
from tests.linter.making import figure, found, ntm_years


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
@settings(max_examples=200, deadline=None)
def test_a_plan_that_adds_up_gives_no_findings(figures):
    assert found(*figures) == []


@given(plans(), st.data())
@settings(max_examples=200, deadline=None)
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
