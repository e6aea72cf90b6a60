"""Eight plans written into the blank form as a person would, taken in, shown and compared as printed.

Cases: the five that ship, every figure of them · a yearly plan with results, registered units and those that are left ·
a plan with towns and cities, months and years together · a plan from 2026 on that looks ahead · no word of the form
a formula. The figures of the last three are made up; their sentences are those of provincial plans.
"""

import json
from datetime import date

import pytest
from openpyxl import load_workbook

from ntmtrack.ingest.roadmap_form import read_form
from ntmtrack.ingest.roadmap_words import HEAD_LABELS, LABELS, column_key
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.roadmaps.words import MEASURE_WORDS, WORDS, first_words, show_due
from tests.running import begin, run

PROVINCES = {
    "kien-giang-kh168": "Kiên Giang",
    "thai-binh-kh104": "Thái Bình",
    "quang-binh-stnmt": "Quảng Bình",
    "lai-chau-2022": "Lai Châu",
    "ha-son-kh68": "Thanh Hóa",
}
LEVELS = {"ntm": "đạt chuẩn NTM", "nang-cao": "NTM nâng cao", "kieu-mau": "NTM kiểu mẫu"}
SIGNS = {"=": "", ">=": "ít nhất ", ">": "trên ", "<=": "không quá ", "<": "dưới ", "about": "khoảng ", "range": ""}


class Form:
    """The blank form, filled in cell by cell."""

    def __init__(self, file):
        self.file = file
        self.book = load_workbook(file)
        self.sheet = self.book["Lộ trình"]
        self.top = next(row for row in range(1, 40) if self.sheet.cell(row, 1).value == "Cấp")
        self.next = next(row for row in range(self.top, 400) if not self.sheet.cell(row, 1).value)

    def head(self, **fields):
        rows = {self.sheet.cell(row, 1).value: row for row in range(1, self.top)}
        for key, value in fields.items():
            self.sheet.cell(rows[HEAD_LABELS[key]], 2).value = value

    def column(self, key):
        """The column of a key; one that the form leaves out is added by its heading."""
        for column in range(1, 60):
            heading = self.sheet.cell(self.top, column)
            if heading.value is None:
                heading.value = LABELS[key]
            if column_key(heading.value) == key:
                return column
        raise AssertionError(key)

    def write(self, **cells):
        """Fills in the line that the form has for it, if that is still empty, else a further one."""
        row = self._line(cells)
        for key, value in cells.items():
            self.sheet.cell(row, self.column(key)).value = value

    def _line(self, cells):
        keys = ("tier", "measure", "year", "span")
        for row in range(self.top + 1, self.next):
            told = [self.sheet.cell(row, self.column(key)).value for key in keys]
            free = self.sheet.cell(row, self.column("cite")).value is None
            if free and told == [cells.get(key) for key in keys]:
                return row
        self.next += 1
        return self.next - 1

    def save(self):
        self.book.save(self.file)


def as_written(target):
    """A figure as people write it: the sign and the total in the cell of the number, the per cent with its sign."""
    words = {key: first_words(WORDS[key]) for key in WORDS}
    sign = SIGNS[target.operator]
    cells = {
        "tier": words["tier"][target.tier],
        "measure": LEVELS.get(target.measure) or first_words(MEASURE_WORDS)[target.measure],
        "year": target.year,
        "span": words["span"]["period"] if target.span == "period" else None,
        "nature": "kết quả" if target.nature == "actual" else None,
        "added": target.added and f"thêm {sign}{target.added:02}",
        "percent": target.percent and f"{sign}{target.percent}%",
        "value": target.value and f"{sign}{target.value}",
        "share_of": words["share_of"][target.share_of] if target.share_of != "all" else None,
        "readings": "; ".join(words["readings"][reading] for reading in target.readings),
        "part_of": LEVELS.get(target.part_of),
        "begins_on": target.begins_on and date.fromisoformat(target.begins_on),
        "due_on": target.due_on and show_due(target.due_on),
        "units": "; ".join(target.units),
    }
    if target.cumulative is not None:
        high = f"–{target.cumulative_high:02}" if target.cumulative_high else ""
        total = f"/{target.total}" if target.total else ""
        cells["cumulative"] = f"{sign}{target.cumulative:02}{high}{total} {cells['tier']}"
    same = ("threshold", "name", "counted_in", "base", "relative_to", "note", "cite")
    cells |= {key: getattr(target, key) for key in same}
    return {key: value for key, value in cells.items() if value not in (None, "")}


@pytest.mark.parametrize("key", PROVINCES)
def test_the_plans_that_ship_are_written_from_the_blank_form(office, key):
    plan = shipped()[key]
    begin(PROVINCES[key])
    scope = ["--scope", plan.scope_code] if len(plan.scope_code) > 2 else []
    assert run("roadmap", "new", "plan.xlsx", *scope, "--year", "2022").code == 0
    form = Form(office / "plan.xlsx")
    day = "/".join(reversed(plan.issued_on.split("-")))
    form.head(
        key=f"{key}-2", title=plan.title, number=plan.number, issued_on=day, issuer=plan.issuer, source=plan.source
    )
    form.head(base_year=plan.base_year)
    for target in plan.targets:
        form.write(**as_written(target))
    form.save()
    read = read_form(office / "plan.xlsx")
    assert {*read.targets} == {*plan.targets}
    assert read._replace(targets=(), key=key) == plan._replace(targets=())
    assert run("roadmap", "import", "plan.xlsx").code == 0


def written(office, province, head, rows, *options):
    """A plan of a province from its blank form; its key."""
    begin(province)
    assert run("roadmap", "new", "plan.xlsx", *options).code == 0
    form = Form(office / "plan.xlsx")
    form.head(title="Kế hoạch thử (số giả định)", **head)
    for row in rows:
        form.write(**{"cite": "mục II"} | row)
    form.save()
    done = run("roadmap", "import", "plan.xlsx")
    assert done.code == 0, done.err
    return read_form(office / "plan.xlsx").key


def printed(key):
    """The rows of what `roadmap show` prints, as lists of the words of each cell."""
    report = json.loads(run("roadmap", "show", key, "--format", "json").out)
    return report, run("roadmap", "show", key).out


XA, HUYEN = {"tier": "xã"}, {"tier": "huyện"}
NTM, NC, KM = ({"measure": name} for name in LEVELS.values())


def test_a_yearly_plan_with_results_and_registered_units(office):
    rows = [
        {**XA, **NTM, "year": 2022, "nature": "ước đạt", "cumulative": "40/94 xã (42,55%)"},
        {**XA, **NTM, "year": 2022, "cumulative": "≥ 42"},
        {**XA, **NTM, "year": "6/2023", "cumulative": "41 xã"},
        {**XA, **NTM, "year": 2023, "added": "02–03 xã", "cumulative": "khoảng 43"},
        {**XA, **NTM, "year": "2024–2025", "added": "ít nhất 10 xã"},
        {**XA, **NC, "year": 2023, "added": "03 trong 05 xã đăng ký"},
        {**XA, "measure": "Dưới 15 tiêu chí", "year": 2025, "cumulative": "dưới 05 xã"},
        {"tier": "Tổng cộng", "added": 99},
    ]
    head = {"number": "11/KH-UBND", "issued_on": "2/2023"}
    key = written(office, "Lai Châu", head, rows, "--year", "2023")
    report, shown = printed(key)
    targets = report["targets"]
    assert len(targets) == 8  # “02–03” and “khoảng 43” are two figures
    for text in ("40/94", "42,55", "≥ 42", "06/2023", "2–3", "khoảng 43", "2024–2025", "≥ 10", "3/5", "< 5"):
        assert text in shown, text
    assert "Xã dưới 15 tiêu chí" in shown
    assert "thêm 03/05 xã đạt chuẩn NTM nâng cao" in run("roadmap", "show", key, "--text").out
    lines = json.loads(run("progress", "--year", "2022", "--format", "json", "--roadmap", key).out)["lines"]
    (line,) = [one for one in lines if (one["tier"], one["level"]) == ("commune", "ntm")]
    assert (line["plan_cumulative"], line["operator"]) == (42, ">=")


def test_a_plan_with_towns_and_cities_and_a_share_of_what_is_left(office):
    rows = [
        {**HUYEN, **NTM, "year": 2025, "cumulative": "05 huyện"},
        {**HUYEN, "measure": "hoàn thành nhiệm vụ xây dựng NTM", "year": "trước năm 2025", "cumulative": "02/03"},
        {**XA, **NTM, "year": 2024, "cumulative": "64/92 xã"},
        {**XA, **NTM, "year": 2025, "added": "các xã còn lại"},
        {**XA, **NC, "year": 2025, "percent": "ít nhất 40% (khoảng 37 xã)"},
        {**XA, **KM, "year": 2025, "span": "cả giai đoạn", "percent": "ít nhất 10%"},
        {**XA, **NTM, "name": "xã bãi ngang ven biển", "year": 2025, "percent": "100%"},
        {**XA, "measure": "NTM hiện đại", "year": 2030, "percent": "khoảng 10%"},
    ]
    head = {"number": "22/KH-UBND", "issued_on": "12/07/2022"}
    key = written(office, "Kiên Giang", head, rows, "--year", "2022")
    _report, shown = printed(key)
    for text in ("trước năm 2025", "2/3", "64/92", "số còn lại", "≥ 40", "khoảng 37", "≥ 10", "khoảng 10%", "hiện đại"):
        assert text in shown, text
    for unit in ("thành phố Hà Tiên", "xã Mỹ Thuận"):
        assert run("record", unit, "--level", "ntm", "--year", "2024").code == 0
    lines = json.loads(run("progress", "--year", "2024", "--format", "json", "--roadmap", key).out)["lines"]
    found = {(one["tier"], one["measure"], one["name"]): one for one in lines}
    assert found["district", "hoan-thanh", None]["denominator"] == 3
    assert found["district", "ntm-huyen", None]["denominator"] == 12
    assert found["commune", "ntm", "xã bãi ngang ven biển"]["actual_cumulative"] is None
    said = run("progress", "--year", "2025", "--text", "--roadmap", key).out
    assert "số còn lại: " in said
    assert "số trước đó + số còn lại" in run("explain", "ntm", "--year", "2025", "--roadmap", key).out
    assert "của số xã còn lại" not in said
    steps = run("explain", "ntm", "--tier", "district", "--year", "2025", "--roadmap", key).out
    assert "Huyện đạt chuẩn NTM (không kể thị xã, thành phố)" in steps
    assert "Thị xã, thành phố hoàn thành nhiệm vụ xây dựng NTM" in steps


def test_a_plan_from_2026_on_that_looks_ahead(office):
    rows = [
        {**XA, **NTM, "year": 2030, "span": "cả giai đoạn", "percent": "65% trở lên"},
        {**XA, "measure": "NTM hiện đại", "year": 2030, "percent": "khoảng 10–15%"},
        {**XA, **NTM, "year": 2026, "added": "thêm 05 xã", "units": "Phong Thổ; Sin Suối Hồ"},
        {
            **XA,
            "measure": "thu nhập",
            "name": "thu nhập bình quân",
            "year": 2030,
            "value": "≥ 2,5",
            "counted_in": "lần",
        },
        {**XA, "measure": "Xã đạt chuẩn NTM kiểu mẫu", "year": 2026, "cumulative": "không quá 02 xã"},
        {**XA, **NTM, "year": 2035, "percent": "trên 90%"},
    ]
    head = {"number": "33/KH-UBND", "issued_on": "2026"}
    run("init", "--province", "Lai Châu", "--programme", "2021-2025", "--year", "2026")
    key = written(office, "Lai Châu", head, rows, "--year", "2026")
    _report, shown = printed(key)
    for text in ("≥ 65", "khoảng 10–15%", "≥ 2,5 lần", "≤ 2", "> 90", "2035", "Phong Thổ, Sin Suối Hồ"):
        assert text in shown, text


@pytest.mark.parametrize("span", [None, "cả giai đoạn"])
def test_each_figure_of_a_row_keeps_its_own_sign(office, span):
    rows = [
        {
            **XA,
            **NTM,
            "year": 2024,
            "span": span,
            "added": "17 xã",
            "cumulative": "ít nhất 77",
            "units": "xã Thạnh Lộc",
        },
        {**XA, **NC, "year": 2024, "span": span, "added": "10-12", "cumulative": "khoảng 88/116 (75,86%)"},
        {**XA, **KM, "year": 2024, "span": span, "added": "≥ 05", "percent": "khoảng 10%"},
    ]
    key = written(office, "Kiên Giang", {"number": "44/KH-UBND", "issued_on": "2022"}, rows, "--year", "2022")
    _report, shown = printed(key)
    text = run("roadmap", "show", key, "--text").out
    for said in ("≥ 77", "khoảng 88/116", "≥ 5", "khoảng 10%"):
        assert said in shown, said
    assert "số in thêm" not in shown
    for said in ("thêm 17 xã", "thêm 10–12 xã", "thêm ít nhất 05 xã", "ít nhất 77 xã", "khoảng 88/116 xã"):
        assert said in text, said
    for said in ("≥ 17", "khoảng 10–12"):
        assert said not in shown, said
    lines = json.loads(run("progress", "--year", "2024", "--format", "json", "--roadmap", key).out)["lines"]
    ntm = next(line for line in lines if (line["tier"], line["level"]) == ("commune", "ntm"))
    assert (ntm["plan_cumulative"], ntm["operator"]) == (77, ">=")
    steps = run("explain", "ntm", "--year", "2024", "--roadmap", key).out
    assert "≥ 77" in steps
    assert "≥ 17" not in steps


def test_a_day_and_a_month_are_told_with_their_figures(office):
    rows = [
        {**XA, **NTM, "year": "30/6/2023", "cumulative": 64},
        {**XA, **NTM, "year": 2023, "cumulative": "66 xã, đạt 56,9%"},
        {**XA, **NC, "year": "6/2023", "cumulative": 3},
    ]
    key = written(office, "Kiên Giang", {"number": "7/KH-UBND", "issued_on": "2022"}, rows, "--year", "2022")
    _report, shown = printed(key)
    text = run("roadmap", "show", key, "--text").out
    assert "đến 30/06/2023" in shown
    assert shown.count("06/2023") == 2  # the day, and the month told once
    for said in ("- Đến 30/06/2023: Luỹ kế toàn tỉnh có 64 xã", "- Đến 06/2023: Luỹ kế toàn tỉnh có 03 xã", "(56,9%)"):
        assert said in text, said


def test_what_must_not_be_passed_is_judged_the_other_way_round(office):
    rows = [
        {**XA, **KM, "year": 2024, "cumulative": "< 2"},
        {**XA, **NC, "year": 2024, "cumulative": "không quá 05 xã"},
    ]
    key = written(office, "Kiên Giang", {"number": "6/KH-UBND", "issued_on": "2022"}, rows, "--year", "2022")
    for name in ("Thạnh Lộc, Châu Thành", "Mỹ Thuận"):
        assert run("record", name, "--level", "kieu-mau", "--year", "2024").code == 0
    passed = run("explain", "kieu-mau", "--year", "2024", "--roadmap", key).out
    assert "A quá P, là mức nhiều nhất, mà năm gốc chưa quá" in passed
    assert "A vượt P" not in run("explain", "nang-cao", "--year", "2024", "--roadmap", key).out
    shown = run("progress", "--year", "2024", "--roadmap", key, "--notes").out
    assert "sát" not in shown[: shown.index("· Tình trạng")]  # 2 of “< 2” is passed by one of 1
    assert "“nhiều nhất”, “dưới”: tính ngược lại" in shown


def test_the_form_has_what_the_ledger_knows(office):
    begin("Kiên Giang")
    done = run("roadmap", "new", "plan.xlsx")
    assert "36" in done.err
    sheet = load_workbook(office / "plan.xlsx")["Lộ trình"]
    head = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(1, 16)}
    assert (head["Mã đơn vị"], head["Đơn vị"], head["Cơ quan ban hành"]) == (
        "91",
        "tỉnh Kiên Giang",
        "UBND tỉnh Kiên Giang",
    )
    assert (head["Giai đoạn"], head["Năm gốc"], head["Khoá kế hoạch"]) == ("2021-2025", 2020, "kien-giang-2021-2025")
    headings = {cell.value for cell in sheet[16]}
    assert {"So sánh", "Mẫu số in", "Luỹ kế", "Tỷ lệ (%)", "Vị trí trong văn bản"} < headings
    lists = [check for check in sheet.data_validations.dataValidation if check.type == "list"]
    assert len(lists) == 6
    assert run("roadmap", "import", "plan.xlsx").code == 3
    assert run("roadmap", "new", "plan.toml").code != 0


@pytest.mark.parametrize(
    ("province", "init", "programme", "other"),
    [
        ("Hà Tĩnh", (), "2021-2025", "Lập biểu cho giai đoạn 2026-2030: thêm --year 2026"),  # the province stands yet
        ("Thái Bình", (), "2021-2025", ""),  # it does not
        ("Hà Tĩnh", ("--programme", "2026-2030"), "2026-2030", ""),
    ],
)
def test_the_programme_is_that_of_the_units_of_the_ledger(office, province, init, programme, other):
    assert run("init", "--province", province, "--programme", "2021-2025", *init).code == 0
    said = run("roadmap", "new", "plan.xlsx").err
    assert f"giai đoạn {programme};" in said
    assert other in said
    assert ("--year" in said) == bool(other)
    if other:
        assert run("roadmap", "new", "plan.xlsx", *other.split()[-2:]).code == 0


@pytest.mark.usefixtures("demo")
def test_no_word_of_the_blank_form_is_taken_for_a_formula():
    run("roadmap", "new", "form.xlsx")
    sheets = load_workbook("form.xlsx").worksheets
    assert not [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
