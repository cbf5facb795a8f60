"""The arithmetic of softmax and cross-entropy by hand."""

import numpy as np

from lintutor import losses
from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
say, paren, inline = problems.say, problems.paren, problems.inline


def exponentials(row):
    """One row's exponentials and their sum, as lines; shifted by the maximum if they must be."""
    top = float(np.max(row)) if np.max(np.abs(row)) > 50 else 0.0
    powers = np.exp(row - top)
    lines = []
    if top:
        lines.append(f"subtract the largest, {say(top)}: {inline(row - top)}")
    terms = " + ".join(say(each) for each in powers)
    lines.append(f"exponentials {inline(powers)}, sum {terms} = {say(powers.sum())}")
    return lines, top, powers


def shares(case, value):
    """The shares of rows of scores."""
    lines = []
    for i, row in enumerate(case.values[0]):
        told, _, powers = exponentials(row)
        lines += [f"row {i}: scores {inline(row)}", *(f"    {line}" for line in told)]
        lines.append(f"    each over the sum: {inline(powers / powers.sum())}")
    return "\n".join(
        [*lines, f"expected {inline(losses.softmax(case.values[0]))}", f"   yours {inline(value)}"]
    )


def log_sums(case, value):
    """The logarithms of the sums of exponentials."""
    lines = []
    for i, row in enumerate(case.values[0]):
        told, top, powers = exponentials(row)
        added = f"{say(top)} + " if top else ""
        lines += [f"row {i}: scores {inline(row)}", *(f"    {line}" for line in told)]
        lines.append(f"    {added}log {say(powers.sum())} = {say(top + np.log(powers.sum()))}")
    right = np.atleast_1d(losses.log_sum_exp(case.values[0]))
    return "\n".join([*lines, f"expected {inline(right)}", f"   yours {inline(value)}"])


def example(row, label):
    """One example's cross-entropy, as lines, and its loss and shares."""
    told, top, powers = exponentials(row)
    p = powers / powers.sum()
    loss = np.log(powers.sum()) + top - row[label]
    added = f"{say(top)} + " if top else ""
    lines = [*told, f"loss: {added}log {say(powers.sum())} - {paren(row[label])} = {say(loss)}"]
    return lines, loss, p


def batch(case, answer, what):
    """A problem of a batch: losses and errors of every example, then expected beside answered."""
    lines = [f"W = {inline(case.W)}   X = {inline(case.X)}   y = {inline(case.y)}   reg = {case.reg:g}"]
    each, errors = [], []
    for i, (row, label) in enumerate(zip(case.X @ case.W, case.y, strict=True)):
        told, loss, p = example(row, label)
        lines.append(f"example {i}: scores {inline(row)}, true class {label} (score {say(row[label])})")
        lines += [f"    {line}" for line in told]
        error = p - (np.arange(len(p)) == label)
        each.append(loss)
        errors.append(error)
        if "dW" in what:
            lines.append(f"    shares {inline(p)}: x enters the columns of dW {inline(error)} times")
    total = " + ".join(say(loss) for loss in each)
    loss, dW = np.mean(each), case.X.T @ np.array(errors) / len(each) + 2 * case.reg * case.W
    lines.append(f"data loss: {f'({total})' if len(each) > 1 else total} / {len(each)} = {say(loss)}")
    if case.reg:
        penalty = case.reg * np.sum(case.W**2)
        lines.append(f"penalty: {case.reg:g} * {say(np.sum(case.W**2))} = {say(penalty)}")
        loss += penalty
    if "loss" in what:
        lines.append(f"loss  expected {say(loss)}, yours {say(answer.loss)}")
    if "dW" in what:
        lines += [f"dW    expected {inline(dW)}", f"         yours {inline(answer.dW)}"]
    return "\n".join(lines)
