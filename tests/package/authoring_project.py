"""A small project whose exercises were made by ``lintutor new exercise`` and then finished."""

import re
import shutil
from pathlib import Path

from lintutor.autograder import project, stubs
from lintutor.autograder.authoring.new import Wanted, make
from lintutor.autograder.project import CHECKS

ROOT = project.find_root(Path(__file__).parent)
COMMON = ROOT / CHECKS / "common"
CHAPTER = "ch01_samples"
FOLDER = CHECKS / CHAPTER
SECTION = "sample-section"
PAGE = f"({SECTION})=\n# Samples\n\nText.\n"
# kind, or "class" -> name, points
SAMPLES = {
    "code": ("squares_of", 20),
    "class": ("MeanKeeper", 20),
    "derive": ("derive_slope", 15),
    "debug": ("debug_mean", 15),
    "predict": ("predict_length", 15),
    "measure": ("measure_shares", 15),
}
# What a finished sample names besides: ids and their twins.
MORE = {
    "code": {"cubed": "(x):\n    return x**3", "absolute": "(x):\n    return np.abs(x)"},
    "class": {
        "calls-counted": "(REFERENCE):\n    def add(self, x):\n"
        "        self.total += np.sum(x)\n        self.count += 1",
        "halved": "(REFERENCE):\n    def mean(self):\n        return self.total / self.count / 2",
    },
    "derive": {"turned": "(x, a):\n    return -2 * a * x"},
    "debug": {"rooted": "(x):\n    return np.sqrt(np.mean(x**2))"},
    "predict": {"largest-alone": "():\n    return 12.0, 12.0"},
    "measure": {"exchanged": "():\n    return REFERENCE()[::-1]"},
}
TEXTS = [
    "Something is asked for, and this says what it is.",
    "What would you do by hand, with a pencil and one number?",
    "Think of a number line: where does each entry go, and why there?",
    "Begin with an array that is empty; be careful when you return.",
]


def with_what_they_lean_on(names):
    """Modules that chapters share, and those that they ask for in turn."""
    found = set()
    while names:
        found |= names
        texts = [(COMMON / f"{name}.py").read_text(encoding="utf-8") for name in names]
        names = {
            other for text in texts for other in re.findall(r'beside\(__file__, "(\w+)"\)', text)
        } - found
    return sorted(found)


HELPERS = with_what_they_lean_on({"arrays", "derivatives", "measurements", "predictions"})


def wanted(kind, **more):
    """The sample of a kind, as it would be asked for."""
    name, points = SAMPLES[kind]
    as_class = kind == "class"
    more = {"points": points, "section": SECTION, "file": CHAPTER, **more}
    return Wanted(f"ch01.{name}", "code" if as_class else kind, as_class, **more)


def empty(root):
    """A project without exercises."""
    for name in ("solutions", "exercises", "book"):
        (root / name).mkdir(parents=True)
    (root / CHECKS / "common").mkdir(parents=True)
    for name in HELPERS:
        shutil.copy(COMMON / f"{name}.py", root / CHECKS / "common")
    (root / "book" / "ch01.md").write_text(PAGE, encoding="utf-8")
    return root


def fresh(root):
    """A project with one new exercise of each kind, as they are made."""
    empty(root)
    for kind in SAMPLES:
        make(root, wanted(kind))
    return root


def change(path, *pairs):
    """Replace texts of a file, each of which it holds."""
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text, (path, before)
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


def add(path, text):
    """Write something at the end of a file."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def finish(root):
    """Write what a human must still write: texts, the other misconceptions, the page of the book."""
    for path in [*(root / FOLDER).rglob("*.py"), *(root / "solutions").glob("*.py")]:
        text = re.sub(r" TODO: [^\n]*?\.(?=\n|\")", "", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    for path in (root / FOLDER).rglob("*.toml"):
        text = path.read_text(encoding="utf-8").replace("TODO: a title", "A title")
        text = re.sub(r"TODO: what this[^\n\"]*", "A mistake", text)
        for told in TEXTS if path.name == "exercise.toml" else ():
            text = re.sub(r"TODO: [^\n]*", told, text, count=1)
        text = re.sub(r"TODO: [^\n]*", "This is wrong, and a test shows it.", text)
        path.write_text(text, encoding="utf-8")
    for kind, twins in MORE.items():
        folder = root / FOLDER / SAMPLES[kind][0]
        toml = folder / "exercise.toml"
        listed = re.findall(r'^    "([a-z-]+)"', toml.read_text(encoding="utf-8"), re.MULTILINE)
        group = re.search(r"^    # (\w+)$", toml.read_text(encoding="utf-8"), re.MULTILINE)[1]
        twin = listed[-1].replace("-", "_")
        for key, body in twins.items():
            what = "class" if kind == "class" else "def"
            own = f"{kind}-{key}"
            change(toml, (f'"{listed[-1]}",\n', f'"{listed[-1]}",\n    "{own}",\n'))
            head = f"\n\n{what} {own.replace('-', '_')}{body}\n"
            source = (folder / "twins.py").read_text(encoding="utf-8")
            at = source.index("\n\n\n", source.index(f"{what} {twin}"))
            source = source[:at].rstrip() + "\n" + head + source[at:].rstrip() + "\n"
            source = source.replace(f"{twin})\n", f"{twin}, {own.replace('-', '_')})\n")  # those of KNOWN
            (folder / "twins.py").write_text(source, encoding="utf-8")
            add(
                root / FOLDER / "misconceptions.toml",
                f'\n[[misconception]]\nid = "{own}"\ngroup = "{group}"\ntitle = "Another"\n'
                f'explanation = "It is another."\nsection = "{SECTION}"\n',
            )
    page = "".join(f"\n```{{exercise}} ch01.{name}\n```\n" for name, _ in SAMPLES.values())
    add(root / "book" / "ch01.md", page)
    stubs.write_stubs(root)
    for path in (root / "exercises").glob("*~"):
        path.unlink()
    return root
