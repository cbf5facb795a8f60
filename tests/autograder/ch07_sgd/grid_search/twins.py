"""The mistakes of a search over a grid as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

spies = catalogue.beside(__file__, "spies")


def right(X, y, W):
    """Which rows are classified rightly (N,)."""
    return (X @ W).argmax(axis=1) == y


def searched(X_train, y_train, X_val, y_val, pairs, train, measure=np.mean):
    """Try pairs; return all results."""
    results = {}
    for rate, reg in pairs:
        W = train(X_train, y_train, rate, reg)
        results[rate, reg] = (
            float(measure(right(X_train, y_train, W))),
            float(measure(right(X_val, y_val, W))),
        )
    return results


def grid(rates, regs):
    """All pairs, in order."""
    return [(rate, reg) for rate in rates for reg in regs]


def best_of(results, part=1):
    """The first pair with the highest accuracy."""
    return max(results, key=lambda pair: results[pair][part])


def REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    """The right answer."""
    results = searched(X_train, y_train, X_val, y_val, grid(learning_rates, regs), train)
    return results, best_of(results)


def last_pair_kept(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results, _ = REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, train)
    return results, list(results)[-1]


def best_by_training(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results, _ = REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, train)
    return results, best_of(results, 0)


def last_among_equals(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results, best = REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, train)
    return results, [pair for pair in results if results[pair][1] == results[best][1]][-1]


def accuracy_for_pair(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results, best = REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, train)
    return results, results[best][1]


def weights_for_pair(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    weights = {}

    def kept(X, y, rate, reg):
        weights[rate, reg] = train(X, y, rate, reg)
        return weights[rate, reg]

    results, best = REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, kept)
    return results, weights[best]


def lowest_chosen(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results, _ = REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, train)
    return results, min(results, key=lambda pair: results[pair][1])


def validated_on_training(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    return REFERENCE(X_train, y_train, X_train, y_train, learning_rates, regs, train)


def errors_for_accuracies(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    results, best = REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, train)
    return {pair: (1 - a, 1 - b) for pair, (a, b) in results.items()}, best


def counts_for_shares(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    pairs = grid(learning_rates, regs)
    results = searched(X_train, y_train, X_val, y_val, pairs, train, np.sum)
    return results, best_of(results)


def trained_on_validation(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    def other(X, y, rate, reg):
        return train(X_val, y_val, rate, reg)

    return REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, other)


def trained_on_everything(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    def other(X, y, rate, reg):
        return train(np.concatenate([X_train, X_val]), np.concatenate([y_train, y_val]), rate, reg)

    return REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, other)


def pairs_in_step(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    pairs = list(zip(learning_rates, regs, strict=False))
    results = searched(X_train, y_train, X_val, y_val, pairs, train)
    return results, best_of(results)


def arguments_exchanged(X_train, y_train, X_val, y_val, learning_rates, regs, train):
    def other(X, y, rate, reg):
        return train(X, y, reg, rate)

    return REFERENCE(X_train, y_train, X_val, y_val, learning_rates, regs, other)


class Course:
    """A training whose results are planned: a table of weights, and what it was asked.

    Rows are one-hot, so that row i of W alone decides the class of example i. The training rows are the
    first `count` coordinates, the validation rows the rest.
    """

    rates, regs = [0.5, 0.25, 2.0], [1e-3, 0.1]

    def __init__(self, train_right, val_right, rates=None, regs=None, count=4):
        self.rates, self.regs = rates or self.rates, regs or self.regs
        self.count, self.asked = count, []
        self.planned = dict(
            zip(grid(self.rates, self.regs), zip(train_right, val_right, strict=True), strict=True)
        )
        self.X_train, self.X_val = np.split(np.eye(2 * count), 2)  # (count, 2 * count) each
        self.y_train, self.y_val = np.arange(count) % 2, (np.arange(count) // 2) % 2

    def __call__(self, X, y, learning_rate, reg):
        """Return weights that have as many rows right as is planned for the pair."""
        self.asked.append((np.asarray(X, float), np.asarray(y), learning_rate, reg))
        planned = self.planned.get((learning_rate, reg), (0, 0))
        labels = np.concatenate([self.y_train, self.y_val])
        rank = np.tile(np.arange(self.count), 2)  # the first of each half are right
        good = rank < np.repeat(planned, self.count)
        return np.eye(2)[np.where(good, labels, 1 - labels)]  # (2 * count, 2)

    def fresh(self):
        """The same, asked nothing yet."""
        train_right, val_right = zip(*self.planned.values(), strict=True)
        return Course(train_right, val_right, self.rates, self.regs, self.count)

    @property
    def arguments(self):
        """What to call the search with."""
        data = (self.X_train.copy(), self.y_train.copy(), self.X_val.copy(), self.y_val.copy())
        return (*data, list(self.rates), list(self.regs), self)

    @property
    def results(self):
        """What it should return first."""
        return {pair: (a / self.count, b / self.count) for pair, (a, b) in self.planned.items()}


# Best by validation: one in the middle, with others best by training, last, lowest; then ties.
COURSES = [
    Course([1, 4, 2, 0, 3, 2], [2, 1, 4, 0, 3, 1]),
    Course([3, 2, 1, 2, 4, 0], [1, 3, 2, 3, 0, 1]),
]


def found(f, course):
    """The dict and the best pair, as far as they can be read, and the course with what it was asked."""
    course = course.fresh()
    results, best = spies.of_two(f(*course.arguments).value)
    return course, table(results), best


def table(results):
    """The results with pairs of numbers as keys and values, or None."""
    if not isinstance(results, dict):
        return None
    read = {}
    for key, value in results.items():
        pair, accuracies = spies.numbers(key), spies.numbers(value)
        if pair is None or accuracies is None or pair.shape != (2,) or accuracies.shape != (2,):
            return None
        read[tuple(pair.tolist())] = tuple(accuracies.tolist())
    return read


def as_pair(best):
    """The best pair as two numbers, or None."""
    pair = spies.numbers(best)
    return tuple(pair.tolist()) if pair is not None and pair.shape == (2,) else None


def choice(f):
    """By which rule pairs were chosen in all courses, as far as the results that were found tell."""
    names, fits = [], []
    for planned in COURSES:
        course, results, best = found(f, planned)
        pair = as_pair(best)
        if not results or len({on_val for _, on_val in results.values()}) == 1:
            return [({}, {})]
        if pair is None and isinstance(best, np.ndarray) and best.ndim == 2:
            names.append("no pair but weights")
        elif pair is None and spies.answers.number(best) is not None:
            names.append("no pair but a number")
        elif pair is None:
            return [({}, {})]
        tables = [results]  # where they are not the right ones, either will do
        if results.keys() <= course.results.keys():
            tables.append({key: course.results[key] for key in results})
        fits.append({name for name, rule in RULES.items() if any(rule(each) == pair for each in tables)})
    rules = [name for name in RULES if all(name in each for each in fits)]
    word = [*names, *rules, "another"][0]
    return [({}, {"the best": word})]


def last_of(results, pair):
    """The last pair as good as this one on the validation rows."""
    return [each for each in results if results[each][1] == results[pair][1]][-1]


RULES = {
    "the first with the highest accuracy on validation rows": best_of,
    "the last of these": lambda results: last_of(results, best_of(results)),
    "the best on training rows": lambda results: best_of(results, 0),
    "the last pair": lambda results: list(results)[-1],
    "the worst": lambda results: min(results, key=lambda pair: results[pair][1]),
}


def accuracy(f):
    """What the results hold, beside what the weights that came from the training have right."""
    return [({}, held(*found(f, planned)[:2])) for planned in COURSES]


def held(course, results):
    """The word for the accuracies of one course."""
    if not results:
        return {}
    weights = {(rate, reg): course.planned.get((rate, reg), (0, 0)) for _, _, rate, reg in course.asked}
    N, due = course.count, []
    for rate, reg in results:
        counts = weights.get((rate, reg), weights.get((reg, rate)))
        if counts is None:
            return {}
        due.append(counts)
    given, (a, b) = np.array(list(results.values())), np.array(due).T
    rules = {
        "accuracies": (a / N, b / N),
        "errors": (1 - a / N, 1 - b / N),
        "counts": (a, b),
        "accuracies on training rows twice": (a / N, a / N),
    }
    words = [word for word, each in rules.items() if np.allclose(given, np.transpose(each))]
    return {"the results": words[0] if words else "others"}


def asked(course):
    """What the training was asked, as a word."""
    tried = [(rate, reg) for _, _, rate, reg in course.asked]
    rows = {len(X) for X, _, _, _ in course.asked}
    if rows == {2 * course.count}:
        return "all rows"
    if rows == {course.count} and all(np.array_equal(X, course.X_val) for X, _, _, _ in course.asked):
        return "validation rows"
    if rows != {course.count} or not all(np.array_equal(X, course.X_train) for X, _, _, _ in course.asked):
        return ""
    if tried == [(reg, rate) for rate, reg in course.planned]:
        return "exchanged"
    if tried == list(zip(course.rates, course.regs, strict=False)):
        return "in step"
    return "right" if sorted(tried) == sorted(course.planned) else ""


def training(f):
    """What the training was asked."""
    words = [asked(found(f, course)[0]) for course in COURSES]
    return [({}, {"trained on": word} if word else {}) for word in words]


GROUPS = [
    Group("choice", "the choice", choice),
    Group("accuracy", "the accuracies", accuracy),
    Group("training", "the training", training),
]
