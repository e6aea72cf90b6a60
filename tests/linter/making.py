"""Plans and grounds in a few words."""

from ntmtrack.lint import LintContext, Weight
from ntmtrack.lint.linter import check_plan
from ntmtrack.model import Tier
from ntmtrack.programmes import programme
from ntmtrack.roadmaps import Roadmap, Target

COMMUNE, DISTRICT, PROVINCE, VILLAGE = Tier.COMMUNE, Tier.DISTRICT, Tier.PROVINCE, Tier.VILLAGE
CONTRADICTION, DOUBT, NOTE = Weight.CONTRADICTION, Weight.DOUBT, Weight.NOTE
LIST = "danh sách 30/6/2025"
SUM, HEADLINE = [("sum", CONTRADICTION)], [("headline", CONTRADICTION)]
DISTRICTS = ("huyện Hòn Đất", "huyện Châu Thành", "thành phố Hà Tiên", "huyện An Biên")
COMMUNES = ("xã Mỹ Thuận", "xã Bình An", "xã Bình An", "xã Tam Xuân II")


def figure(year=2025, *, measure="ntm", tier=COMMUNE, **facts):
    return Target(tier=tier, measure=measure, year=year, **facts)


def advanced(year=2025, **facts):
    return figure(year, measure="nang-cao", **facts)


def model(year=2025, **facts):
    return figure(year, measure="kieu-mau", **facts)


def ntm_years(*added, start=79, **facts):
    years = []
    for year, count in enumerate(added, 2021):
        start += count
        years.append(figure(year, added=count, cumulative=start, **facts))
    return years


def roadmap(*targets, issued="2021-06-01", base_year=2020, **head):
    facts = {
        "key": "a", "title": "Kế hoạch", "number": "1/KH-UBND", "issued_on": issued, "issuer": "UBND tỉnh",
        "programme": "2021-2025", "scope_code": "91", "scope_name": "tỉnh Kiên Giang", "base_year": base_year,
    }  # fmt: skip
    return Roadmap(**facts | head, targets=targets)


def ground(communes=None, districts=None, *, exact=False, key="2021-2025", **facts):
    totals = {tier: count for tier, count in ((COMMUNE, communes), (DISTRICT, districts)) if count}
    return LintContext(programme(key), LIST if totals or facts else "", exact, totals, **facts)


def found(*targets, on=None, **head):
    return check_plan(roadmap(*targets, **head), on or ground())


def keys(findings):
    return [(finding.check, finding.weight) for finding in findings]


def only(findings):
    (finding,) = findings
    return finding


def says(finding, *words):
    return all(word in finding.text for word in words)


RANGED = {"operator": "range", "added": 2, "added_high": 3}
