"""Whatever stands in a file, an import reads it or refuses it in words: no trace, nothing half written."""

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.running import run

SOME = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
WORDS = ["Tên xã", "Xã", "Huyện", "Mã", "Danh hiệu", "NTM", "Nâng cao", "Năm", "Số QĐ", "Ngày ký", "STT", "Ghi chú"]
VALUES = ["Mỹ Thuận", "Bình An", "Hòn Đất", "30838", "x", "Đạt", "2020", "20222", "12/QĐ-UBND ngày 5/1/2021",
          "31/2/2021", "Tổng cộng", "I", "Huyện Hòn Đất", "", "=1+1", "\u202e", "\x07", "x" * 400]  # fmt: skip
ROWS = st.lists(st.sampled_from(VALUES), min_size=12, max_size=12)
pytestmark = pytest.mark.slow  # hundreds of files that chance makes
texts = st.one_of(st.sampled_from(WORDS + VALUES), st.text(max_size=20))


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each file is brought to Kiên Giang's ledger."""


def taken_or_refused(file, *more):
    result = run("import", str(file), *more)
    assert result.code in (0, 1, 2, 3), result.both
    assert "Traceback" not in result.both
    assert result.code == 0 or "Đã ghi" not in result.err
    return result


@SOME
@example(rows=[["Tên xã", "Năm", "NTM"], ["Mỹ Thuận", "2020", "\x07"]], sign=",")  # a cell of nothing that prints
@given(rows=st.lists(st.lists(texts, min_size=1, max_size=7), max_size=8), sign=st.sampled_from(",;\t"))
def test_texts_of_any_content(office, rows, sign):
    lines = [sign.join(f'"{value}"' if '"' not in value else value for value in row) for row in rows]
    (office / "a.csv").write_text("\n".join(lines), encoding="utf-8", errors="surrogatepass")
    taken_or_refused("a.csv")


@SOME
@given(
    heads=st.permutations(WORDS), body=st.lists(st.lists(st.sampled_from(VALUES), min_size=12, max_size=12), max_size=6)
)
def test_tables_of_any_columns(office, heads, body):
    (office / "a.csv").write_text("\n".join("\t".join(row) for row in [heads, *body]), encoding="utf-16")
    taken_or_refused("a.csv", "--level", "ntm", "--year", "2020", "--skip-bad")


@SOME
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a.ods", "a"]))
def test_bytes_of_any_kind(office, data, name):
    (office / name).write_bytes(data)
    taken_or_refused(name)


@pytest.mark.parametrize("seed", range(40))
def test_workbooks_changed_at_random(tables, seed):
    """Bytes within a part are changed, doubled, cut out; the file is packed soundly again."""
    chance = random.Random(seed)
    file = tables / chance.choice(["01-tieu-de-hai-dong.xlsx", "02-moi-muc-mot-cot.xlsx", "04-nhieu-loi.xlsx"])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([*parts])
    data = bytearray(parts[name])
    for _change in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        change = chance.randrange(4)
        if change == 0:
            data[at] = chance.randrange(256)
        elif change == 1:
            del data[at : at + chance.randint(1, 30)]
        elif change == 2:
            data[at:at] = data[at : at + chance.randint(1, 60)]
        else:
            data[at : at + 3] = chance.choice([b"999999999", b"-1", b"<v/>", b'"', b"&#0;", b"XFD1048577"])
        if not data:
            data = bytearray(b"x")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in parts.items():
            archive.writestr(part, bytes(data) if part == name else old)
    file.write_bytes(out.getvalue())
    taken_or_refused(file)


@pytest.mark.parametrize("seed", range(40))
def test_files_damaged_at_random(tables, seed):
    """Bytes of the packed file itself are changed or lost."""
    chance = random.Random(seed)
    file = tables / "01-tieu-de-hai-dong.xlsx"
    data = bytearray(file.read_bytes())
    for _change in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(bytes(data[: chance.randrange(len(data))] if seed % 3 == 0 else data))
    taken_or_refused(file)
