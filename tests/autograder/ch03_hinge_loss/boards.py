"""The arithmetic of one problem of the hinge loss, by hand."""

import numpy as np

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
say, paren, inline = problems.say, problems.paren, problems.inline


def by_hand(case, answer, what, power=1):
    """Write `case` out as a teacher would on the board, then the expected beside the answered.

    Parameters
    ----------
    case : Problem
    answer : Answer
    what : str
        ``"loss"``, ``"dW"`` or both, as they are to be compared.
    power : int
        1 for the hinge, 2 for its square.
    """
    lines = [f"W = {inline(case.W)}   X = {inline(case.X)}   y = {inline(case.y)}   reg = {case.reg:g}"]
    sums, coefficients = [], []
    for i, (row, label) in enumerate(zip(case.X @ case.W, case.y, strict=True)):
        lines.append(f"example {i}: scores {inline(row)}, true class {label} (score {say(row[label])})")
        terms, margins = margins_by_hand(row, label, power=power)
        lines += [f"    {term}" for term in terms]
        sums.append(np.sum(margins**power))
        times = power * margins ** (power - 1) * (margins > 0)
        times[label] = -times.sum()
        coefficients.append(times)
        if "dW" in what:
            lines.append(f"    x enters the columns of dW {inline(times)} times")
    total = " + ".join(say(s) for s in sums)
    loss, dW = np.mean(sums), case.X.T @ np.array(coefficients) / len(sums) + 2 * case.reg * case.W
    lines.append(f"data loss: {f'({total})' if len(sums) > 1 else total} / {len(sums)} = {say(loss)}")
    if case.reg:
        penalty = case.reg * np.sum(case.W**2)
        lines.append(f"penalty: {case.reg:g} * {say(np.sum(case.W**2))} = {say(penalty)}")
        loss += penalty
    if "loss" in what:
        lines.append(f"loss  expected {say(loss)}, yours {say(answer.loss)}")
    if "dW" in what:
        lines.append(f"dW    expected {inline(dW)}")
        lines.append(f"         yours {inline(answer.dW)}")
    return "\n".join(lines)


def margins_by_hand(scores, label, delta=1.0, power=1):
    """Write one row's margins out, a line a wrong class; return the lines and the margins, 0 at the label."""
    margins = np.maximum(0.0, scores - scores[label] + delta)
    margins[label] = 0
    square = "" if power == 1 else f"^{power}"
    lines = [
        f"class {j}: max(0, {say(s)} - {paren(scores[label])} + {say(delta)}){square} "
        f"= {say(margins[j] ** power)}"
        for j, s in enumerate(scores)
        if j != label
    ]
    return lines, margins
