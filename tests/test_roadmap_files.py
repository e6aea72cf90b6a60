"""A plan as a file.

TOML: every plan is read back as it was written · written as people write it · faults named with their line.
The table: every plan is read back from .xlsx and .csv · headings and words as offices write them · numbers, days and
per cents however Excel keeps them · what does not fit is named by its cell · text is never run as a formula.
Files that are none: empty, locked, cut off, something else, too large.
"""

import contextlib
import csv
import io
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from ntmtrack.errors import BadRoadmap, CannotRead, TooLongForExcel, UnknownFormat
from ntmtrack.i18n import use_language
from ntmtrack.model import Tier
from ntmtrack.roadmaps.places import places
from ntmtrack.roadmaps.reader import read_roadmap
from ntmtrack.roadmaps.shape import read_tables
from ntmtrack.roadmaps.shipped import shipped
from ntmtrack.roadmaps.writer import to_tables, to_toml
from ntmtrack.sheets.form_words import HEAD_LABELS, LABELS, MEASURE_WORDS, WORDS
from ntmtrack.sheets.grid_writing import write_grid
from ntmtrack.sheets.grids import Cell, place, read_grid
from ntmtrack.sheets.roadmap_form import read_form, write_form
from ntmtrack.targets import COUNTS, MEASURES, NATURES, OPERATORS, SHARES, SPANS, Roadmap, Target
from ntmtrack.text import clean

PLANS = sorted(shipped())
KH168 = "kien-giang-kh168"


@pytest.fixture(autouse=True)
def english():
    """Problems are compared in English, the language of the code."""
    use_language("en")
    yield
    use_language("vi")


# Any plan ------------------------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = (
    st.text(st.one_of(LETTERS, st.sampled_from("\"\\'#\n\t=+-@;,ế\u0302\u00a0\u2028")), min_size=1, max_size=30)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(clean)
)
NAMES = st.lists(TEXT.filter(lambda name: not {*";\n"} & {*name}), max_size=3).map(tuple)
KEY = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
COUNT = st.integers(0, 20_000)
PERCENT = st.from_regex(r"[0-9]{1,3}(,[0-9]{1,4})?", fullmatch=True)
NUMBER = st.from_regex(r"[0-9]{1,6}(,[0-9]{1,4})?", fullmatch=True)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
LEVELS = ("ntm", "nang-cao", "kieu-mau", "nang-cao+kieu-mau")


def maybe(values):
    return st.none() | values


def ranged(draw, values, rank):
    """A value and perhaps a larger one."""
    low, high = draw(maybe(values)), draw(maybe(values))
    if low is None or high is None or rank(low) >= rank(high):
        return low, None
    return low, high


def decimal(text):
    return float(text.replace(",", "."))


@st.composite
def line_fields(draw):
    measure = draw(st.sampled_from((*LEVELS, *MEASURES)))
    share = draw(st.sampled_from(SHARES))
    named = measure in ("other", "condition", "task", "milestone")
    return {
        "tier": draw(st.sampled_from(Tier)),
        "measure": measure,
        "counts": draw(st.sampled_from(COUNTS)),
        "threshold": draw(COUNT if measure.startswith("criteria-") else maybe(COUNT)),
        "name": draw(TEXT if named else maybe(TEXT)),
        "counted_in": draw(maybe(TEXT)),
        "share_of": share,
        "base": draw(TEXT if share == "other" else maybe(TEXT)),
        "readings": draw(st.permutations(["all", "ntm", "nested"])) [:2] if share == "open" else (),
        "relative_to": draw(maybe(st.integers(2000, 2030))),
    }  # fmt: skip


@st.composite
def figures(draw):
    nature = draw(st.sampled_from(NATURES))
    pairs = {
        "added": ranged(draw, COUNT, int),
        "cumulative": ranged(draw, COUNT, int),
        "percent": ranged(draw, PERCENT, decimal),
        "value": ranged(draw, NUMBER, decimal),
    }
    if all(low is None for low, _high in pairs.values()):
        pairs["added"] = (draw(COUNT), None)
    is_range = any(high is not None for _low, high in pairs.values())
    days = sorted([draw(DAYS), draw(DAYS)])
    within = draw(maybe(TEXT))
    return {
        **{key: low for key, (low, _high) in pairs.items()},
        **{f"{key}_high": high for key, (_low, high) in pairs.items()},
        "year": draw(st.integers(2021 if nature == "target" else 2000, 2025)),
        "nature": nature,
        "span": draw(st.sampled_from(SPANS)),
        "operator": "range" if is_range else draw(st.sampled_from([sign for sign in OPERATORS if sign != "range"])),
        "total": draw(maybe(st.integers(1, 20_000))),
        "part_of": draw(maybe(st.sampled_from(LEVELS))),
        "within": within,
        "each": None if within else draw(maybe(st.sampled_from([tier.value for tier in Tier]))),
        "begins_on": draw(maybe(st.just(days[0]))),
        "due_on": draw(maybe(st.just(days[1]))),
        "note": draw(maybe(TEXT)),
        "cite": draw(TEXT),
        "units": draw(NAMES),
        "reserve": draw(NAMES),
        "registered": draw(NAMES),
    }


@st.composite
def plans(draw):
    drawn = []
    for line in draw(st.lists(line_fields(), min_size=1, max_size=3)):
        line["readings"] = tuple(line["readings"])
        drawn += [Target(**line, **figure) for figure in draw(st.lists(figures(), min_size=1, max_size=3))]
    targets = {(target.line, target.year, target.span, target.nature): target for target in drawn}
    return Roadmap(
        key=draw(KEY),
        title=draw(TEXT),
        number=draw(TEXT),
        issued_on=draw(DAYS),
        issuer=draw(TEXT),
        programme="2021-2025",
        scope_code=(code := draw(st.sampled_from(["", "91", "01", "15313"]))),
        scope_name=draw(TEXT) if code else "cả nước",
        base_year=draw(st.integers(2011, 2024)),
        targets=tuple(targets.values()),
        supersedes=draw(maybe(KEY.map("truoc-{}".format))),
        source=draw(maybe(TEXT)),
    )


def in_toml(plan, folder):
    file = folder / "plan.toml"
    file.write_text(to_toml(plan), encoding="utf-8")
    return read_roadmap(file)


def in_form(plan, folder, ending):
    write_form(plan, folder / f"plan.{ending}")
    return read_form(folder / f"plan.{ending}")


# TOML ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PLANS)
def test_every_shipped_plan_is_read_back_from_its_own_text(key, tmp_path):
    plan = shipped()[key]
    assert read_tables(to_tables(plan), str) == (plan, [])
    assert in_toml(plan, tmp_path) == plan


@given(plans())
@settings(max_examples=150, deadline=None)
def test_any_plan_is_read_back_from_toml(tmp_path_factory, plan):
    assert in_toml(plan, tmp_path_factory.getbasetemp()) == plan


def test_a_plan_is_written_as_people_write_it():
    """KH 168 word for word, but for the remarks at its beginning."""
    from ntmtrack import roadmaps

    text = (Path(roadmaps.__file__).parent / "plans" / f"{KH168}.toml").read_text(encoding="utf-8")
    assert to_toml(shipped()[KH168]) == text[text.index("[roadmap]") :]


def test_figures_of_one_line_share_its_table():
    plan = shipped()[KH168]
    lines = to_tables(plan)["line"]
    keys = [(line["tier"], line["measure"], line.get("name")) for line in lines]
    assert len(keys) == len(set(keys))
    assert sum(len(line["figure"]) for line in lines) == len(plan.targets)


SOUND = """[roadmap]
key = "mot"
title = "Kế hoạch"
number = "1/KH"
issued_on = 2022-01-01
issuer = "UBND"
programme = "2021-2025"
scope_name = "cả nước"
base_year = 2020

[[line]]
tier = "commune"
measure = "ntm"
figure = [
  { year = 2025, cumulative = 9, cite = "I" },
]
"""


def faults(tmp_path, *changes, text=SOUND):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "plan.toml"
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(BadRoadmap) as refusal:
        read_roadmap(file)
    return [str(problem) for problem in refusal.value.facts["problems"]]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cite =", 'part_of = "nangcao", cite =', "line 15: part_of: must be one of ntm,"),
        ("cite =", 'units = ["xã A; xã B"], cite =', "line 15: units: one name in each pair of quotes"),
        ("cite =", 'units = ["xã \\u0007"], cite =', "line 15: units: has a character that cannot be printed: U+0007"),
        ('"UBND"', '"x\\u0000"', "line 6: issuer: has a character that cannot be printed: U+0000"),
        ('"UBND"', f'"{"x" * 10_001}"', "line 6: issuer: longer than 10000 letters"),
        ('"UBND"', '"\u200b "', "line 6: issuer: empty"),
        ("cumulative = 9", 'percent = "٣"', 'line 15: percent: write the number alone, as printed, e.g. "77,59"'),
        ("cumulative = 9", "percent = 9", "line 15: percent: wrong type, text in quotes expected"),
    ],
)
def test_a_fault_is_named_once_with_its_line(tmp_path, old, new, said):
    (problem,) = faults(tmp_path, (old, new))
    assert problem.startswith(said)


def test_a_plan_without_figures_is_refused_once(tmp_path):
    assert faults(tmp_path, ('  { year = 2025, cumulative = 9, cite = "I" },\n', "")) == [
        "line 14: figure: has no figure"
    ]
    head = SOUND[: SOUND.index("[[line]]")]
    assert faults(tmp_path, text="line = []\n" + head) == ["line 1: line: has no figure"]


def test_what_is_no_toml_to_the_last_line_is_not_called_incomplete_too(tmp_path):
    (problem,) = faults(tmp_path, text=SOUND[:-2])
    assert "this is no TOML" in problem


@pytest.mark.parametrize("value", ["[" * 3000, "1" * 5000])
def test_what_the_parser_itself_cannot_take_is_a_problem_too(tmp_path, value):
    assert any("this is no TOML" in problem for problem in faults(tmp_path, text=f"x = {value}"))


def test_a_line_separator_inside_a_text_breaks_nothing(tmp_path):
    (tmp_path / "plan.toml").write_text(
        SOUND.replace('"I"', '"I\u2028\u0085II"'.replace("\u0085", "")), encoding="utf-8"
    )
    assert read_roadmap(tmp_path / "plan.toml").targets[0].cite == "I\u2028II"
    assert places('a = "x\u2028y"\r\nb = 1\r\n') == {("a",): 1, ("b",): 2}


def test_units_with_only_a_number_are_names_and_not_a_range(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(SOUND.replace("cite =", 'units = ["30760", "30763"], cite ='), encoding="utf-8")
    assert read_roadmap(file).targets[0].units == ("30760", "30763")


# The table: nothing is lost --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("key", PLANS)
def test_every_shipped_plan_is_read_back_from_its_table(key, ending, tmp_path):
    assert in_form(shipped()[key], tmp_path, ending) == shipped()[key]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@given(plan=plans())
@settings(max_examples=60, deadline=None)
def test_any_plan_is_read_back_from_its_table(tmp_path_factory, plan, ending):
    assert in_form(plan, tmp_path_factory.getbasetemp(), ending) == plan


@pytest.mark.parametrize("programme", ["2011-2015", "2016-2020", "2021-2025", "2026-2030"])
def test_every_level_and_measure_has_its_own_word(programme, tmp_path):
    from ntmtrack.programmes import programme as find

    own = find(programme)
    keys = [level.key for level in own.levels] + [measure for measure in MEASURES]
    targets = [
        Target(Tier.COMMUNE, key, own.last_year, cumulative=1, threshold=15, name=f"tên {key}", cite="I")
        for key in keys
    ]
    plan = shipped()[KH168]._replace(programme=programme, base_year=own.first_year, targets=tuple(targets))
    assert in_form(plan, tmp_path, "csv") == plan


def test_every_word_that_a_plan_may_use_can_be_written():
    known = {"tier": Tier, "each": Tier, "nature": NATURES, "span": SPANS, "operator": OPERATORS, "share_of": SHARES}
    known |= {"counts": COUNTS, "readings": ("all", "ntm", "nested")}
    assert {key: {*words.values()} for key, words in WORDS.items()} == {
        key: {*map(str, all_)} for key, all_ in known.items()
    }
    assert {*MEASURE_WORDS.values()} == {*MEASURES}
    fields = {field for field in Target._fields if not field.endswith("_high")}
    assert {*LABELS} == fields
    assert {*HEAD_LABELS} == {*Roadmap._fields} - {"targets"}


def test_only_the_columns_in_use_are_written(tmp_path):
    file = tmp_path / "plan.xlsx"
    write_form(shipped()["quoc-gia-2026-2030"], file)
    heads = [cell.value for cell in load_workbook(file).active[13]]
    assert {"Cấp", "Chỉ tiêu", "Năm", "Tăng thêm", "Luỹ kế", "Tỷ lệ (%)", "Mẫu số in", "Giá trị"} < {*heads}
    assert not {"Đơn vị nêu tên", "Hạn", "Ghi chú", "Cách đếm"} & {*heads}


def test_the_workbook_looks_as_an_office_expects(tmp_path):
    file = tmp_path / "plan.xlsx"
    write_form(shipped()[KH168], file)
    sheet = load_workbook(file).active
    assert sheet.freeze_panes == "A14"
    assert sheet["A13"].font.b
    assert not sheet["A14"].font.b
    assert (sheet["B4"].is_date, sheet["B4"].number_format) == (True, "dd/mm/yyyy")
    assert (sheet["B7"].value, sheet["B7"].data_type, sheet["B7"].number_format) == ("91", "s", "@")
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    assert all(8 <= width <= 40 for width in widths)


# The table: as offices fill it in --------------------------------------------------------------------------------

HEAD = [
    ["Khoá kế hoạch", "mot"],
    ["Tên", "Kế hoạch"],
    ["Số hiệu", "1/KH"],
    ["Ngày ban hành", date(2022, 1, 1)],
    ["Cơ quan ban hành", "UBND tỉnh"],
    ["Giai đoạn", "2021-2025"],
    ["Đơn vị", "cả nước"],
    ["Năm gốc", 2020],
]
HEADINGS = ["Cấp", "Chỉ tiêu", "Năm", "Tăng thêm", "Luỹ kế", "Tỷ lệ (%)", "Vị trí trong văn bản"]
ROW = ["xã", "NTM nâng cao", 2024, None, 24, None, "mục I"]


def sheet_of(rows, file):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def form(tmp_path, *rows, head=HEAD, headings=HEADINGS):
    return read_form(sheet_of([*head, [], headings, *rows], tmp_path / "plan.xlsx"))


def problems(tmp_path, *rows, head=HEAD, headings=HEADINGS):
    with pytest.raises(BadRoadmap) as refusal:
        form(tmp_path, *rows, head=head, headings=headings)
    return [str(problem) for problem in refusal.value.facts["problems"]]


def with_cell(heading, value, row=ROW):
    return [value if name == heading else old for name, old in zip(HEADINGS, row, strict=True)]


def test_a_small_table(tmp_path):
    plan = form(tmp_path, ROW, with_cell("Năm", 2025))
    assert (plan.key, plan.issued_on, plan.scope_code, plan.base_year) == ("mot", date(2022, 1, 1), "", 2020)
    assert plan.targets == (
        Target(Tier.COMMUNE, "nang-cao", 2024, cumulative=24, cite="mục I"),
        Target(Tier.COMMUNE, "nang-cao", 2025, cumulative=24, cite="mục I"),
    )


@pytest.mark.parametrize(
    ("heading", "written", "field", "meant"),
    [
        ("Cấp", "XÃ", "tier", Tier.COMMUNE),
        ("Cấp", "  Cấp xã ", "tier", Tier.COMMUNE),
        ("Cấp", "huyen", "tier", Tier.DISTRICT),
        ("Cấp", "province", "tier", Tier.PROVINCE),
        ("Cấp", "bản", "tier", Tier.VILLAGE),
        ("Chỉ tiêu", "nang-cao", "measure", "nang-cao"),
        ("Chỉ tiêu", "NTMNC", "measure", "nang-cao"),
        ("Chỉ tiêu", "Xã nông thôn mới", "measure", "ntm"),
        ("Chỉ tiêu", "nâng cao + kiểu mẫu", "measure", "nang-cao+kieu-mau"),
        ("Chỉ tiêu", "Thu nhập", "measure", "income"),
        ("Chỉ tiêu", unicodedata.normalize("NFD", "NTM kiểu mẫu"), "measure", "kieu-mau"),
        ("Năm", "2023", "year", 2023),
        ("Năm", 2023.0, "year", 2023),
        ("Năm", "\u00a02023 ", "year", 2023),
        ("Luỹ kế", "02", "cumulative", 2),
        ("Luỹ kế", 2.0, "cumulative", 2),
        ("Tỷ lệ (%)", "77,59", "percent", "77,59"),
        ("Tỷ lệ (%)", "77,59%", "percent", "77,59"),
        ("Tỷ lệ (%)", "77.59 %", "percent", "77,59"),
        ("Tỷ lệ (%)", 77.59, "percent", "77,59"),
        ("Tỷ lệ (%)", 60, "percent", "60"),
        ("Tỷ lệ (%)", 0.1 + 0.2, "percent", "0,3"),
        ("Tỷ lệ (%)", "60,00", "percent", "60,00"),
    ],
)
def test_words_and_numbers_as_people_write_them(tmp_path, heading, written, field, meant):
    (target,) = form(tmp_path, with_cell(heading, written)).targets
    assert getattr(target, field) == meant


@pytest.mark.parametrize(
    ("number", "shown", "printed"),
    [
        (0.7759, "0.00%", "77,59"),
        (0.7759, "0%", "77,59"),
        (90 / 116, "0.00%", "77,59"),
        (90 / 116, "0%", "78"),
        (1, "0%", "100"),
        (90 / 116 * 100, "0.00", "77,59"),
        (90 / 116 * 100, "0.0", "77,6"),
        (0.125, "0.00", "0,125"),
    ],
)
def test_a_per_cent_is_what_excel_shows(tmp_path, number, shown, printed):
    file = sheet_of([*HEAD, [], HEADINGS, with_cell("Tỷ lệ (%)", number)], tmp_path / "plan.xlsx")
    book = load_workbook(file)
    book.active["F11"].number_format = shown
    book.save(file)
    assert read_form(file).targets[0].percent == printed


@pytest.mark.parametrize("written", ["2-3", "2–3", "02 – 03"])
def test_a_range_is_written_with_a_dash(tmp_path, written):
    (target,) = form(tmp_path, with_cell("Tăng thêm", written)).targets
    assert (target.operator, target.added, target.added_high) == ("range", 2, 3)
    (target,) = form(tmp_path, with_cell("Tỷ lệ (%)", "2,5%-3%")).targets
    assert (target.percent, target.percent_high) == ("2,5", "3")


@pytest.mark.parametrize("written", ["12/07/2022", "2022-07-12", "12.7.2022", date(2022, 7, 12)])
def test_days_in_any_form(tmp_path, written):
    head = [[label, written if label == "Ngày ban hành" else value] for label, value in HEAD]
    assert form(tmp_path, ROW, head=head).issued_on == date(2022, 7, 12)


def test_words_of_every_other_column(tmp_path):
    more = {
        "Tính chất": "Đã đạt",
        "Phạm vi thời gian": "CẢ GIAI ĐOẠN",
        "So sánh": ">=",
        "Tỷ lệ tính trên": "để ngỏ",
        "Các cách hiểu": "tất cả; xã NTM",
        "Cách đếm": "mức cao nhất",
        "Mỗi": "mỗi huyện",
        "Đơn vị nêu tên": "xã A; xã B;\nxã C",
        "Hạn": "30/09/2024",
    }
    (target,) = form(tmp_path, [*ROW, *more.values()], headings=[*HEADINGS, *more]).targets
    assert (target.nature, target.span, target.operator, target.share_of) == ("actual", "period", ">=", "open")
    assert (target.readings, target.counts, target.each) == (("all", "ntm"), "highest", "district")
    assert (target.units, target.due_on) == (("xã A", "xã B", "xã C"), date(2024, 9, 30))


def test_headings_without_marks_in_keys_and_in_any_order(tmp_path):
    headings = ["CAP", "measure", " nam ", "Tang\u00a0them", unicodedata.normalize("NFD", "LŨY KẾ"), "percent", "CITE"]
    head = [[unicodedata.normalize("NFD", label).upper() + ": ", value] for label, value in HEAD]
    plan = form(tmp_path, ROW, head=head, headings=headings)
    assert plan.targets == form(tmp_path, ROW).targets
    assert form(tmp_path, ROW[::-1], headings=HEADINGS[::-1]).targets == plan.targets


def test_titles_blank_columns_numbering_and_notes_on_another_sheet_do_no_harm(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    rows = [["UBND TỈNH", None, None, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["BIỂU CHỈ TIÊU KẾ HOẠCH"]]
    rows += [[None, label, None, value, "\u00a0"] for label, value in HEAD]
    rows += [[], ["STT", None, *HEADINGS, None, " "], [1, None, *ROW, None, "\u200b"], [None], [2.0, None], ["3."]]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A2:J2")
    sheet["A2"].font = Font(bold=True)
    sheet["Z900"].font = Font(bold=True)
    book.create_sheet("Ghi chú").append(["Cấp", "không phải chỉ tiêu"])
    hidden = book.create_sheet("Ẩn", 0)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "plan.xlsx")
    assert read_form(tmp_path / "plan.xlsx") == form(tmp_path, ROW)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1258", ";"), ("utf-8", "\t")],
)
def test_csv_as_programs_save_it(tmp_path, encoding, delimiter):
    rows = [*HEAD[:3], ["Ngày ban hành", "01/01/2022"], *HEAD[4:], [], HEADINGS, [*ROW[:-1], "mục I, ý 1, 2, 3, 4"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    text = out.getvalue()
    if encoding == "cp1258":
        text = vietnamese_windows(text)
    (tmp_path / "plan.csv").write_bytes(text.encode(encoding))
    plan = read_form(tmp_path / "plan.csv")
    assert (plan.title, plan.issued_on) == ("Kế hoạch", date(2022, 1, 1))
    assert plan.targets == form(tmp_path, [*ROW[:-1], "mục I, ý 1, 2, 3, 4"]).targets


def vietnamese_windows(text):
    """As Windows-1258 has it: the tone as a mark of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in tones)
        parts.append(unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones)) + tone)
    return "".join(parts)


def test_the_delimiter_line_of_excel_is_not_a_row(tmp_path):
    (tmp_path / "a.csv").write_text("sep=;\nx;1,5\n", encoding="utf-8")
    assert read_grid(tmp_path / "a.csv") == [[Cell("x"), Cell("1,5")]]


# The table: what does not fit is named by its cell -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "written", "said"),
    [
        ("Cấp", "khu phố", "cell A11: Cấp: “khu phố” is unknown here; write one of: xã, huyện, tỉnh, thôn"),
        ("Chỉ tiêu", "siêu cao", "cell B11: Chỉ tiêu: must be one of ntm, nang-cao, kieu-mau, criteria-below"),
        ("Chỉ tiêu", None, "cell B11: Chỉ tiêu: missing"),
        ("Năm", None, "cell C11: Năm: missing"),
        ("Năm", 2031, "cell C11: Năm: lies outside the programme 2021-2025"),
        ("Năm", "2021-2025", "cell C11: Năm: wrong type, a whole number expected"),
        ("Tăng thêm", "hai", "cell D11: Tăng thêm: wrong type, a whole number expected"),
        ("Tăng thêm", 2.5, "cell D11: Tăng thêm: wrong type, a whole number expected"),
        ("Tăng thêm", True, "cell D11: Tăng thêm: wrong type, a whole number expected"),
        ("Tăng thêm", -1, "cell D11: Tăng thêm: a number of units cannot be -1"),
        ("Tăng thêm", date(2022, 3, 2), "cell D11: Tăng thêm: Excel made a day of what was written here"),
        ("Tăng thêm", "3-2", "cell D11: Tăng thêm: write the smaller end first"),
        ("Tỷ lệ (%)", "trên 20%", 'cell F11: Tỷ lệ (%): write the number alone, as printed, e.g. "77,59"'),
        ("Tỷ lệ (%)", True, "cell F11: Tỷ lệ (%): wrong type"),
        ("Vị trí trong văn bản", None, "cell G11: Vị trí trong văn bản: missing"),
        ("Vị trí trong văn bản", "#REF!", "cell G11: Vị trí trong văn bản: an error of Excel: #REF!"),
        ("Luỹ kế", "=1+1", "cell E11: Luỹ kế: a formula without its value: open the file in Excel and save it"),
    ],
)
def test_a_cell_that_does_not_fit(tmp_path, heading, written, said):
    (problem,) = problems(tmp_path, with_cell(heading, written))
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("label", "written", "said"),
    [
        ("Ngày ban hành", "31/02/2022", "cell B4: Ngày ban hành: Not a day: “31/02/2022”."),
        ("Ngày ban hành", "2022", "cell B4: Ngày ban hành: A whole day is needed here"),
        ("Ngày ban hành", 44573, "cell B4: Ngày ban hành: wrong type, a day"),
        ("Giai đoạn", "2021-2026", "cell B6: Giai đoạn: must be one of 2011-2015"),
        ("Khoá kế hoạch", "Kế hoạch 1", "cell B1: Khoá kế hoạch: write small letters"),
        ("Tên", None, "cell B2: Tên: missing"),
        ("Số hiệu", date(2022, 7, 12), "cell B3: Số hiệu: Excel made a day of what was written here"),
        ("Đơn vị", False, "cell B7: Đơn vị: text is expected here"),
    ],
)
def test_a_head_that_does_not_fit(tmp_path, label, written, said):
    (problem,) = problems(tmp_path, ROW, head=[[name, written if name == label else old] for name, old in HEAD])
    assert problem.startswith(said)


@pytest.mark.parametrize(("code", "shown", "meant"), [("01", "General", "01"), (91, "General", "91"), (1, "00", "01")])
def test_codes_keep_their_zeros(tmp_path, code, shown, meant):
    file = sheet_of([["Mã đơn vị", code], *HEAD, [], HEADINGS, ROW], tmp_path / "plan.xlsx")
    book = load_workbook(file)
    book.active["B1"].number_format = shown
    book.save(file)
    assert read_form(file).scope_code == meant


def test_a_code_that_lost_its_zeros_is_not_guessed(tmp_path):
    (problem,) = problems(tmp_path, ROW, head=[["Mã đơn vị", 1], *HEAD])
    assert problem.startswith("cell B1: Mã đơn vị: leading zeros may be lost here")


def test_unknown_and_repeated_headings(tmp_path):
    headings = ["Cấp", "Chỉ tiêu", "Năm", "Tăng them nữa", "Luỹ kế", "Lũy kế", "Vị trí trong văn bản"]
    assert problems(tmp_path, [*ROW, "x", None, "y"], headings=headings) == [
        "cell D10: unknown heading “Tăng them nữa”; do you mean “Tăng thêm”?",
        "cell F10: “Luỹ kế” stands here a second time",
        "cell H11: nothing is expected here: “x”",
        "cell J11: nothing is expected here: “y”",
    ]


def test_a_missing_column_is_named_once(tmp_path):
    assert problems(tmp_path, ROW[:-1], [*ROW[:2], 2025, *ROW[3:-1]], headings=HEADINGS[:-1]) == [
        "row 10: there is no column “Vị trí trong văn bản”"
    ]


def test_unknown_repeated_and_overfull_labels(tmp_path):
    head = [["Khoa kê hoach 1", "x"], *HEAD, ["Tên", "hai"], ["Lãnh đạo duyệt", "A"], ["Nguồn", "a", "b"]]
    assert problems(tmp_path, ROW, head=head) == [
        "cell A1: unknown label “Khoa kê hoach 1”; do you mean “Khoá kế hoạch”?",
        "cell A10: “Tên” stands here a second time",
        "cell A11: unknown label “Lãnh đạo duyệt”",
        "cell C12: nothing is expected here: “b”",
    ]


def test_what_stands_below_the_figures_is_not_passed_over(tmp_path):
    said = problems(tmp_path, ROW, [], [None] * 4 + ["Người lập biểu"])
    assert said == [
        "cell E13: “Người lập biểu” stands in a row without Cấp and Chỉ tiêu: write both in every row of a figure"
    ]
    said = problems(tmp_path, ["1", *ROW], ["Người lập"], headings=["TT", *HEADINGS])
    assert [problem.split(" stands")[0] for problem in said] == ["cell A12: “Người lập”"]


def test_the_second_row_of_a_figure_is_named(tmp_path):
    assert problems(tmp_path, ROW, ROW) == ["row 12: the same line, year and span stand here a second time"]
    assert problems(tmp_path, with_cell("Luỹ kế", None)) == ["row 11: no figure (added, cumulative, percent or value)"]
    assert problems(tmp_path) == ["row 10: has no figure"]


def test_a_table_without_headings(tmp_path):
    with pytest.raises(BadRoadmap) as refusal:
        read_form(sheet_of([["Cấp", "x"], ["a", "b", "c"]], tmp_path / "plan.xlsx"))
    assert "plan.xlsx: there is no row with the headings Cấp, Chỉ tiêu, Năm" in "\n".join(refusal.value.lines())


def test_every_problem_at_once(tmp_path):
    said = problems(tmp_path, with_cell("Cấp", "khu"), with_cell("Năm", "nay"), head=HEAD[1:])
    assert [line.split(": ")[0] for line in said] == ["cell A10", "plan.xlsx", "cell C11"]


# Cells -----------------------------------------------------------------------------------------------------------

TRICKY = [
    "=1+1",
    "+84",
    "-5",
    "@a",
    "'=x",
    "''",
    "'",
    "'a",
    "=",
    "02",
    "77,59",
    "a\nb",
    'a"b',
    "a;b,c\td",
    "＝1",
    "_x000D_",
    "_x005F_x000D_",
]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_text_stays_text(tmp_path, ending):
    write_grid([["a", "b"], TRICKY], tmp_path / f"a.{ending}")
    assert [cell.value for cell in read_grid(tmp_path / f"a.{ending}")[1]] == TRICKY


def test_no_text_is_run_as_a_formula(tmp_path):
    write_grid([["x"], TRICKY], tmp_path / "a.xlsx")
    assert {cell.data_type for cell in load_workbook(tmp_path / "a.xlsx").active[2]} == {"s"}
    write_grid([["x"], TRICKY], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as text:
        assert not [value for row in csv.reader(text) for value in row if value[:1] in tuple("=+-@＝")]


def test_formulas_give_what_they_gave_when_the_file_was_saved(tmp_path):
    file = sheet_of([["=1+1", "=A1", "x"], ["=A1"]], tmp_path / "a.xlsx")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
    )
    sheet = sheet.replace(b'r="A2"', b'r="A2" t="str"')
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    two, unknown, text = read_grid(file)[0]
    assert (two.value, text.value) == (2, "x")
    assert unknown.fault.startswith("a formula without its value")
    assert len(read_grid(file)) == 1  # a formula that gave an empty text


def test_places_are_named_as_a_spreadsheet_names_them():
    assert [place(*at) for at in ((0, 0), (16, 2), (9, 25), (9, 26), (0, 701), (0, 702))] == [
        "cell A1", "cell C17", "cell Z10", "cell AA10", "cell ZZ1", "cell AAA1",
    ]  # fmt: skip


def refusal(file, data):
    file.write_bytes(data)
    with pytest.raises(CannotRead) as said:
        read_grid(file)
    return said.value.facts["reason"]


def test_files_that_are_no_table(tmp_path):
    write_form(shipped()[KH168], tmp_path / "sound.xlsx")
    sound = (tmp_path / "sound.xlsx").read_bytes()
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    file = tmp_path / "a.xlsx"
    assert refusal(file, b"") == "the file is empty"
    assert refusal(file, b"\xd0\xcf\x11\xe0" + b"x" * 600).startswith("it has a password")
    for data in (b"not a zip", sound[:100], sound[: len(sound) // 2], sound[:-30], docx.getvalue(), b"PK\x03\x04"):
        assert refusal(file, data) == "it is no Excel workbook (.xlsx), or was not copied whole"
    assert refusal(tmp_path / "a.csv", sound).startswith("it is a workbook, not a text")
    assert refusal(tmp_path / "a.csv", b"a\0b").startswith("it is no text in UTF-8")
    assert refusal(tmp_path / "a.csv", b'a,"b\n1,2\n') == "the quotation marks do not pair up, line 2"
    assert refusal(tmp_path / "a.ods", b"x").startswith("only .xlsx and .csv can be read here")
    with pytest.raises(CannotRead):
        read_grid(tmp_path / "none.xlsx")


def test_a_workbook_damaged_anywhere_inside_gives_words(tmp_path):
    """Whichever part is missing or broken, the file is read or refused."""
    write_form(shipped()[KH168], tmp_path / "sound.xlsx")
    with zipfile.ZipFile(tmp_path / "sound.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        for broken in (None, b"", b"<a/>", parts[name][: len(parts[name]) // 2]):
            with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
                for part, data in parts.items():
                    if part != name or broken is not None:
                        archive.writestr(part, broken if part == name else data)
            with contextlib.suppress(CannotRead, BadRoadmap):
                read_form(tmp_path / "a.xlsx")


def test_tables_too_large_are_refused_in_words(tmp_path):
    assert refusal(tmp_path / "a.csv", b"x\n" * 20_001) == "more than 20000 rows or 200 columns"
    assert refusal(tmp_path / "a.csv", b"x," * 200 + b"x\n") == "more than 20000 rows or 200 columns"
    (tmp_path / "a.csv").write_bytes(b"x\n" * 20_000 + b",\n" * 5_000)
    assert len(read_grid(tmp_path / "a.csv")) == 20_000


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(TooLongForExcel) as said:
        write_grid([["x"], ["x" * 40_000]], tmp_path / "a.xlsx")
    assert said.value.lines() == ["cell A2 would hold more than Excel can; write .csv or .toml"]
    assert not (tmp_path / "a.xlsx").exists()
    with pytest.raises(UnknownFormat):
        write_grid([["x"]], tmp_path / "a.ods")


def test_days_in_csv_cannot_be_taken_for_american_ones(tmp_path):
    write_form(shipped()[KH168], tmp_path / "a.csv")
    assert '"Ngày ban hành","2022-07-12"' in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
