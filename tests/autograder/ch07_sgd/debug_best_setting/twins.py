"""The mistakes in the search for a best setting: the two given ones, and what mending can make of them."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

spies = catalogue.beside(__file__, "spies")


def REFERENCE(evaluate, settings):
    """The right answer."""
    accuracies = [evaluate(setting) for setting in settings]
    at = accuracies.index(max(accuracies))
    return settings[at], accuracies[at]


def last_setting_returned(evaluate, settings):
    return settings[-1], REFERENCE(evaluate, settings)[1]


def last_setting_and_its_accuracy(evaluate, settings):
    accuracies = [evaluate(setting) for setting in settings]
    return settings[-1], accuracies[-1]


def compared_with_the_one_before(evaluate, settings):
    before, best = -1.0, None
    for setting in settings:
        accuracy = evaluate(setting)
        if accuracy > before:
            best = setting
        before = accuracy
    return best, before


def best_accuracy_never_raised(evaluate, settings):
    best = None
    for setting in settings:
        if evaluate(setting) > -1.0:
            best = setting
    return best, -1.0


def equal_replaces(evaluate, settings):
    accuracies = [evaluate(setting) for setting in settings]
    at = max(range(len(settings)), key=lambda i: (accuracies[i], i))
    return settings[at], accuracies[at]


# The best first, in the middle, last; a rise after the best; equals.
LISTS = [
    [0.5, 0.7, 0.6],
    [0.7, 0.5, 0.6],
    [0.1, 0.2, 0.3],
    [0.25],
    [0.4, 0.8, 0.2, 0.8, 0.3],
    [0.0, 0.0],
]


class Accuracies:
    """A planned row of accuracies for the settings 10, 20, ...; counts how often it was asked."""

    def __init__(self, accuracies):
        self.planned = {10.0 * number: accuracy for number, accuracy in enumerate(accuracies, 1)}
        self.asked = []

    def __call__(self, setting):
        """Return the accuracy of a setting."""
        self.asked.append(setting)
        return self.planned[float(setting)]


def found(f, accuracies):
    """What a search through these accuracies returns: a setting and an accuracy, None where unread."""
    planned = Accuracies(accuracies)
    value = f(planned, list(planned.planned))
    setting, accuracy = spies.of_two(getattr(value, "value", value))
    return spies.answers.number(setting), spies.answers.number(accuracy), planned


def choice(f):
    """Setting and accuracy, together as a word."""
    seen = []
    for accuracies in LISTS:
        setting, accuracy, _ = found(f, accuracies)
        readable = setting is not None and accuracy is not None
        seen.append(({}, {"found": f"{setting:g} with {accuracy:g}"} if readable else {}))
    return seen


GROUPS = [Group("choice", "the choice", choice)]
