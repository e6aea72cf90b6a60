"""The documentation as pages that a double click opens."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

FIRST = "cai-dat"
FIRST_PAGE = "HUONG-DAN.html"
READ_NEXT = ("bat-dau", "viec-hang-thang")
IN_ENGLISH = {  # the pages of docs/en, by what they are about
    "guide": "Hướng dẫn chung",
    "install": "Cài đặt trên Windows",
    "figures": "Cách tính",
    "fields": "Các trường của JSON và CSV",
}
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_HEADING = re.compile(r"<h([2-4])>(.+?)</h\1>")
_TO_PAGE = re.compile(r'(href="(?!https?:)[^"#]*)\.md(?=["#])')
_STYLE = """
body { font: 16px/1.55 "Segoe UI", Arial, sans-serif; max-width: 52rem; margin: 1.5rem auto }
h1, h2, h3 { line-height: 1.25 } a { color: #0b57a4 } img { max-width: 100% }
pre { background: #f4f4f2; padding: .7rem; overflow-x: auto; font: 14px/1.4 Consolas, "DejaVu Sans Mono", monospace }
code { font-family: Consolas, "DejaVu Sans Mono", monospace }
table { border-collapse: collapse } th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left }
@media print { nav { display: none } }
"""


def pages(docs: Path) -> Iterator[tuple[str, bytes]]:
    """Every page with its place in the bundle; the first one, by which people begin, lies at the top."""
    sources = sorted(docs.rglob("*.md"))
    for source in sources:
        place = source.relative_to(docs).with_suffix(".html")
        yield f"docs/{place.as_posix()}", _page(source.read_text(encoding="utf-8"), "").encode()
    yield FIRST_PAGE, _page((docs / f"{FIRST}.md").read_text(encoding="utf-8"), _list(docs, sources), "docs/").encode()
    for other in sorted(one for one in docs.rglob("*") if one.is_file() and one.suffix != ".md"):
        yield f"docs/{other.relative_to(docs).as_posix()}", other.read_bytes()


def _page(text: str, after: str, to: str = "") -> str:
    found = _TITLE.search(text)
    html = _TO_PAGE.sub(r"\1.html", MarkdownIt("commonmark").enable("table").render(text))
    html = _HEADING.sub(lambda found: f'<h{found[1]} id="{_anchor(found[2])}">{found[2]}</h{found[1]}>', html)
    if to:
        html = re.sub(r'((?:href|src)=")(?!https?:|#)', rf"\1{to}", html)
    title = escape(found[1] if found else "ntmtrack")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    head = f"<head>{head}<style>{_STYLE}</style></head>"
    return f'<!DOCTYPE html>\n<html lang="vi">{head}<body>\n{html}{after}</body></html>\n'


def _anchor(heading: str) -> str:
    """What links to a heading call it, as GitHub does."""
    words = re.sub(r"<[^>]+>|&[a-z]+;", "", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")


def _list(docs: Path, sources: list[Path]) -> str:
    """The other pages, each by its title: what is read next first, those in English last, by Vietnamese titles."""
    titles = {
        source.stem: found[1]
        for source in sources
        if source.parent == docs and (found := _TITLE.search(source.read_text(encoding="utf-8")))
    }
    names = [*READ_NEXT, *(name for name in titles if name not in (FIRST, *READ_NEXT))]
    items = [(f"docs/{name}.html", titles[name]) for name in names]
    items += [(f"docs/en/{name}.html", f"{title} (tiếng Anh)") for name, title in IN_ENGLISH.items()]
    listed = "".join(f'<li><a href="{place}">{escape(title)}</a></li>' for place, title in items)
    return f"<nav><h2>Các trang khác</h2><ul>{listed}</ul></nav>\n"
