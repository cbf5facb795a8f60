"""How hard Hypothesis looks: at the same examples in every run, at many fresh ones in an audit."""

import os

from hypothesis import settings

settings.register_profile("run", deadline=None, derandomize=True)
settings.register_profile("audit", deadline=None, max_examples=2000)
settings.load_profile("audit" if os.environ.get("LINTUTOR_AUDIT") else "run")
