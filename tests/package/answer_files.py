"""Wrong twins as the files that a learner would hand in, and their grades."""

import inspect
import textwrap

from lintutor.autograder import sessions
from lintutor.autograder.authoring.trials import by_name
from lintutor.autograder.run import grade, grade_each

__all__ = ["by_name", "graded", "lost", "standalone", "twin_of"]


def twin_of(exercise, key):
    """The function of plain values that makes the mistake `key`."""
    return sessions.twin(exercise, exercise.misconception(key).twin)


def standalone(exercise, function):
    """A file that needs numpy alone: the worked answers, with `function` in place of one of them."""
    function = getattr(function, "made", function)  # the class that a session is played with
    parts = [(exercise.root / "solutions" / exercise.file).read_text(encoding="utf-8")]
    seen = set()

    def write(wanted, alias):
        if wanted.__module__.startswith("lintutor."):  # a reference: the worked answer of that name stands in
            parts.append(f"{alias} = {wanted.__name__}\n")
            return
        if wanted not in seen:
            seen.add(wanted)
            for name, value in needed_by(wanted).items():
                if value is not wanted and (inspect.isfunction(value) or inspect.isclass(value)):
                    write(value, name)
            parts.append(textwrap.dedent(inspect.getsource(wanted)))
        if wanted.__name__ != alias:
            parts.append(f"{alias} = {wanted.__name__}\n")

    write(function, exercise.function)
    return "\n\n".join(parts)


def needed_by(wanted):
    """The names that a function takes from its module, or the methods and bases of a class."""
    needed = {base.__name__: base for base in getattr(wanted, "__bases__", ()) if base is not object}
    members = vars(wanted).values() if inspect.isclass(wanted) else [wanted]
    for function in filter(inspect.isfunction, members):
        inner = {name: function.__globals__[name] for name in names_in(function.__code__, function)}
        needed |= {**inner, **inspect.getclosurevars(function).nonlocals}
    return needed


def names_in(code, function):
    """The names of a function's module that its code mentions, inner functions included."""
    found = {name for name in code.co_names if name in function.__globals__}
    return found.union(*(names_in(each, function) for each in code.co_consts if inspect.iscode(each)))


def graded(folder, exercise, source, name=None, isolation="in process", **options):
    """The row of one exercise for a file with this source."""
    path = folder / (name or exercise.file)
    path.write_text(source, encoding="utf-8")
    result = grade([exercise], path, isolation=isolation, **options)
    assert result.grader_fault is None
    return result.exercises[0]


def graded_all(folder, exercise, sources, isolation="in process"):
    """The rows of one exercise for several files, by the names of `sources`: one after another, in one go."""
    paths, results = {}, []
    for number, (name, source) in enumerate(sources.items()):
        paths[name] = folder / f"{number:03}.py"
        paths[name].write_text(source, encoding="utf-8")
    grade_each([exercise], paths.values(), results.append, isolation)
    assert [result.grader_fault for result in results if result.grader_fault] == []
    return {name: result.exercises[0] for name, result in zip(paths, results, strict=True)}


def lost(row):
    """The names of the checks that did not give all their points."""
    return {check.name for check in row.checks if check.points < check.max_points}
