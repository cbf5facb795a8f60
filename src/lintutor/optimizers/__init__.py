"""Optimizers: ways to walk downhill, from guessing to momentum.

- :mod:`lintutor.optimizers.search`: random search and random local search, which need no gradient.
- :mod:`lintutor.optimizers.batches`: minibatches, drawn or dealt out epoch by epoch.
- :mod:`lintutor.optimizers.rules`: what one step does with a gradient: plain, momentum, Nesterov.
- :mod:`lintutor.optimizers.schedules`: learning rates that change with the step.
- :mod:`lintutor.optimizers.descent`: gradient descent and minibatch SGD.
- :mod:`lintutor.optimizers.stopping`: when to stop.

Book: search in chapter 6, "Gradients"; the rest in chapter 7, "SGD".
"""

from lintutor.optimizers.batches import epoch_batches, sample_batch
from lintutor.optimizers.descent import gradient_descent, sgd
from lintutor.optimizers.rules import sgd_momentum, sgd_nesterov, sgd_plain
from lintutor.optimizers.schedules import (
    constant_rate,
    cosine_decay,
    exponential_decay,
    inverse_decay,
    step_decay,
)
from lintutor.optimizers.search import random_local_search, random_search
from lintutor.optimizers.stopping import Validation, any_of, gradient_norm_below, loss_below

__all__ = [
    "Validation",
    "any_of",
    "constant_rate",
    "cosine_decay",
    "epoch_batches",
    "exponential_decay",
    "gradient_descent",
    "gradient_norm_below",
    "inverse_decay",
    "loss_below",
    "random_local_search",
    "random_search",
    "sample_batch",
    "sgd",
    "sgd_momentum",
    "sgd_nesterov",
    "sgd_plain",
    "step_decay",
]
