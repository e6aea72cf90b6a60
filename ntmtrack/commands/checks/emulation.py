"""Check of awards: those whose recognition was revoked, those beyond the places that there are without a reason."""

from collections.abc import Iterator, Sequence

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.dates import show_day
from ntmtrack.emulation import Movement
from ntmtrack.emulation.achievements import award_words, fallen_awards
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.emulation.quota import quotas
from ntmtrack.i18n import _, number
from ntmtrack.lint import Weight
from ntmtrack.storage.queries.emulation import StoredMovement, awards, every_movement
from ntmtrack.storage.queries.given_awards import given_facts


def check_awards(context: CheckContext) -> Iterator[CheckFinding]:
    """Awards of units of the scope whose recognition was revoked; places given beyond those earned, by no reason."""
    given = [one for one in awards(context.connection) if one.unit_id in context.unit_ids]
    for award in given:
        ground = fallen_awards([award], context.recognitions, context.spec.today).get(award.id or 0)
        if ground:
            title = context.title(award.unit_id)
            text = _("{unit}: {award}: the recognition was revoked {day}, and the award falls with it")
            day = show_day(ground.revoked_on)
            yield CheckFinding(Weight.DOUBT, text.format(unit=title, award=award_words(award), day=day), [title])
    if given:
        yield from _beyond(context, sorted({award.year for award in given}))


def _beyond(context: CheckContext, years: list[int]) -> Iterator[CheckFinding]:
    tiers = {unit: context.versions[unit][-1].tier for unit in context.unit_ids if unit in context.versions}
    stored = every_movement(context.connection)
    for year in years:
        facts = given_facts(context.connection, year, tiers, context.spec.today)
        for movement in _of_year(stored, year):
            yield from _of_movement(context, movement, facts)


def _of_year(stored: Sequence[StoredMovement], year: int) -> Iterator[Movement]:
    """The movements by which places of a year are counted: of one and its successor that which the year is of."""
    years = {one.movement.key: one.movement.years for one in stored}
    for one in stored:
        has_given_way = one.replaced_by is not None and year in years[one.replaced_by]
        if not has_given_way and (year in one.movement.years or not one.movement.supersedes):
            yield one.movement


def _of_movement(context: CheckContext, movement: Movement, facts: MovementFacts) -> Iterator[CheckFinding]:
    for quota in quotas(movement, facts):
        if quota.left >= 0 or quota.is_over_with_reason or (quota.unit_id and quota.unit_id not in context.unit_ids):
            continue
        title = context.title(quota.unit_id) if quota.unit_id else quota.agency or ""
        text = _("{unit}: {form} ({cite}) of {year}: {count} more places given than the {earned} that there are")
        words = {"form": quota.rule.key, "cite": quota.rule.cite, "year": facts.year}
        counts = {"count": number(-quota.left), "earned": number(quota.earned)}
        yield CheckFinding(Weight.DOUBT, text.format(unit=title, **words, **counts), [title])
