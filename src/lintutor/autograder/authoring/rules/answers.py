"""Rules on worked answers and the stubs that are cut out of them."""

import ast
import doctest
import re

from ... import stubs
from ...notebooks import notebook
from ...project import ProjectError
from ..findings import Finding, Findings, Unreadable, rule
from ..loading import raised_at, why
from ..material import Chapter, Item, Material

CUT = "run `lintutor stubs`"
PLACEHOLDER = "NotImplementedError"


@rule("marks", of="chapter")
def can_be_cut(chapter: Chapter) -> Findings:
    """The worked answers of a chapter are Python, with marks that can be cut."""
    path = chapter.answers.path
    try:
        stubs.cut(path)
    except ProjectError as error:
        at = re.search(r"line (\d+)", str(error))
        text = str(error).removeprefix(str(path)).lstrip(",: ")
        text = re.sub(r"^line \d+: ", "", text)
        yield Finding(path, int(at[1]) if at else 0, text, "correct it; the stub is cut at these marks")


@rule("listed", of="chapter")
def listed_and_marked(chapter: Chapter) -> Findings:
    """What has marks is an exercise, and what is an exercise has marks, in one order."""
    answers, listed = chapter.answers, [item.entry.function for item in chapter.items]
    for item in chapter.items:
        if item.entry.function not in answers.defined:
            text = f"{item.entry.function} has no worked answer"
            yield Finding(answers.path, 0, text, f"write it, with {stubs.BEGIN} and {stubs.END}")
        elif item.entry.function not in answers.marked:
            text = f"{item.entry.function} has no marks: its stub would be its solution"
            yield Finding(answers.path, item.line, text, f"put {stubs.BEGIN} and {stubs.END} around it")
    if not chapter.whole:
        return
    for name, line in answers.marked.items():
        if name not in listed:
            text = f"{name} has marks, and chapter.toml does not list it"
            yield Finding(
                answers.path, line, text, "list it, with a folder of its own, or take the marks out"
            )
    order = [name for name in answers.defined if name in listed]
    if order != [name for name in listed if name in answers.defined]:
        text = f"the order of 'exercises' is not that of {answers.path.name}"
        yield Finding(chapter.toml, 0, text, f"list them as they stand there: {', '.join(order)}")


@rule("stub-stale", of="project")
def stubs_are_cut(material: Material) -> Findings:
    """What stands in exercises/ is what the worked answers give."""
    folder, wanted, unsure = material.root / "exercises", dict[str, str](), set[str]()
    for path in sorted((material.root / "solutions").glob("*.py")):
        of_it = [c for c in material.chapters if c.answers.path == path]
        try:
            wanted[path.name] = stubs.cut(path)
            entries = [item.entry for chapter in of_it for item in chapter.items]
            if entries and all(chapter.whole for chapter in of_it):
                wanted[f"{path.stem}.ipynb"] = notebook(wanted[path.name], entries)
            elif of_it:
                unsure.add(f"{path.stem}.ipynb")
        except (ProjectError, SyntaxError):
            unsure |= {path.name, f"{path.stem}.ipynb"}
    for path, problem in stubs.differences(folder, wanted):
        if path.name not in unsure:
            stray = path.name not in wanted
            yield Finding(path, 0, problem, "remove it" if stray else CUT)


@rule("stub-form", of="exercise")
def stub_is_one_function(item: Item) -> Findings:
    """A stub defines its function, unfinished unless it is broken code to be mended."""
    name, whole = item.entry.function, item.answers.stub
    try:
        ast.parse(whole)
    except SyntaxError as error:
        before = re.findall(
            r"^(?:def|class) (\w+)", "\n".join(whole.splitlines()[: error.lineno]), re.MULTILINE
        )
        if before and before[-1] == name:
            text = f"the stub of {name} is not Python: {error.msg}"
            yield Finding(item.answers.path, item.line, text, f"look at what stands behind {stubs.STUB}")
        return
    stub = item.stub
    found = [node.name for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if found != [name]:
        yield Finding(
            item.answers.path, item.line, f"the stub holds {found}, not {name} alone", "define it once"
        )
    if item.entry.kind == "debug" and PLACEHOLDER in stub:
        text = f"the stub of {name} has no code to mend"
        yield Finding(item.answers.path, item.line, text, f"put the broken code behind {stubs.STUB}")
    if item.entry.kind != "debug" and PLACEHOLDER not in stub:
        text = f"the stub of {name} is not unfinished"
        advice = f"raise {PLACEHOLDER} behind {stubs.STUB}, or leave that mark out"
        yield Finding(item.answers.path, item.line, text, advice)


@rule("example-missing", of="exercise")
def shows_an_example(item: Item) -> Findings:
    """A stub shows an example that runs."""
    if ">>>" not in item.stub:
        text = f"the docstring of {item.entry.function} shows no example"
        yield Finding(item.answers.path, item.line, text, "add one with >>>, worked by hand, small numbers")


@rule("example-wrong", of="exercise")
def examples_are_true(item: Item) -> Findings:
    """The examples of a worked answer give what they show."""
    path, name = item.answers.path, item.entry.function
    if name not in item.answers.defined:
        raise Unreadable
    try:
        module = item.answers.module
    except Exception as error:
        yield Finding(*raised_at(error, path, item.material.root), why(error), "mend it")
        return
    finder = doctest.DocTestFinder(exclude_empty=True)
    for test in finder.find(vars(module)[name], name, module, vars(module)):
        for example, got in _failures(test):
            line = _docstring(item.answers.tree, test.name) + example.lineno
            asked = example.source.strip().splitlines()[-1]
            text = f"the example `{asked}` shows {_said(example.want)} and gives {_said(got)}"
            yield Finding(path, line, text, "correct the example or the answer")


def _docstring(tree: ast.Module, name: str) -> int:
    """Return the line in which the docstring of a function, or a method of a class, begins."""
    node: ast.AST = tree
    for part in name.split("."):
        node = next(inner for inner in ast.iter_child_nodes(node) if getattr(inner, "name", None) == part)
    assert isinstance(node, ast.FunctionDef | ast.ClassDef)
    return node.body[0].lineno


def _failures(test: doctest.DocTest) -> list[tuple[doctest.Example, str]]:
    found: list[tuple[doctest.Example, str]] = []

    class Runner(doctest.DocTestRunner):
        def report_failure(self, out, test, example, got):  # type: ignore[no-untyped-def]
            found.append((example, got))

        def report_unexpected_exception(self, out, test, example, exc_info):  # type: ignore[no-untyped-def]
            found.append((example, f"{exc_info[0].__name__}: {exc_info[1]}"))

    Runner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=lambda text: None)
    return found


def _said(text: str) -> str:
    return " ".join(text.split()) or "nothing"
