"""What is written on the board for a single gate: nudge an input, and see how far the loss moves."""

from lintutor.autograder import catalogue

problems = catalogue.beside(__file__, "problems")
NUDGE = 0.01


def nudges(gate, names, sign):
    """Return a board that nudges each input of a gate of numbers.

    Parameters
    ----------
    gate : callable
        What the gate computes from its inputs.
    names : tuple of str
        Of the inputs.
    sign : str
        How the gate is written: ``"x * y"``.
    """

    def board(case, due, given):
        values = {name: float(case.given[name]) for name in names}
        dout, before = float(case.given["dout"]), float(gate(*values.values()))
        say = problems.say
        lines = [", ".join(f"{name} = {say(value)}" for name, value in values.items())]
        lines[0] += f", dout = {say(dout)}: {sign} = {say(before)}"
        for name in names:
            after = float(gate(*{**values, name: values[name] + NUDGE}.values()))
            lines.append(
                f"raise {name} by {NUDGE}: {sign} moves by {say(after - before)}, "
                f"the loss {say(dout)} times as far, by {say(dout * (after - before))}"
            )
        return "\n".join(lines)

    return board
