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
    rate, rho, v = settings(w, config)
    return w + rho * v - rate * dw, {"learning_rate": rate, "momentum": rho}


def old_velocity_kept(w, dw, config=None):
    rate, rho, v = settings(w, config)
    return w + rho * v - rate * dw, kept(config, rate, rho, v)


def settings_lost(w, dw, config=None):
    next_w, config = REFERENCE(w, dw, config)
    return next_w, {"velocity": config["velocity"]}


def config_demanded(w, dw, config=None):
    v = config["momentum"] * config.get("velocity", 0) - config["learning_rate"] * dw
    return w + v, {**config, "velocity": v}


def default_rate_wrong(w, dw, config=None):
    rate, rho, v = settings(w, config, rate=1e-3)
    v = rho * v - rate * dw
    return w + v, kept(config, rate, rho, v)


def weights_moved_in_place(w, dw, config=None):
    rate, rho, v = settings(w, config)
    v = rho * v - rate * dw
    w += v
    return w.copy(), kept(config, rate, rho, v)


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


def right_step(next_w, config):
    """Whether the weights went where they should."""
    return next_w is not None and np.allclose(next_w, REFERENCE(W, DW, config)[0])


def step(f):
    """The weights after one step, everything given."""
    seen = []
    for config in PROBES:
        next_w, _, _ = call(f, config)
        seen.append(({}, {} if next_w is None else {"the new w": next_w}))
    return seen


def memory(f):
    """What comes back for the next call, after a right step."""
    return [({}, remembered(*call(f, config)[:2], config)) for config in PROBES]


def remembered(next_w, after, config):
    """What the dict that came back holds."""
    if after is None or not right_step(next_w, config):
        return {}
    velocity = spies.array(after.get("velocity"), W.shape)
    if velocity is None:
        word = "missing"
    else:
        new = np.allclose(velocity, next_w - W)
        word = "new" if new else "old" if np.allclose(velocity, config["velocity"]) else ""
    complete = all(after.get(name) == config[name] for name in ("learning_rate", "momentum"))
    seen = {"settings": "there" if complete else "lost"}
    return seen | ({"velocity": word} if word else {})


def defaults(f):
    """What is done without settings, by an answer whose step is right with them."""
    next_w, _, _ = call(f, PROBES[0])
    if not right_step(next_w, PROBES[0]):
        return [({}, {})]
    first, _, exchange = call(f, None)
    if exchange.failed:
        return [({}, {"without a config": "it crashes"})]
    if first is None:
        return [({}, {})]
    rate = float(np.median((W - first) / DW))
    return [
        (
            {},
            {
                "without a config": f"rate {rate:.3g}"
                if np.allclose(W - first, rate * DW)
                else "no plain step"
            },
        )
    ]


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
