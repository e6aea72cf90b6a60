"""Districts that share a name, told apart by their provinces."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ntmtrack.model import Tier, Unit


def namesakes(every: Iterable[Unit]) -> dict[int, str]:
    """Districts that share a name, by id, each with its province."""
    districts = [unit for unit in every if unit.tier is Tier.DISTRICT]
    counts = Counter(unit.title for unit in districts)
    return {unit.id: unit.full_title for unit in districts if counts[unit.title] > 1}


def with_provinces(every: Iterable[Unit], shown: Sequence[Unit]) -> list[Unit]:
    """The units `shown`, with the province of their district where several of `every` district share its name."""
    full = namesakes(every)
    return [unit._replace(parent_name=full[unit.parent_id]) if unit.parent_id in full else unit for unit in shown]
