"""A session with values: build a graph, walk back, and say what stands in it."""

GATES = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, k: a**k,
    "negate": lambda a: -a,
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "relu": lambda a: a.relu(),
    "sigmoid": lambda a: a.sigmoid(),
}


def session(make, inputs, program, walks=1):
    """Return the data of the last value and the gradients of the inputs.

    A step of the program is the name of a gate and what it is given: the number of a value as an int, inputs
    first, or a plain number as a float.
    """
    values = [make(each) for each in inputs]
    for name, *given in program:
        values.append(GATES[name](*(values[at] if isinstance(at, int) else at for at in given)))
    for _ in range(walks):
        values[-1].backward()
    return values[-1].data, [value.grad for value in values[: len(inputs)]]
