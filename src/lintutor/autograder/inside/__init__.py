"""What runs in the worker, beside the learner's code: the standard library and numpy alone."""
