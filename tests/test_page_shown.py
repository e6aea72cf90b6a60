"""The page of a report in a browser: no network, no error · found without marks, by level, by district · squares by
keyboard and by mouse · light and dark · printed whole · no serious fault by axe · without scripts · on a phone."""

import re
import shutil
from contextlib import contextmanager

import pytest

from tests.running import run

pytestmark = pytest.mark.slow
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}
YEARS = {"2024": (), "2026": ("rearrange", "--national", "--yes")}


@pytest.fixture(scope="module")
def browser():
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("the page was NOT looked at: it needs playwright (pip install -e .[browser])")
    if found is None:
        pytest.skip("the page was NOT looked at: it needs a browser (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory, built_demo):
    """The files of the sample's pages, by year and language."""
    folder = tmp_path_factory.mktemp("pages")
    files = {}
    for year, before in YEARS.items():
        ledger = str(shutil.copy(built_demo / "ntmtrack-demo.db", folder / f"{year}.db"))
        assert not before or run(*before, "--db", ledger).code == 0
        for lang in ("vi", "en"):
            files[year, lang] = file = folder / f"{year}-{lang}.html"
            done = run("export", str(file), "--year", year, "--lang", lang, "--db", ledger)
            assert done.code == 0, done.both
    return files


@pytest.fixture
def opened(browser, pages):
    """Opens a page; nothing else may be asked for, and nothing may go wrong in it."""

    @contextmanager
    def opening(year="2024", lang="vi", viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, **options)
        shown, wrong, asked = context.new_page(), [], []
        shown.on("console", lambda said: wrong.append(said.text))
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(pages[year, lang].as_uri())
        yield shown
        assert wrong == []
        assert {url.split("#")[0] for url in asked} == {pages[year, lang].as_uri()}
        context.close()

    return opening


def rows_shown(shown):
    """The rows of the list that are not put away, also those beyond the screen."""
    return shown.evaluate(
        "[...document.querySelectorAll('#units tbody tr')].filter((row) => row.checkVisibility())"
        ".map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join(' '))"
    )


def test_a_unit_is_found_without_marks_by_level_and_by_district(opened):
    with opened() as shown:
        assert len(rows_shown(shown)) == 131
        shown.fill("#q", "my thuan")
        assert [row.split(" NTM")[0] for row in rows_shown(shown)] == ["Mỹ Thuận"]
        assert shown.text_content("#found") == "1 đơn vị"
        shown.fill("#q", "THẠNH ĐÔNG tân hiệp")
        assert {row.split(" đạt")[0] for row in rows_shown(shown)} == {"Thạnh Đông", "Thạnh Đông A", "Thạnh Đông B"}
        shown.fill("#q", "không có xã này")
        assert (rows_shown(shown), shown.text_content("#found")) == ([], "0 đơn vị")
        shown.click("#finder button")
        assert len(rows_shown(shown)) == 131
        shown.select_option("#level", "NTM kiểu mẫu")
        assert len(rows_shown(shown)) == 2
        shown.select_option("#level", "")
        shown.select_option("#part", "huyện Hòn Đất")
        assert len(rows_shown(shown)) == 12
        shown.press("#q", "Enter")  # sends nothing anywhere
        assert len(rows_shown(shown)) == 12


def test_a_square_leads_to_its_row_also_to_one_that_is_put_away(opened):
    with opened(reduced_motion="reduce") as shown:
        shown.fill("#q", "hà tiên")
        shown.click('a[aria-label="Mỹ Thuận, NTM nâng cao"]')
        assert len(rows_shown(shown)) == 131
        assert shown.text_content("tr:target").startswith("Mỹ Thuận")
        assert shown.evaluate("document.querySelector('tr:target').getBoundingClientRect().top") < DESK["height"]


def name_told(shown):
    """The name that is told of the square that has the focus, by what is drawn beside it."""
    drawn, name = shown.evaluate(
        "(() => { const at = document.activeElement;"
        " return [getComputedStyle(at, '::after').content, at.getAttribute('aria-label')] })()"
    )
    assert drawn == f'"{name}"'
    return name


def test_squares_are_walked_by_keyboard_with_one_stop_for_all(opened):
    with opened() as shown:
        assert shown.locator('.map a:not([tabindex="-1"])').count() == 1
        shown.locator(".map a").first.focus()
        told = []
        for key in ("ArrowDown", "ArrowRight", "End", "ArrowUp"):
            shown.keyboard.press(key)
            told.append(name_told(shown).split(",")[0])
        assert told == ["Tiên Hải", "Thuận Yên", "Phú Mỹ", "Thạnh Yên"]
        shown.keyboard.press("Home")
        assert shown.evaluate("document.activeElement.textContent").lower() == "k"
        shown.keyboard.press("ArrowLeft")  # nothing is before the first
        assert shown.evaluate("document.activeElement.textContent").lower() == "k"
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.closest('.map')") is None
        shown.keyboard.press("Shift+Tab")
        assert shown.evaluate("document.activeElement.closest('.map') !== null")


def test_the_name_shows_under_the_mouse(opened):
    with opened() as shown:
        square = shown.locator(".map a").nth(5)
        none = "getComputedStyle(document.querySelectorAll('.map a')[5], '::after').content"
        assert shown.evaluate(none) == "none"
        square.hover()
        assert shown.evaluate(none) != "none"


def test_the_skip_link_comes_first(opened):
    with opened() as shown:
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.className") == "skip"
        shown.keyboard.press("Enter")
        assert shown.evaluate("document.activeElement.id") == "main"


def background(shown):
    return shown.evaluate("getComputedStyle(document.body).backgroundColor")


def test_it_turns_dark_by_the_system_and_by_the_switch(opened):
    with opened() as light, opened(color_scheme="dark") as dark:
        of_light, of_dark = background(light), background(dark)
        assert of_light != of_dark
        for shown, other in ((light, of_dark), (dark, of_light)):
            before = background(shown)
            shown.click("#theme")
            assert background(shown) == other
            shown.click("#theme")
            assert background(shown) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("year", "lang", "viewport"),
    [("2024", "vi", DESK), ("2024", "en", DESK), ("2026", "vi", DESK), ("2026", "en", PHONE), ("2024", "vi", PHONE)],
)
def test_axe_finds_no_serious_fault(opened, year, lang, scheme, viewport):
    from axe_playwright_python.sync_playwright import Axe

    with opened(year, lang, viewport, color_scheme=scheme) as shown:
        found = Axe().run(shown).response
    assert len(found["passes"]) > 20
    serious = [
        (one["id"], [node["html"][:120] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("year", YEARS)
def test_it_prints_whole_whatever_is_searched(opened, year):
    with opened(year, color_scheme="dark") as shown:
        rows = len(rows_shown(shown))
        shown.fill("#q", "không có xã này")
        shown.emulate_media(media="print")
        assert len(rows_shown(shown)) == rows
        assert not shown.locator("nav, #finder, #theme").locator("visible=true").count()
        assert background(shown) == "rgb(255, 255, 255)"
        ways = "[...document.querySelectorAll('.wide')].map((one) => getComputedStyle(one).overflowX)"
        assert set(shown.evaluate(ways)) == {"visible"}
        paper = shown.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    sizes = {tuple(map(round, map(float, box.split()))) for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", paper)}
    assert sizes == {(0, 0, 595, 842)}  # A4 upright, in points
    assert 6 <= len(re.findall(rb"/Type /Page\b", paper)) <= 14


def test_without_scripts_everything_is_there_but_the_search(opened):
    with opened(java_script_enabled=False) as shown:
        assert shown.locator("#units tbody tr").count() == 131
        assert shown.locator("#units tbody tr").last.is_visible()
        assert shown.locator(".map a").count() == 116
        assert not shown.locator("#finder").is_visible()
        assert not shown.locator("#theme").is_visible()


def test_on_a_phone_nothing_hangs_over(opened):
    for year in YEARS:
        with opened(year, viewport=PHONE) as shown:
            assert shown.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_who_wants_no_movement_has_none(opened):
    with opened(reduced_motion="reduce") as shown:
        assert shown.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
