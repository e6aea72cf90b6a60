"""How often a fault is tried: a few times every day, as often as NTMTRACK_ROUNDS says; and by what chance."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager

ASKED = int(os.environ.get("NTMTRACK_ROUNDS", "0"))


def rounds(everyday: int) -> int:
    """The rounds of a test that does `everyday` of them unless more are asked for."""
    return max(everyday, ASKED)


@contextmanager
def chance() -> Iterator[random.Random]:
    """Seeded random numbers; where the test fails, pytest shows the seed to give as NTMTRACK_SEED."""
    seed = int(os.environ.get("NTMTRACK_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
    try:
        yield random.Random(seed)
    except BaseException:
        print(f"NTMTRACK_SEED={seed}")
        raise
