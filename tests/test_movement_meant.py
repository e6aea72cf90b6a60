"""Which emulation movement is meant: the only one of the year, the one of a scope, the one of a key; a file of one with
faults is refused with all of them."""

from pathlib import Path

import pytest

from ntmtrack.commands.movements import WhichMovementOptions, movement_of
from ntmtrack.emulation.toml import read_movement
from ntmtrack.errors import BadMovement, NoMovement, UnknownMovement, WhichMovement
from ntmtrack.storage.open import reading
from tests.movements import LAI_CHAU, of_communes, take_in
from tests.running import begin


def meant(year, *, scope=None, key=None):
    with reading(Path("so.db")) as connection:
        return movement_of(connection, WhichMovementOptions(scope, key), year).movement.key


def test_the_only_one_of_the_year_is_meant_or_the_one_that_is_named(office):
    begin("Lai Châu")
    with pytest.raises(NoMovement):
        meant(2024)
    take_in(LAI_CHAU)
    take_in(of_communes("thu-a"))
    assert meant(2024) == LAI_CHAU.key
    assert meant(2027, scope="tỉnh Lai Châu") == "thu-a"
    assert meant(2024, key="thu-a") == "thu-a"
    take_in(of_communes("thu-b"))
    with pytest.raises(WhichMovement):
        meant(2027)
    with pytest.raises(UnknownMovement):
        meant(2027, key="thu-c")


def test_of_a_unit_within_it_is_the_movement_of_the_nearest_unit_above(office):
    begin("Lai Châu")
    take_in(LAI_CHAU)
    assert meant(2024, scope="huyện Tam Đường") == meant(2024, scope="xã Bản Bo") == LAI_CHAU.key
    own = LAI_CHAU._replace(key="thu-huyen", scope_code="106", scope_name="huyện Tam Đường")
    take_in(own)
    assert meant(2024, scope="xã Bản Bo") == meant(2024, scope="huyện Tam Đường") == "thu-huyen"
    assert meant(2024, scope="huyện Mường Tè") == meant(2024, scope="tỉnh Lai Châu") == LAI_CHAU.key
    with pytest.raises(WhichMovement) as refused:
        meant(2024)
    assert "tỉnh, huyện, xã nào" not in " ".join(refused.value.lines())


def test_a_file_with_faults_tells_them_all(office):
    text = '[movement]\nkey = "thu"\nbegins_on = 2026-13-01\n[[date]]\nkey = "x"\ncolour = "red"\n'
    Path("thu.toml").write_text(text.replace("2026-13-01", '"13/2026"'), encoding="utf-8")
    with pytest.raises(BadMovement) as refused:
        read_movement(Path("thu.toml"))
    assert len(refused.value.facts["problems"]) > 2
