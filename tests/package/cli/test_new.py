"""``lintutor new exercise``: what was written, what to do next, and one line where it cannot be."""

import pytest

from lintutor.autograder import catalogue

small = catalogue.beside(__file__, "authoring_project")


@pytest.fixture
def project(tmp_path):
    root = small.empty(tmp_path / "project")
    small.make(root, small.wanted("code"))
    return root


def test_every_file_that_was_written_is_named_and_what_to_do_next(run, project):
    code, out, err = run("new", "exercise", "ch01.predict_sum", "--kind", "predict", cwd=project)
    assert (code, err) == (0, "")
    told = [line.removeprefix("written: ") for line in out.splitlines() if line.startswith("written: ")]
    folder = f"{small.FOLDER.as_posix()}/predict_sum"
    assert set(told) == {
        "solutions/ch01_samples.py",
        f"{small.FOLDER.as_posix()}/chapter.toml",
        f"{small.FOLDER.as_posix()}/misconceptions.toml",
        f"{folder}/exercise.toml",
        f"{folder}/test_predict_sum.py",
        f"{folder}/twins.py",
        "exercises/ch01_samples.py",
        "exercises/ch01_samples.ipynb",
    }
    assert all((project / name).is_file() for name in told)
    assert "    lintutor lint ch01.predict_sum\n" in out
    assert "    lintutor check predict_sum --file solutions\n" in out
    code, out, _ = run("check", "predict_sum", "--file", "solutions", cwd=project)
    assert code == 0
    code, out, _ = run("lint", "ch01.predict_sum", "--fast", cwd=project)
    assert code == 1
    assert "[todo]" in out


def test_options_reach_the_files_and_answers_are_kept(run, project):
    answers = project / "exercises" / f"{small.CHAPTER}.py"
    answers.write_text("my answer\n", encoding="utf-8")
    options = ["--class", "--title", "A counter", "--points", "7", "--after", "squares_of"]
    code, out, _ = run(
        "new", "exercise", "ch01.Counter", "--kind", "code", *options, "--section", small.SECTION, cwd=project
    )
    assert code == 0
    assert f"what it held: exercises/{small.CHAPTER}.py~\n" in out
    one = catalogue.exercise("ch01.Counter", project)
    assert (one.title, one.points, one.sections) == ("A counter", 7, (small.SECTION,))
    assert (one.folder / "session.py").is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ch01.squares_of", "--kind", "code"], "squares_of is taken"),
        (["ch01.cubes_of", "--kind", "cod"], "no kind 'cod'; did you mean code?"),
        (["ch02.cubes_of", "--kind", "code"], "there is no chapter ch02"),
    ],
)
def test_what_cannot_be_made_is_one_line_and_ends_with_2(run, project, arguments, told):
    code, out, err = run("new", "exercise", *arguments, cwd=project)
    assert (code, out) == (2, "")
    assert err.startswith(f"lintutor: {told}")
    assert err.count("\n") == 1
