"""Where the project's folders are, and the error for a project that cannot be read."""

from pathlib import Path

CHECKS = Path("tests", "autograder")


class ProjectError(Exception):
    """Something that the command or the instructor named is not there or cannot be read."""


def is_root(folder: Path) -> bool:
    """Whether `folder` is the top of a project: it has graded checks and worked answers."""
    return (folder / CHECKS).is_dir() and (folder / "solutions").is_dir()


def find_root(start: str | Path | None = None) -> Path:
    """Return the top folder of the project that `start` (the current folder) lies in.

    A command that is run outside any project falls back on the checkout that holds this package.

    Raises
    ------
    ProjectError
        If neither the folder nor any folder above it is a project.
    """
    begin = Path(start) if start is not None else Path.cwd()
    begin = begin.resolve()
    for folder in (begin, *begin.parents):
        if is_root(folder):
            return folder
    for folder in Path(__file__).resolve().parents:
        if start is None and is_root(folder):
            return folder
    raise ProjectError(
        f"no exercises here: {begin} and the folders above it hold no {CHECKS} beside solutions/"
    )


def section_page(root: Path, anchor: str) -> str | None:
    """Return ``book/page.md`` of the section with this anchor, or None where no page has it yet."""
    for page in sorted((root / "book").rglob("*.md")):
        if f"({anchor})=" in page.read_text(encoding="utf-8"):
            return page.relative_to(root).as_posix()
    return None
