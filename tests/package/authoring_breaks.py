"""What can be wrong with an exercise: one break for each rule of lint, and what is said of it."""

import shutil

from lintutor.autograder import catalogue

small = catalogue.beside(__file__, "authoring_project")
FOLDER, CHAPTER, change = small.FOLDER, small.CHAPTER, small.change
NAMES = {kind: name for kind, (name, _) in small.SAMPLES.items()}
SOLUTIONS, PAGE = f"solutions/{CHAPTER}.py", "book/ch01.md"
CODE, DEBUG, PREDICT = (FOLDER / NAMES[kind] for kind in ("code", "debug", "predict"))
MISTAKES = FOLDER / "misconceptions.toml"


def cut(root):
    """Cut the stubs again after a change of a worked answer."""
    small.stubs.write_stubs(root)
    for path in (root / "exercises").glob("*~"):
        path.unlink()


def edit(file, *pairs, again=False):
    """A break: texts of one file replaced."""

    def broken(root):
        change(root / file, *pairs)
        if again:
            cut(root)

    return broken


def write(file, text="x = 1\n"):
    """A break: a file that should not be there, or more at the end of one."""

    def broken(root):
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.read_text(encoding="utf-8") + text if path.exists() else text, encoding="utf-8")

    return broken


def remove(file):
    """A break: a file less."""
    return lambda root: (root / file).unlink()


def toml(kind):
    """Where an exercise is described."""
    return FOLDER / NAMES[kind] / "exercise.toml"


def checks(kind):
    """Where its checks stand."""
    return FOLDER / NAMES[kind] / f"test_{NAMES[kind]}.py"


STRAY_MISTAKE = """
[[misconception]]
id = "nobodys"
group = "data"
title = "Nobody's"
explanation = "No exercise lists it."
section = "sample-section"
"""
POINTS = "points = 20"
# What is broken: rule, break, what is said, where (a file and, if it can be known, a line that holds a text).
BREAKS = [
    # ---- what cannot be read
    (
        "catalogue",
        edit(toml("code"), (POINTS, "points = 0")),
        "must be at least 1",
        toml("code"),
        "points = 0",
    ),
    ("catalogue", edit(toml("code"), (POINTS, "points = = 0")), "Invalid value", toml("code"), "= = 0"),
    ("catalogue", edit(toml("code"), (POINTS, f"{POINTS}\nlevel = 3")), "not known", toml("code"), "level"),
    (
        "catalogue",
        edit(MISTAKES, ("explanation = '''", "text = '''")),
        "'explanation' is missing",
        MISTAKES,
        "",
    ),
    (
        "catalogue",
        edit(FOLDER / "chapter.toml", ('    "debug_mean",\n', "")),
        "not list debug_mean",
        FOLDER / "chapter.toml",
        "exercises = [",
    ),
    # ---- the chapter and the book
    (
        "chapter-points",
        lambda root: [
            change(root / toml("code"), (POINTS, "points = 19")),
            change(root / checks("code"), ("points(18)", "points(17)")),
            cut(root),
        ],
        "are 99 together",
        FOLDER / "chapter.toml",
        "",
    ),
    (
        "chapter-kinds",
        lambda root: [change(root / toml("debug"), ('kind = "debug"', 'kind = "code"'))],
        "no exercise of the kind debug",
        FOLDER / "chapter.toml",
        "",
    ),
    (
        "section-unknown",
        edit(MISTAKES, (f'section = "{small.SECTION}"', 'section = "nowhere"')),
        "no page of the book has a section (nowhere)=",
        MISTAKES,
        'id = "squares-of-doubled"',
    ),
    (
        "shown-in-book",
        edit(PAGE, ("```{exercise} ch01.squares_of\n```\n", "")),
        "no page of the book shows",
        toml("code"),
        "",
    ),
    ("shown-in-book", write(PAGE, "\n```{exercise} ch01.squares_of\n```\n"), "a second time", PAGE, ""),
    (
        "shown-in-book",
        edit(
            PAGE,
            (
                "\n```{exercise} ch01.squares_of\n```",
                "\n(another)=\n# Another\n\n```{exercise} ch01.squares_of\n```\n\n(sample-section-2)=\n# On",
            ),
        ),
        "shown in another, which its 'sections' lack",
        PAGE,
        "ch01.squares_of",
    ),
    (
        "shown-unknown",
        write(PAGE, "\n```{exercise} ch01.cubes_of\n```\n"),
        "no exercise ch01.cubes_of",
        PAGE,
        "cubes_of",
    ),
    (
        "function-twice",
        lambda root: shutil.copytree(root / FOLDER, root / small.CHECKS / "ch02_more"),
        "squares_of is an exercise of ch01, too",
        "tests/autograder/ch02_more/chapter.toml",
        "",
    ),
    # ---- worked answers and stubs
    ("marks", edit(SOLUTIONS, ("    # END SOLUTION\n", "")), "inside the one that line", SOLUTIONS, ""),
    (
        "listed",
        edit(
            SOLUTIONS,
            ("    # BEGIN SOLUTION\n    return x * x\n    # END SOLUTION", "    return x * x"),
            again=True,
        ),
        "squares_of has no marks",
        SOLUTIONS,
        "def squares_of",
    ),
    (
        "listed",
        write(SOLUTIONS, "\n\ndef more():\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION\n"),
        "more has marks, and chapter.toml does not list it",
        SOLUTIONS,
        "def more",
    ),
    (
        "listed",
        edit(
            FOLDER / "chapter.toml",
            ('    "squares_of",\n', ""),
            ('"measure_shares",\n', '"measure_shares",\n    "squares_of",\n'),
        ),
        "the order",
        FOLDER / "chapter.toml",
        "",
    ),
    (
        "listed",
        lambda root: [
            change(
                root / SOLUTIONS,
                ("def squares_of(x)", "def squares(x)"),
                (">>> print(squares_of", ">>> print(squares"),
            )
        ],
        "no worked answer",
        SOLUTIONS,
        "",
    ),
    (
        "stub-stale",
        write(f"exercises/{CHAPTER}.py", "# mine\n"),
        "is not the stub",
        f"exercises/{CHAPTER}.py",
        "",
    ),
    ("stub-stale", write("exercises/ch09_stray.py"), "no worked answer", "exercises/ch09_stray.py", ""),
    (
        "stub-form",
        edit(SOLUTIONS, ("    # total = 0.0\n", '    # raise NotImplementedError("not yet")\n'), again=True),
        "no code to mend",
        SOLUTIONS,
        "def debug_mean",
    ),
    (
        "stub-form",
        edit(SOLUTIONS, ("    # total = 0.0\n", "    # total = = 0.0\n"), again=False),
        "not Python",
        SOLUTIONS,
        "def debug_mean",
    ),
    (
        "stub-form",
        edit(
            SOLUTIONS,
            ('    # raise NotImplementedError("derive_slope is not written yet")\n', "    # return 0\n"),
            again=True,
        ),
        "not unfinished",
        SOLUTIONS,
        "def derive_slope",
    ),
    (
        "example-missing",
        edit(
            SOLUTIONS,
            (">>> print(squares_of(np.array([1.0, 2.0, -3.0])))\n    [1. 4. 9.]", "None."),
            again=True,
        ),
        "shows no example",
        SOLUTIONS,
        "def squares_of",
    ),
    (
        "example-wrong",
        edit(SOLUTIONS, ("[1. 4. 9.]", "[1. 4. 8.]"), again=True),
        "shows [1. 4. 8.] and gives [1. 4. 9.]",
        SOLUTIONS,
        ">>> print(squares_of",
    ),
    (
        "example-wrong",
        edit(SOLUTIONS, ("print(seen.mean())", "print(seen.median())"), again=True),
        "AttributeError",
        SOLUTIONS,
        "seen.median()",
    ),
    (
        "example-wrong",
        edit(SOLUTIONS, ("import numpy as np\n", "import numpy as np\nimport nothing_here\n"), again=True),
        "does not load: ModuleNotFoundError",
        SOLUTIONS,
        "import nothing_here",
    ),
    # ---- checks
    (
        "checks-load",
        edit(checks("code"), ("import pytest\n", "import pytest\nimport nothing_here\n")),
        "ModuleNotFoundError",
        checks("code"),
        "import nothing_here",
    ),
    (
        "checks-load",
        edit(checks("code"), ("import pytest\n", "import pytest pytest\n")),
        "is not Python",
        checks("code"),
        "pytest pytest",
    ),
    ("checks-load", remove(checks("code")), "test_squares_of.py is missing", CODE, ""),
    (
        "checks-marked",
        edit(checks("code"), ('exercise("ch01.squares_of")', 'exercise("ch01.squares")')),
        "marked as 'ch01.squares'",
        checks("code"),
        "",
    ),
    (
        "check-named",
        edit(checks("code"), ('    """each entry is the square of its number"""\n', "")),
        "test_values has no docstring",
        checks("code"),
        "@pytest.mark.points(18)",
    ),
    (
        "check-points",
        lambda root: [
            change(
                root / checks("code"),
                ("@pytest.mark.points(1)\n@pytest.mark.gate", "@pytest.mark.gate"),
                ("points(18)", "points(19)"),
            )
        ],
        "test_form is worth no points",
        checks("code"),
        "@pytest.mark.gate",
    ),
    (
        "exercise-points",
        edit(checks("code"), ("points(18)", "points(17)")),
        "the checks give 19 points",
        toml("code"),
        POINTS,
    ),
    (
        "check-about",
        edit(checks("code"), ('about("data")', 'about("data", "deta")')),
        "about 'deta'",
        checks("code"),
        "@pytest.mark.points(18)",
    ),
    (
        "check-about",
        edit(checks("code"), ('@pytest.mark.about("data")\n', "")),
        "no check is about 'data'",
        checks("code"),
        "",
    ),
    # ---- twins
    (
        "twins-load",
        edit(CODE / "twins.py", ("import numpy as np\n", "import numpy as np\n1 / 0\n")),
        "ZeroDivision",
        CODE / "twins.py",
        "1 / 0",
    ),
    (
        "twins-load",
        lambda root: [
            write(FOLDER / "shared.py", "def used(:\n")(root),
            change(
                root / CODE / "twins.py",
                ("def REFERENCE", 'shared = catalogue.beside(__file__, "shared")\n\n\ndef REFERENCE'),
            ),
        ],
        "is not Python",
        FOLDER / "shared.py",
        "def used(:",
    ),
    (
        "twins-load",
        edit(PREDICT / "twins.py", ("GROUPS = [", "GROUP = [")),
        "no list GROUPS",
        PREDICT / "twins.py",
        "",
    ),
    (
        "twin-missing",
        edit(
            CODE / "twins.py",
            ("def squares_of_doubled", "def _doubled"),
            ("GROUPS =", "used = _doubled\nGROUPS ="),
        ),
        "no function squares_of_doubled",
        CODE / "twins.py",
        "",
    ),
    (
        "twin-signature",
        edit(CODE / "twins.py", ("def squares_of_doubled(x)", "def squares_of_doubled(x, y=0)")),
        "squares_of_doubled(x, y=0) is called otherwise",
        CODE / "twins.py",
        "def squares_of_doubled",
    ),
    (
        "twins-few",
        lambda root: [
            change(root / toml("debug"), ('    "debug-rooted",\n', "")),
            change(
                root / DEBUG / "twins.py", ("def debug_rooted(x):\n    return np.sqrt(np.mean(x**2))\n", "")
            ),
            change(
                root / MISTAKES,
                (
                    '\n[[misconception]]\nid = "debug-rooted"'
                    '\ngroup = "data"\ntitle = "Another"\nexplanation = "It is another."\nsection = '
                    '"sample-section"\n',
                    "",
                ),
            ),
        ],
        "2 misconceptions",
        toml("debug"),
        "misconceptions =",
    ),
    (
        "twins-few",
        edit(
            SOLUTIONS,
            (
                "    Returns\n    -------\n    squares : ndarray (N,), float64\n",
                "    Returns\n    -------\n    loss : float\n    dx : ndarray (N,)\n",
            ),
            again=True,
        ),
        "a loss with its gradient has at least 6",
        toml("code"),
        "misconceptions =",
    ),
    (
        "group-unknown",
        lambda root: [
            change(
                root / MISTAKES,
                ('id = "squares-of-doubled"\ngroup = "data"', 'id = "squares-of-doubled"\ngroup = "shape"'),
            )
        ],
        "no group 'shape'",
        CODE / "twins.py",
        "",
    ),
    ("misconception-stray", write(MISTAKES, STRAY_MISTAKE), "'nobodys'", MISTAKES, 'id = "nobodys"'),
    (
        "misconception-stray",
        lambda root: [
            write("tests/autograder/common/misconceptions.toml", STRAY_MISTAKE)(root),
            write(MISTAKES, '\n[sections]\nnobodys = "sample-section"\n')(root),
        ],
        "where 'nobodys' is taught",
        MISTAKES,
        "nobodys =",
    ),
    (
        "misconception-stray-in-common",
        write("tests/autograder/common/misconceptions.toml", STRAY_MISTAKE),
        "'nobodys'",
        "tests/autograder/common/misconceptions.toml",
        'id = "nobodys"',
    ),
    (
        "explanation-long",
        edit(MISTAKES, ("This is wrong", "Why, " + "so it is, " * 40 + "and wrong")),
        "at most 400 are shown",
        MISTAKES,
        'id = "squares-of-doubled"',
    ),
    # ---- words
    (
        "hint-repeats",
        edit(toml("code"), (small.TEXTS[2], f"Well. {small.TEXTS[1]}")),
        "hint 2 repeats hint 1",
        toml("code"),
        "Well.",
    ),
    (
        "hint-repeats",
        edit(toml("code"), (small.TEXTS[1], small.TEXTS[0])),
        "hint 1 repeats the statement",
        toml("code"),
        "",
    ),
    (
        "todo",
        edit(toml("code"), (small.TEXTS[1], "TODO: a hint")),
        "TODO: a hint",
        toml("code"),
        "TODO: a hint",
    ),
    (
        "todo",
        edit(SOLUTIONS, ("    return x * x\n", "    return x * x  # TODO: faster\n")),
        "TODO: faster",
        SOLUTIONS,
        "TODO: faster",
    ),
    (
        "todo",
        edit(MISTAKES, ("This is wrong", "TODO: say why")),
        "squares-of-doubled is not written yet",
        MISTAKES,
        'id = "squares-of-doubled"',
    ),
    (
        "todo-in-chapter",
        edit(FOLDER / "chapter.toml", ("exercises = [", "exercises = [  # TODO: more")),
        "TODO: more",
        FOLDER / "chapter.toml",
        "TODO: more",
    ),
    # ---- what is told
    (
        "solution-told",
        lambda root: [
            change(
                root / SOLUTIONS, ("    return x * x\n", "    y = x * x + 2 * x + x\n    return y - 3 * x\n")
            ),
            change(root / toml("code"), (small.TEXTS[3], "The first line is `v*v + 2*v+v`.")),
        ],
        "hint 3 holds a piece of the solution",
        toml("code"),
        "v*v",
    ),
    (
        "solution-told",
        lambda root: [
            change(
                root / SOLUTIONS, ("    return x * x\n", "    return x * np.maximum(x, -x) * np.sign(x)\n")
            ),
            change(
                root / MISTAKES,
                ("This is wrong", "You forget numpy.sign(a), as in `a * np.maximum( a,-a )*np.sign(a)`"),
            ),
        ],
        "the explanation of squares-of-doubled holds a piece",
        MISTAKES,
        'id = "squares-of-doubled"',
    ),
    (
        "figure-told",
        edit(toml("measure"), (small.TEXTS[2], "You should see 0.47 for the first.")),
        "asked for: 0.47",
        toml("measure"),
        "0.47",
    ),
    (
        "figure-told",
        edit(toml("predict"), (small.TEXTS[2], "The sum is 19, of course.")),
        "asked for: 19",
        toml("predict"),
        "is 19",
    ),
    # ---- strays
    (
        "file-stray",
        write(FOLDER / "unused.py", '"""Nobody asks for it."""\n'),
        "nothing uses unused.py",
        FOLDER / "unused.py",
        "",
    ),
    ("file-stray", write(CODE / "notes.txt", "Notes.\n"), "nothing uses notes.txt", CODE / "notes.txt", ""),
    (
        "leftover",
        write("solutions/notes.bak", "x\n"),
        "no file of solutions/",
        "solutions/notes.bak",
        "",
    ),
    (
        "leftover",
        write(f"exercises/{CHAPTER}.py~", "x = 2\n"),
        "put aside: ch01_samples.py~",
        "exercises",
        "",
    ),
    (
        "folder-stray",
        lambda root: (root / FOLDER / "begun").mkdir(),
        "no exercise.toml",
        FOLDER / "begun",
        "",
    ),
    (
        "chapter-stray",
        lambda root: (root / small.CHECKS / "ch02_begun").mkdir(),
        "no chapter.toml",
        "tests/autograder/ch02_begun",
        "",
    ),
    (
        "solutions-stray",
        lambda root: [write("solutions/ch02_more.py", "x = 1\n")(root), cut(root)],
        "no chapter.toml names ch02_more.py",
        "solutions/ch02_more.py",
        "",
    ),
    (
        "twin-stray",
        write(CODE / "twins.py", "\n\ndef tripled(x):\n    return 3 * x\n"),
        "no misconception names tripled",
        CODE / "twins.py",
        "def tripled",
    ),
    (
        "helper-stray-in-common",
        lambda root: [
            write("tests/autograder/common/more.py", "def unused():\n    return 2\n")(root),
            change(
                root / CODE / "twins.py",
                ("def REFERENCE", 'more = catalogue.beside(__file__, "more")\n\n\ndef REFERENCE'),
            ),
        ],
        "nothing calls unused",
        "tests/autograder/common/more.py",
        "def unused",
    ),
    (
        "helper-stray",
        lambda root: [
            write(FOLDER / "shared.py", "def used():\n    return 1\n\n\ndef unused():\n    return 2\n")(root),
            change(
                root / CODE / "twins.py",
                (
                    "def REFERENCE",
                    'shared = catalogue.beside(__file__, "shared")\nONE = shared.used()\n\n\ndef REFERENCE',
                ),
            ),
        ],
        "nothing calls unused",
        FOLDER / "shared.py",
        "def unused",
    ),
]
ALSO = {  # what one break breaks besides
    "function-twice": {"misconception-stray", "checks-marked", "shown-in-book", "listed", "stub-stale"},
    "chapter-kinds": {"stub-form", "twins-few"},
    "marks": {"stub-stale"},
    "listed": {"stub-stale", "stub-form", "todo"},
    "stub-form": {"stub-stale"},
    "misconception-stray": {"misconception-stray-in-common"},
}
SLOWER = [
    (
        "solution-refused",
        edit(SOLUTIONS, ("    return x * x\n", "    return x * x + 1e-3\n")),
        "of 20 points",
        SOLUTIONS,
    ),
    (
        "stub-passes",
        edit(
            SOLUTIONS,
            (
                "    # BEGIN SOLUTION\n    return 19.0, 13.0\n",
                "    # BEGIN SOLUTION\n    return 19.0, 13.0\n    # STUB\n    # return 19.0, 13.0\n",
            ),
            again=True,
        ),
        "the stub gets 15 of 15",
        checks("predict"),
    ),
    (
        "twin-passes",
        edit(checks("predict"), ("judge(submission, 1,", "judge(submission, 0,")),
        "gets full marks",
        PREDICT / "twins.py",
    ),
    (
        "twin-passes",
        edit(
            checks("predict"),
            ('@pytest.mark.points(14)\n@pytest.mark.about("prediction")\n', "@pytest.mark.points(14)\n"),
        ),
        "is refused, and not named",
        PREDICT / "twins.py",
    ),
    (
        "grader-fails",
        edit(checks("predict"), ("    value = submission", "    1 / 0\n    value = submission")),
        "ZeroDivisionError",
        checks("predict"),
    ),
    (
        "twin-named",
        edit(
            PREDICT / "twins.py",
            (
                "def predict_largest_alone():\n    return 12.0, 12.0",
                "def predict_largest_alone():\n    return predict_length_root_forgotten()",
            ),
        ),
        "is diagnosed as nothing",
        PREDICT / "twins.py",
    ),
    (
        "probes-blind",
        edit(PREDICT / "twins.py", ("predictions.seen(f(), KINDS)", "{}")),
        "see nothing",
        PREDICT / "twins.py",
    ),
    (
        "probes-blind",
        edit(PREDICT / "twins.py", ("predictions.seen(f(), KINDS)", "{1 / 0: 1}")),
        "ZeroDivisionError",
        PREDICT / "twins.py",
    ),
    (
        "solution-slow",
        edit(
            checks("predict"),
            ("    value = submission", "    import time\n\n    time.sleep(0.6)\n    value = submission"),
        ),
        "took",
        checks("predict"),
    ),
]
