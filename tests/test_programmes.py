"""Programmes: levels as people type them · which programme a year belongs to · what carries over."""

from pathlib import Path

import pytest

from ntmtrack import programmes
from ntmtrack.errors import UnknownLevel, UnknownProgramme, YearOutsideProgrammes
from ntmtrack.export.workbook import charts
from ntmtrack.i18n import LANGUAGES
from ntmtrack.model import KINDS, Tier
from ntmtrack.programmes import find_level, keys, of_year, programme
from ntmtrack.reports import terminal
from ntmtrack.units.gazetteer import unit_list


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ntm", "ntm"),
        ("NTM", "ntm"),
        ("đạt chuẩn NTM", "ntm"),
        ("nông thôn mới", "ntm"),
        ("nang-cao", "nang-cao"),
        ("nâng cao", "nang-cao"),
        ("NTM nâng cao", "nang-cao"),
        ("NTMNC", "nang-cao"),
        ("NÂNG CAO", "nang-cao"),
        ("kieu mau", "kieu-mau"),
        ("kiểu_mẫu", "kieu-mau"),
        ("NTMKM", "kieu-mau"),
    ],
)
def test_levels_as_people_type_them(typed, key):
    assert find_level(programme("2021-2025"), typed, Tier.COMMUNE).key == key


@pytest.mark.parametrize(
    ("period", "typed", "tier"),
    [
        ("2021-2025", "hien-dai", Tier.COMMUNE),
        ("2026-2030", "nang-cao", Tier.COMMUNE),
        ("2026-2030", "ntm", Tier.DISTRICT),
    ],
)
def test_a_level_that_the_programme_does_not_have(period, typed, tier):
    with pytest.raises(UnknownLevel):
        find_level(programme(period), typed, tier)


@pytest.mark.parametrize(
    ("year", "key"), [(2011, "2011-2015"), (2020, "2016-2020"), (2021, "2021-2025"), (2030, "2026-2030")]
)
def test_the_programme_of_a_year(year, key):
    assert of_year(year).key == key


def test_years_and_names_outside():
    for year in (2010, 2031):
        with pytest.raises(YearOutsideProgrammes):
            of_year(year)
    with pytest.raises(UnknownProgramme):
        programme("2031-2035")


@pytest.mark.parametrize("key", keys())
def test_the_files_hold_together(key):
    period = programme(key)
    assert period.key == key == f"{period.first_year}-{period.last_year}"
    assert [level.rank for level in period.levels] == list(range(1, len(period.levels) + 1))
    for tier, kinds in period.counted.items():
        assert set(kinds) <= set(KINDS[tier])
    for origin in period.ranks():
        source, level = origin.split("/")
        assert programme(source).level(level)


def test_what_carries_over_without_a_verified_text_is_marked():
    assert programme("2021-2025").unverified() == ["2016-2020/nang-cao", "2016-2020/kieu-mau"]
    assert programme("2021-2025").ranks()["2016-2020/ntm"] == 1


@pytest.mark.parametrize("change", [("carries =", "carrys ="), ("name.en =", "name.em ="), ("verified =", "verifed =")])
def test_a_misspelt_key_is_not_read_over(tmp_path, monkeypatch, change):
    text = (Path(programmes.__file__).parent / "2021-2025.toml").read_text(encoding="utf-8")
    (tmp_path / "2021-2025.toml").write_text(text.replace(*change), encoding="utf-8")
    monkeypatch.setattr(programmes, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(ValueError, match="unknown or missing keys"):
        programme.__wrapped__("2021-2025")


def test_a_programme_is_its_file(tmp_path, monkeypatch):
    text = (Path(programmes.__file__).parent / "2026-2030.toml").read_text(encoding="utf-8")
    (tmp_path / "2041-2045.toml").write_text(text.replace("2026", "2041").replace("2030", "2045"), encoding="utf-8")
    monkeypatch.setattr(programmes, "__file__", str(tmp_path / "__init__.py"))
    assert of_year(2043).key == "2041-2045"
    assert keys() == ["2041-2045"]


@pytest.mark.parametrize("key", keys())
def test_every_level_has_a_name_in_every_language_and_a_look_of_its_own(key):
    for level in (*programme(key).levels, *programme(key).beside):
        assert dict(level.names).keys() == LANGUAGES.keys()
    for tier in Tier:
        count = 1 + len(programme(key).levels_of(tier))  # one for none reached
        assert count <= len(charts.STEPS)
    assert 1 + len(programme(key).levels) <= len(terminal.SQUARES)
    assert unit_list(programme(key).units).title
