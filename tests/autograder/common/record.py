"""Measures what the grader compares figures with, and writes it: ``make record``.

For each exercise whose experiment is `measurements.recorded`, everything that its checks and probes can
ask for is measured anew.
"""

import json

from lintutor.autograder import catalogue

measurements = catalogue.beside(__file__, "measurements")


def experiments():
    """The exercises with a recorded experiment, each with its experiments by name."""
    found = {}
    for entry in catalogue.exercises():
        if entry.kind == "measure" and (entry.folder / "measured.py").is_file():
            names = vars(entry.module("measured"))
            own = {name: value for name, value in names.items() if hasattr(value, "measure")}
            if own:
                found[entry] = own
    return found


def measured(entry, own):
    """All results that an exercise can ask for, as JSON has them: measured now, nothing looked up."""
    module, results = entry.module("measured"), {}

    def measuring(experiment):
        def run(*args):
            name = f"{experiment.__name__}{args!r}"
            if name not in results:
                results[name] = experiment.measure(*args)
            return results[name]

        return run

    try:
        vars(module).update({name: measuring(experiment) for name, experiment in own.items()})
        ask(entry)
    finally:
        vars(module).update(own)
    return {name: measurements.encoded(value) for name, value in sorted(results.items())}


def ask(entry):
    """Run whatever the checks and probes of an exercise can run: every twin, and what is forgiven."""
    twins, module = entry.module("twins"), entry.module("measured")
    for mistake in entry.misconceptions:
        getattr(twins, mistake.twin)()
    twins.REFERENCE()
    if hasattr(module, "tolerances"):
        getattr(module.tolerances, "__wrapped__", module.tolerances)()


def main():
    """Write every record that has changed."""
    for entry, own in experiments().items():
        path = next(iter(own.values())).path
        text = json.dumps(measured(entry, own), indent=1) + "\n"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(entry.root)}")


if __name__ == "__main__":
    main()
