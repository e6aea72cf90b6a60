"""Writes recognitions_illustrative.csv: made-up recognitions that fill what public sources leave open.

The totals per year are the published ones where there are any (published.csv); 39 at the end of 2017, 105 at the
end of 2022 and 112 at the end of 2023 are ours, chosen so that 108 communes stand on 31/10/2023. A commune gets
its NTM year in the order of the day by which it must have had one; nâng cao and kiểu mẫu go to the communes that
were first at the level below, one district after another. Run it anew after changing any input:

    python make_illustrative.py
"""

import csv
from collections import defaultdict
from itertools import zip_longest
from pathlib import Path

HERE = Path(__file__).parent
NTM_AT_YEAR_END = {
    2016: 28, 2017: 39, 2018: 51, 2019: 64, 2020: 79, 2021: 90, 2022: 105, 2023: 112, 2024: 116,
}  # fmt: skip
NANG_CAO_IN_YEAR = {2023: 24, 2024: 16}
KIEU_MAU_IN_YEAR = {2024: 2, 2025: 3}
TAN_HIEP, TAN_HIEP_YEAR = "904", 2016  # the district was recognised for 2016: its communes before it
EARLY = {
    2017: (8, "2017-07"),
    2021: (2, "2021-01"),
    2023: (3, "2023-06"),
}  # 36 in 8/2017, 81 in 1/2021, 108 in 10/2023
SOURCE = "MINH HOẠ: không phải số liệu thật, chỉ để tổng số khớp số đã công bố"


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sourced_years(level):
    """The year by which each commune with a sourced recognition had the level."""
    known = [row for row in rows("recognitions_sourced.csv") if row["level"] == level]
    return {row["unit_code"]: int(row["year"] or row["known_by"][:4]) for row in known}


def ntm_years(communes):
    years = {code: year for code, year in sourced_years("ntm").items() if code in communes}
    sourced = set(years)
    latest = {row["unit_code"]: int(row["not_later_than"]) for row in rows("ntm_not_later_than.csv")}
    for code, unit in communes.items():
        if unit["parent_code"] == TAN_HIEP:
            latest[code] = TAN_HIEP_YEAR
    for code, year in sourced_years("nang-cao").items():
        latest[code] = min(latest[code], year - 1)
    waiting = sorted(set(communes) - sourced, key=lambda code: (latest[code], code))
    for year, total in NTM_AT_YEAR_END.items():
        while sum(given <= year for given in years.values()) < total:
            code = waiting.pop(0)
            assert year <= latest[code], (code, year, latest[code])
            years[code] = year
    assert not waiting
    return {code: year for code, year in years.items() if code not in sourced}, years


def spread(codes, communes):
    """The codes, taking one of each district in turn."""
    by_district = defaultdict(list)
    for code in codes:
        by_district[communes[code]["parent_code"]].append(code)
    return [code for turn in zip_longest(*by_district.values()) for code in turn if code]


def higher_years(in_year, below, sourced, communes):
    """Years for the next level up: the earliest at the level below first, never in the same year."""
    given = {}
    for year, total in in_year.items():
        count = total - sum(known == year for known in sourced.values())
        ready = sorted(
            (code for code in below if below[code] < year and code not in given and code not in sourced),
            key=lambda code: (below[code], code),
        )
        given |= dict.fromkeys(spread(ready, communes)[:count], year)
    return given


def announced(level, year, place):
    if level == "ntm":
        early, month = EARLY.get(year, (0, ""))
        return month if place < early else f"{year}-12" if year < 2023 else f"{year + 1}-02"
    return f"{year + 1}-02" if year < 2025 else "2025-05"


def main():
    units = rows("units.csv")
    communes = {unit["code"]: unit for unit in units if unit["kind"] == "xã" and unit["until"] == "2025-07-01"}
    assert len(communes) == 116
    made_up, ntm = ntm_years(communes)
    nang_cao = higher_years(NANG_CAO_IN_YEAR, ntm, sourced_years("nang-cao"), communes)
    kieu_mau = higher_years(KIEU_MAU_IN_YEAR, nang_cao, {}, communes)
    with (HERE / "recognitions_illustrative.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(rows("recognitions_sourced.csv")[0])
        for level, years in (("ntm", made_up), ("nang-cao", nang_cao), ("kieu-mau", kieu_mau)):
            places = defaultdict(int)
            for code, year in sorted(years.items(), key=lambda one: (one[1], one[0])):
                day = announced(level, year, places[year])
                places[year] += 1
                out.writerow([code, communes[code]["name"], level, year, "", "", "", day, SOURCE, "illustrative"])


if __name__ == "__main__":
    main()
