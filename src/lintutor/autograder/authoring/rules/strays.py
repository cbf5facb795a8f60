"""Rules on what nobody needs: files that nothing imports, folders that no chapter lists, dead code."""

import ast
import re
from pathlib import Path

from ... import catalogue
from ...project import CHECKS
from ..findings import Finding, Findings, rule
from ..material import Chapter, Item, Material

OF_AN_EXERCISE = ("exercise.toml", "twins.py", "session.py", "equivalents.toml")
OF_A_CHAPTER = ("chapter.toml", "misconceptions.toml")
ASKED_FOR = ("REFERENCE", "session", "GROUPS")  # by the grader, by name
ASKED = re.compile(r"""\b(?:beside\(\s*[\w.]+,|module\()\s*["']([\w/]+)["']""")
IGNORED = ("__pycache__", ".ipynb_checkpoints", ".DS_Store")


@rule("file-stray", of="project")
def every_file_is_used(material: Material) -> Findings:
    """Every file beside the checks is one that the grader reads or another file imports."""
    used = _imported(material)
    for path in sorted((material.root / CHECKS).rglob("*")):
        if path.is_dir() or any(part in IGNORED for part in path.parts) or path in used:
            continue
        inside = path.relative_to(material.root / CHECKS).parts
        known: tuple[str, ...] = ()
        if len(inside) == 2:
            known = OF_A_CHAPTER if inside[0] != catalogue.COMMON else OF_A_CHAPTER[1:]
        elif len(inside) == 3:
            known = (*OF_AN_EXERCISE, f"test_{inside[1]}.py")
        if inside[-1] not in known and not _named(material, path):
            yield Finding(
                path, 0, f"nothing uses {inside[-1]}", "remove it, or import it with catalogue.beside"
            )


def _named(material: Material, path: Path) -> bool:
    """Whether another file of the checks holds the name of a file of data, or the Makefile runs a program."""
    if path.suffix == ".py":
        makefile = material.root / "Makefile"
        return makefile.is_file() and path.name in makefile.read_text(encoding="utf-8")
    folders = (*path.parents[:2], material.root / CHECKS / catalogue.COMMON)
    sources = {source for folder in folders for source in folder.glob("*.py")}
    return any(f'"{path.name}"' in source.read_text(encoding="utf-8") for source in sources)


@rule("leftover", of="project")
def no_leftovers(material: Material) -> Findings:
    """Nothing that an editor or ``lintutor stubs`` put aside is left among worked answers and stubs."""
    for name in ("solutions", "exercises"):
        folder, kept = material.root / name, []
        for path in sorted(folder.glob("*")):
            if name == "exercises" and path.name.endswith("~"):
                kept.append(path.name)
            elif path.name not in IGNORED and path.suffix not in (".py", ".ipynb"):
                text = f"{path.name} is no file of {name}/"
                yield Finding(path, 0, text, "look whether you need it, then remove it")
        if kept:
            text = f"it holds what `lintutor stubs` put aside: {', '.join(kept)}"
            yield Finding(folder, 0, text, "look whether you need it, then remove it", warning=True)


@rule("folder-stray", of="chapter")
def every_folder_is_an_exercise(chapter: Chapter) -> Findings:
    """Every folder of a chapter is an exercise's."""
    for path in sorted(chapter.folder.iterdir()):
        if path.is_dir() and path.name not in IGNORED and not (path / "exercise.toml").is_file():
            text = f"the folder {path.name} has no exercise.toml"
            yield Finding(path, 0, text, "describe the exercise there and list it, or remove the folder")


@rule("chapter-stray", of="project")
def every_chapter_is_one(material: Material) -> Findings:
    """Every folder of the checks is a chapter, or what chapters share."""
    for path in sorted((material.root / CHECKS).iterdir()):
        shared = path.name in (catalogue.COMMON, *IGNORED)
        if path.is_dir() and not shared and not (path / "chapter.toml").is_file():
            text = f"the folder {path.name} has no chapter.toml, so its exercises are not seen"
            yield Finding(path, 0, text, "write it, or remove the folder")


@rule("solutions-stray", of="project")
def every_answer_is_of_a_chapter(material: Material) -> Findings:
    """Every file of worked answers is one that a chapter names."""
    named = {chapter.answers.path for chapter in material.chapters}
    for path in sorted((material.root / "solutions").glob("*.py")):
        if path not in named and not any(not chapter.whole for chapter in material.chapters):
            yield Finding(path, 0, f"no chapter.toml names {path.name}", "name it as 'file', or remove it")


@rule("twin-stray", of="exercise")
def every_twin_is_named(item: Item) -> Findings:
    """Every function of twins.py is a misconception's, or is called."""
    path = item.entry.folder / "twins.py"
    if not item.chapter.whole:
        return
    mine = vars(item.twins)
    needed = set()
    for other in item.chapter.items:
        module = other.module("twins")
        needed |= {id(getattr(module, m.twin, None)) for m in other.entry.misconceptions}
    names = item.material.mentioned(item.chapter.folder)
    for node in _functions(item.material.tree(path)):
        unused = node.name not in (*ASKED_FOR, *names) and id(mine.get(node.name)) not in needed
        if unused:
            text = f"no misconception names {node.name}, and nothing calls it"
            advice = "list its misconception in exercise.toml, or remove it"
            yield Finding(path, node.lineno, text, advice)


@rule("helper-stray", of="chapter")
def every_helper_is_called(chapter: Chapter) -> Findings:
    """Every function that the exercises of a chapter share is called by one."""
    yield from _never_called(chapter.material, chapter.folder, chapter.folder)


@rule("helper-stray-in-common", of="project")
def every_shared_helper_is_called(material: Material) -> Findings:
    """Every function that chapters share is called by one."""
    yield from _never_called(material, material.root / CHECKS / catalogue.COMMON, material.root / CHECKS)


def _never_called(material: Material, folder: Path, within: Path) -> Findings:
    names = material.mentioned(within)
    for path in sorted(folder.glob("*.py")):
        for node in _functions(material.tree(path)):
            if node.name not in names and not _is_twin(material, node.name):
                yield Finding(path, node.lineno, f"nothing calls {node.name}", "remove it")


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """Return the functions and classes of a module, but for those that Python itself asks for."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return [node for node in found if not node.name.startswith("__")]


def _is_twin(material: Material, name: str) -> bool:
    """Whether an exercise lists a misconception of this name."""
    return any(name == m.twin for item in material.items for m in item.entry.misconceptions)


def _imported(material: Material) -> set[Path]:
    """Return the files that another file asks for, by `catalogue.beside` or a module of an exercise."""
    found = set()
    for path in material.sources(material.root / CHECKS):
        above = path.parents
        folders = [*above[:2], *(folder / catalogue.COMMON for folder in above[1:3])]
        for name in ASKED.findall(path.read_text(encoding="utf-8", errors="replace")):
            found |= set([f for folder in folders if (f := folder / f"{name}.py").is_file()][:1])
    return found
