"""Build hook: compiles the gettext catalogues, in place, for wheels and editable installs alike."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent


def compile_catalogues(locale_dir: Path = HERE / "ntmtrack" / "locale") -> list[Path]:
    """The .mo files written, one beside each .po."""
    written = []
    for source in sorted(locale_dir.rglob("*.po")):
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        with target.open("wb") as binary:
            write_mo(binary, catalogue)
        written.append(target)
    return written


class CompileCatalogues(BuildHookInterface[Any]):
    """Runs before every build of ours."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues(Path(self.root) / "ntmtrack" / "locale")


if __name__ == "__main__":
    compile_catalogues()
