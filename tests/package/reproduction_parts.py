"""Small images, quick experiments and readings of results, for the tests of the reproduction."""

from dataclasses import replace

from lintutor import datasets
from lintutor.reproduction import DataOfRecord
from lintutor.reproduction.experiments import Experiment


def scenes(seed=0, num_train=200):
    """Return drawn scenes in the layout of CIFAR-10; nobody may write on them."""
    data = datasets.load("scenes", num_train=num_train, num_val=40, num_test=60, seed=seed)
    for part in ("train", "val", "test"):
        getattr(data, f"X_{part}").flags.writeable = False
        getattr(data, f"y_{part}").flags.writeable = False
    return data


def other_rows(data, part):
    """Return the same data with other images and labels in one part."""
    other = scenes(seed=1)
    y = (getattr(other, f"y_{part}") + 3) % 10  # scenes of any seed come in one order of classes
    return replace(data, **{f"X_{part}": getattr(other, f"X_{part}"), f"y_{part}": y})


def of_record(images, **changes):
    """Return what a record says of some images."""
    rows = len(images.y.train), len(images.y.val), len(images.y.test)
    return replace(DataOfRecord(images.sha256, None, "drawn", rows), **changes)


# Settings that bound the time of an experiment, and values with which it takes none.
_TIMES = {
    "num_iters": 20,
    "batch_size": 50,
    "hidden_size": 20,
    "num_tries": 10,
    "num_steps": 10,
    "num_train": 150,
    "short": 5,
    "long": 12,
    "every": 4,
    "num_checks": 4,
}


def at_once(experiment):
    """Return an experiment as it is rehearsed, and smaller still."""

    def smaller(settings):
        return {
            key: smaller(value)
            if isinstance(value, dict)
            else min(value, _TIMES[key])
            if key in _TIMES and not isinstance(value, list)
            else value
            for key, value in settings.items()
        }

    rehearsed = experiment.for_rehearsal()
    return replace(rehearsed, settings=smaller(rehearsed.settings))


def numbering(name, seeds=(0, 1, 2), measured=None, **settings):
    """Return an experiment of no time whose result is told by its seed; `measured` is told of each run."""

    def measure(images, seed, settings):
        if measured is not None:
            measured(name, seed)
        return {"val": seed / 10, "test": seed / 20, "settings": dict(settings)}

    return Experiment(name, f"numbers of {name}", measure, settings, seeds=seeds)


def leaves(value, path=()):
    """Yield every number and text in some results, with the keys that lead there."""
    if isinstance(value, (dict, list, tuple)):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, below in inner:
            yield from leaves(below, (*path, key))
    else:
        yield path, value


def without(results, *parts):
    """Return the leaves with no key on their way that begins with one of `parts`."""
    return {
        path: value
        for path, value in leaves(results)
        if not any(isinstance(key, str) and key.startswith(parts) for key in path)
    }


def chosen_wrongly(results):
    """Return what was chosen though another choice did better in validation; an empty list is right."""
    wrong = []
    for searched in [results, *(value for value in results.values() if isinstance(value, dict))]:
        if "trials" in searched:
            scores = [trial["val"] for trial in searched["trials"] if trial["val"] is not None]
            (best,) = [t for t in searched["trials"] if searched["best"].items() <= t.items()]
            wrong += [searched["best"]] * (best["val"] != max(scores))
        if "k" in searched:
            wrong += [searched["k"]] * (searched["val"][str(searched["k"])] != max(searched["val"].values()))
    return wrong
