"""The mistakes of a step with momentum as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

spies = catalogue.beside(__file__, "spies")
problems = catalogue.beside(__file__, "problems")


def settings(w, config, rate=1e-2):
    """Learning rate, momentum, velocity."""
    config = config or {}
    velocity = config.get("velocity", np.zeros_like(w))
    return config.get("learning_rate", rate), config.get("momentum", 0.9), velocity


def kept(config, rate, rho, v):
    """The dict for the next call."""
    return {**(config or {}), "learning_rate": rate, "momentum": rho, "velocity": v}


def REFERENCE(w, dw, config=None):
    """The right answer."""
    rate, rho, v = settings(w, config)
    v = rho * v - rate * dw
    return w + v, kept(config, rate, rho, v)


def no_momentum(w, dw, config=None):
    rate, rho, v = settings(w, config)
    return w - rate * dw, kept(config, rate, rho, v)


def velocity_subtracted(w, dw, config=None):
    rate, rho, v = settings(w, config)
    v = rho * v - rate * dw
    return w - v, kept(config, rate, rho, v)


def velocity_uphill(w, dw, config=None):
    rate, rho, v = settings(w, config)
    v = rho * v + rate * dw
    return w - v, kept(config, rate, rho, v)


def push_damped(w, dw, config=None):
    rate, rho, v = settings(w, config)
    v = rho * v - (1 - rho) * rate * dw
    return w + v, kept(config, rate, rho, v)


def rate_outside(w, dw, config=None):
    rate, rho, v = settings(w, config)
    v = rho * v + dw
    return w - rate * v, kept(config, rate, rho, v)


def step_looks_ahead(w, dw, config=None):
    rate, rho, v = settings(w, config)
    v = rho * v - rate * dw
    return w + rho * v - rate * dw, kept(config, rate, rho, v)


def gradient_added(w, dw, config=None):
    rate, rho, v = settings(w, config)
    v = rho * v + rate * dw
    return w + v, kept(config, rate, rho, v)


def velocity_not_kept(w, dw, config=None):
    next_w, after = REFERENCE(w, dw, config)
    return next_w, {name: value for name, value in after.items() if name != "velocity"}


def old_velocity_kept(w, dw, config=None):
    next_w, after = REFERENCE(w, dw, config)
    return next_w, {**after, "velocity": settings(w, config)[2]}


def settings_lost(w, dw, config=None):
    next_w, after = REFERENCE(w, dw, config)
    return next_w, {name: value for name, value in after.items() if name == "velocity"}


def config_demanded(w, dw, config=None):
    given = config["learning_rate"], config["momentum"]
    return REFERENCE(w, dw, {**config, "learning_rate": given[0], "momentum": given[1]})


def default_rate_wrong(w, dw, config=None):
    return REFERENCE(w, dw, {"learning_rate": 1e-3, **(config or {})})


def weights_moved_in_place(w, dw, config=None):
    next_w, after = REFERENCE(w, dw, config)
    w[...] = next_w  # as w += v does
    return next_w, after


W = np.array([[0.3, -1.2, 2.0], [1.5, 0.7, -0.4]])
DW = np.array([[1.0, 0.5, -2.0], [0.25, -1.5, 3.0]])
V = np.array([[-0.5, 0.25, 1.0], [0.75, -1.0, 0.125]])
PROBES = [
    {"learning_rate": 0.25, "momentum": 0.5, "velocity": V},
    {"learning_rate": 0.1, "momentum": 0.9, "velocity": -2 * V},
    {"learning_rate": 1.5, "momentum": 0.25, "velocity": V**2},
]


def call(f, config):
    """The weights of one step and the dict that came back, as far as they can be read; and the exchange."""
    own = (
        None
        if config is None
        else {k: np.array(v) if isinstance(v, np.ndarray) else v for k, v in config.items()}
    )
    exchange = f(W, DW, own)
    next_w, after = spies.of_two(exchange.value)
    return spies.array(next_w, W.shape), after if isinstance(after, dict) else None, exchange


def step(f):
    """The weights after one step, everything given."""
    seen = []
    for config in PROBES:
        next_w, _, _ = call(f, config)
        seen.append(({}, {} if next_w is None else {"the new w": next_w}))
    return seen


def memory(f):
    """What comes back for the next call."""
    return [({}, remembered(*call(f, config)[:2], config)) for config in PROBES]


def remembered(next_w, after, config):
    """What the dict that came back holds; no word for a velocity that the step itself did not use."""
    if after is None:
        return {}
    complete = all(after.get(name) == config[name] for name in ("learning_rate", "momentum"))
    seen = {"settings": "there" if complete else "lost"}
    if next_w is None or np.allclose(next_w, W - config["learning_rate"] * DW):
        return seen
    velocity = spies.array(after.get("velocity"), W.shape)
    old = velocity is not None and np.allclose(velocity, config["velocity"])
    return seen | {"velocity": "missing" if velocity is None else "old" if old else "new"}


def defaults(f):
    """How long a step is without settings, beside one of the same answer with the settings named."""
    named = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(W)}
    full, _, _ = call(f, named)
    first, _, exchange = call(f, None)
    if full is None or np.allclose(full, W):
        return [({}, {})]
    if exchange.failed:
        return [({}, {"without a config": "it crashes"})]
    if first is None:
        return [({}, {})]
    share = float(np.median((first - W) / (full - W)))
    same = np.allclose(first - W, share * (full - W))
    return [({}, {"without a config": f"{share:.3g} of the step" if same else "another step"})]


def mutation(f):
    """Whether w and dw stay as they were."""
    seen = []
    for config in PROBES:
        exchange = call(f, config)[-1]
        seen.append(({}, spies.answers.kept(("w", "dw"), (W, DW), exchange.arguments[:2])))
    return seen


GROUPS = [
    Group("step", "the step", step),
    Group("memory", "what is kept", memory),
    Group("defaults", "the defaults", defaults),
    Group("mutation", "the arguments", mutation),
]
