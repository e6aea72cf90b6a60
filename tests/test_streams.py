"""Remarks beside an answer: said once · kept for whoever asked for them · said at once where that fails."""

import pytest

from ntmtrack.streams import kept_remarks, listen, remark


@pytest.fixture
def said():
    """What is said to whoever listens."""
    texts = []
    listen(texts.append)
    return texts


def test_a_remark_is_said_once(said):
    remark("a")
    remark("a")
    assert said == ["a"]


def test_kept_remarks_are_said_by_whoever_kept_them(said):
    with kept_remarks() as kept:
        remark("a")
    remark("b")
    assert (kept, said) == (["a"], ["b"])


def test_kept_remarks_are_not_lost_where_the_block_fails(said):
    def failing():
        with kept_remarks():
            remark("a")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        failing()
    assert said == ["a"]
