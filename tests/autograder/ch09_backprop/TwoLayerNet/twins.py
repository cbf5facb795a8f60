"""The mistakes of a two-layer net as classes: wrong in one way and right otherwise."""

import numpy as np

from lintutor.autograder import catalogue

GROUPS = catalogue.beside(__file__, "probes").GROUPS


class REFERENCE:
    """The right answer."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),  # noqa: NPY002
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),  # noqa: NPY002
            "b2": np.zeros(output_size),
        }

    def forward(self, X):
        entering = X @ self.params["W1"] + self.params["b1"]
        active = np.maximum(0, entering)
        return active, active @ self.params["W2"] + self.params["b2"]

    def mask(self, active):
        return active > 0

    def data_term(self, X, y):
        rows = np.arange(len(X))
        active, scores = self.forward(X)
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        dscores = np.exp(log_p)
        dscores[rows, y] -= 1
        dscores = self.back_through_scores(dscores / len(X), scores)
        dhidden = dscores @ self.params["W2"].T * self.mask(active)
        grads = {
            "W1": X.T @ dhidden,
            "b1": dhidden.sum(axis=0),
            "W2": active.T @ dscores,
            "b2": dscores.sum(axis=0),
        }
        return -log_p[rows, y].mean(), grads

    def back_through_scores(self, dscores, scores):
        return dscores

    def penalty(self):
        W1, W2 = self.params["W1"], self.params["W2"]
        return np.sum(W1 * W1) + np.sum(W2 * W2), {"W1": 2 * W1, "W2": 2 * W2}

    def loss(self, X, y=None, reg=0.0):
        if y is None:
            return self.forward(X)[1]
        loss, grads = self.data_term(X, y)
        value, slopes = self.penalty()
        return loss + reg * value, {k: g + reg * slopes[k] if k in slopes else g for k, g in grads.items()}

    moving = ("W1", "b1", "W2", "b2")

    def decays(self, step, steps_a_pass):
        return step % steps_a_pass == 0

    def downhill(self, rate, gradient):
        return -rate * gradient

    def batch(self, X, y, size):
        rows = np.random.choice(len(X), size)  # noqa: NPY002
        return X[rows], y[rows]

    def told(self, before, X, y, reg):
        return before

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        history = []
        for step in range(1, num_iters + 1):
            rows = self.batch(X, y, batch_size)
            loss, grads = self.loss(*rows, reg)
            for name in self.moving:
                self.params[name] = self.params[name] + self.downhill(learning_rate, grads[name])
            history.append(float(self.told(loss, *rows, reg)))
            if self.decays(step, max(len(X) // batch_size, 1)):
                learning_rate = learning_rate * learning_rate_decay
        return {"loss_history": history}

    def predict(self, X):
        return self.loss(X).argmax(axis=1)


class relu_on_scores(REFERENCE):
    def forward(self, X):
        active, scores = super().forward(X)
        return active, np.maximum(0, scores)

    def back_through_scores(self, dscores, scores):
        return dscores * (scores > 0)


class relu_left_out(REFERENCE):
    def forward(self, X):
        active = X @ self.params["W1"] + self.params["b1"]
        return active, active @ self.params["W2"] + self.params["b2"]

    def mask(self, active):
        return np.ones_like(active)


class first_bias_dropped(REFERENCE):
    def forward(self, X):
        active = np.maximum(0, X @ self.params["W1"])
        return active, active @ self.params["W2"] + self.params["b2"]


class second_bias_dropped(REFERENCE):
    def forward(self, X):
        active = super().forward(X)[0]
        return active, active @ self.params["W2"]


class hidden_mask_missing(REFERENCE):
    def mask(self, active):
        return np.ones_like(active)


class net_loss_summed(REFERENCE):
    def data_term(self, X, y):
        loss, grads = super().data_term(X, y)
        return len(X) * loss, {name: len(X) * grad for name, grad in grads.items()}


class net_gradients_not_averaged(REFERENCE):
    def data_term(self, X, y):
        loss, grads = super().data_term(X, y)
        return loss, {name: len(X) * grad for name, grad in grads.items()}


class hidden_bias_forgotten(REFERENCE):
    def data_term(self, X, y):
        loss, grads = super().data_term(X, y)
        return loss, {**grads, "b1": 0 * grads["b1"]}


class biases_penalized(REFERENCE):
    def penalty(self):
        squares = sum(np.sum(each * each) for each in self.params.values())
        return squares, {name: 2 * each for name, each in self.params.items()}


class second_layer_spared(REFERENCE):
    def penalty(self):
        W1 = self.params["W1"]
        return np.sum(W1 * W1), {"W1": 2 * W1}


class second_layer_spared_in_loss(REFERENCE):
    def penalty(self):
        W1 = self.params["W1"]
        return np.sum(W1 * W1), super().penalty()[1]


class second_layer_spared_in_gradient(REFERENCE):
    def penalty(self):
        value, slopes = super().penalty()
        return value, {"W1": slopes["W1"]}


class penalty_missing_from_loss(REFERENCE):
    def penalty(self):
        return 0.0, super().penalty()[1]


class penalty_missing_from_gradient(REFERENCE):
    def penalty(self):
        return super().penalty()[0], {}


class penalty_gradient_scalar(REFERENCE):
    def penalty(self):
        value, slopes = super().penalty()
        return value, {name: np.full_like(slope, slope.sum()) for name, slope in slopes.items()}


class penalty_divided(REFERENCE):
    def loss(self, X, y=None, reg=0.0):
        return super().loss(X, y, reg / len(X))


class half_penalty(REFERENCE):
    def penalty(self):
        value, slopes = super().penalty()
        return value / 2, {name: slope / 2 for name, slope in slopes.items()}


class penalty_gradient_halved(REFERENCE):
    def penalty(self):
        value, slopes = super().penalty()
        return value, {name: slope / 2 for name, slope in slopes.items()}


class penalty_missing(REFERENCE):
    def penalty(self):
        return 0.0, {}


class biases_as_rows(REFERENCE):
    def loss(self, X, y=None, reg=0.0):
        found = super().loss(X, y, reg)
        if y is not None:
            found[1].update({name: found[1][name][None, :] for name in ("b1", "b2")})
        return found


class net_weights_changed(REFERENCE):
    def loss(self, X, y=None, reg=0.0):
        found = super().loss(X, y, reg)
        if y is not None:
            W1 = self.params["W1"]
            W1 *= 2  # not a copy
        return found


class net_examples_changed(REFERENCE):
    def loss(self, X, y=None, reg=0.0):
        found = super().loss(X, y, reg)
        if y is not None:
            X -= X.mean(axis=0) + 1  # not a copy
        return found


class net_overflows(REFERENCE):
    def data_term(self, X, y):
        loss, grads = super().data_term(X, y)
        with np.errstate(all="ignore"):
            total = np.exp(self.forward(X)[1]).sum(axis=1)
            lost = 0 * total.sum() * np.log(total).sum()  # NaN where exp is inf, or all of a row 0
        return loss + lost, {name: grad + lost for name, grad in grads.items()}


class std_ignored(REFERENCE):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        super().__init__(input_size, hidden_size, output_size, 1.0)


class weights_start_at_zero(REFERENCE):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        super().__init__(input_size, hidden_size, output_size, 0.0)


class weights_start_positive(REFERENCE):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        super().__init__(input_size, hidden_size, output_size, std)
        self.params.update({name: abs(self.params[name]) for name in ("W1", "W2")})


class biases_start_as_rows(REFERENCE):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        super().__init__(input_size, hidden_size, output_size, std)
        self.params.update({name: self.params[name][None, :] for name in ("b1", "b2")})


class steps_uphill(REFERENCE):
    def downhill(self, rate, gradient):
        return rate * gradient


class rate_left_out(REFERENCE):
    def downhill(self, rate, gradient):
        return -gradient


class biases_frozen(REFERENCE):
    moving = ("W1", "W2")


class rate_never_decays(REFERENCE):
    def decays(self, step, steps_a_pass):
        return False


class rate_decays_too_early(REFERENCE):
    def decays(self, step, steps_a_pass):
        return (step - 1) % steps_a_pass == 0


class rate_decays_every_step(REFERENCE):
    def decays(self, step, steps_a_pass):
        return True


class loss_told_after_the_step(REFERENCE):
    def told(self, before, X, y, reg):
        return self.loss(X, y, reg)[0]


class reg_left_out_of_training(REFERENCE):
    def train(self, *args, **settings):
        return super().train(*args, **{**settings, "reg": 0.0})


class batch_refused(REFERENCE):
    def batch(self, X, y, size):
        rows = np.random.choice(len(X), size, replace=False)  # noqa: NPY002
        return X[rows], y[rows]


class same_batch_again(REFERENCE):
    def batch(self, X, y, size):
        np.random.seed(0)  # noqa: NPY002
        return super().batch(X, y, size)


class first_rows_always(REFERENCE):
    def batch(self, X, y, size):
        return X[:size], y[:size]


class labels_of_other_rows(REFERENCE):
    def batch(self, X, y, size):
        rows = np.random.choice(len(X), size)  # noqa: NPY002
        return X[rows], y[np.random.choice(len(X), size)]  # noqa: NPY002


class trained_on_all(REFERENCE):
    def batch(self, X, y, size):
        return X, y


class scores_for_classes(REFERENCE):
    def predict(self, X):
        return self.loss(X).max(axis=1)


class best_row_for_each_class(REFERENCE):
    def predict(self, X):
        return self.loss(X).argmax(axis=0)


class lowest_score_predicted(REFERENCE):
    def predict(self, X):
        return self.loss(X).argmin(axis=1)
