"""How the house stands: the figures that a change of the layout is held against. `python benchmarks/house.py [--all]`.

Prints modules, lines, circles of imports, names of files and classes, sizes of functions and files; with --all
also which modules, classes and functions those are. Reads the source only; nothing of the program is imported.
"""

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "ntmtrack"
SHIPPED = {"_migrations", "_sample_data", "_docs"}  # put there by the wheel's build
NOUNS = {"string", "thing", "ring", "king", "spring", "heading", "opening", "building"}  # "-ing", but no gerund
SMALL, LONG_FILE, LONG_FUNCTION = 80, 300, 40  # lines


def main(argv: list[str]) -> None:
    """Prints the figures, one a line."""
    trees = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in modules().items()}
    lines = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in modules().items()}
    imports = {name: set(imported(tree, trees) - {name}) for name, tree in trees.items()}
    functions = list(sizes(trees))
    lengths = [length for _name, length in functions]
    figures: list[tuple[str, object, Iterable[str]]] = [
        ("modules", len(trees), ()),
        ("lines", sum(lines.values()), ()),
        ("circles of imports", len(circles := list(knots(imports))), [" ".join(sorted(knot)) for knot in circles]),
        ("gerund files", len(gerunds := [name for name in trees if is_gerund(name)]), gerunds),
        ("class names with two meanings", len(doubles := double_classes(trees)), doubles),
        ("modules under 80 lines with one importer", len(small := small_modules(lines, imports)), small),
        ("files over 300 lines", len(big := [f"{n} {c}" for n, c in lines.items() if c > LONG_FILE]), big),
        ("functions", len(functions), ()),
        ("lines of a function, median", median(lengths), ()),
        ("lines of a function, nine of ten at most", round(quantiles(lengths, n=10)[8]), ()),
        ("functions over 40 lines", len(long := [f"{n} {c}" for n, c in functions if c > LONG_FUNCTION]), long),
        ("README bytes", (ROOT / "README.md").stat().st_size, ()),
    ]
    for label, figure, which in figures:
        print(f"{label:42} {figure}")
        if "--all" in argv:
            print(*(f"    {line}" for line in which), sep="\n", end="\n" if which else "")


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if not SHIPPED & set(file.relative_to(PACKAGE).parts)]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(tree: ast.Module, known: Iterable[str]) -> set[str]:
    """The modules of ours that one imports when it runs, inside functions too; not for annotations alone."""
    names: set[str] = set()
    for node in running(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in known else node.module for name in inner}
    return names & set(known)


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Everything below a node but what stands under `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield child
            yield from running(child)


def knots(imports: dict[str, set[str]]) -> Iterator[set[str]]:
    """Sets of modules that each reach every other: circles."""
    reach = {name: reached(name, imports) for name in imports}
    seen: set[str] = set()
    for name in imports:
        if name in reach[name] and name not in seen:
            knot = {other for other in reach[name] if name in reach[other]}
            seen |= knot
            yield knot


def reached(start: str, imports: dict[str, set[str]]) -> set[str]:
    """Every module that can be come to from one."""
    found: set[str] = set()
    ahead = list(imports[start])
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += imports[name]
    return found


def is_gerund(module: str) -> bool:
    """Whether a file is named by what is done: `recounting`."""
    words = module.rsplit(".", 1)[-1].split("_")
    return any(word.endswith("ing") and len(word) > len("bring") and word not in NOUNS for word in words)


def double_classes(trees: dict[str, ast.Module]) -> list[str]:
    """Names of classes that stand in two modules or more."""
    homes = defaultdict(list)
    for module, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                homes[node.name.strip("_")].append(module.removeprefix("ntmtrack."))
    return [f"{name}: {', '.join(places)}" for name, places in sorted(homes.items()) if len(places) > 1]


def small_modules(lines: dict[str, int], imports: dict[str, set[str]]) -> list[str]:
    """Modules under 80 lines that a single other one imports; packages' own files apart."""
    importers = Counter(name for names in imports.values() for name in names)
    packages = {name.rsplit(".", 1)[0] for name in lines if "." in name}
    return [
        f"{name} {count}"
        for name, count in lines.items()
        if importers[name] == 1 and count < SMALL and name not in packages
    ]


def sizes(trees: dict[str, ast.Module]) -> Iterator[tuple[str, int]]:
    """How many lines each function takes, its decorators apart."""
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module}.{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


if __name__ == "__main__":
    main(sys.argv[1:])
