"""Attacks on a grader that believes what it is told: each beats `naive`, none may beat lintutor's.

An answer's ``f(x)`` should be twice x. Each source here is wrong; the attack succeeds if it is taken for
right, or if the grader does not live to say otherwise.
"""

from dataclasses import dataclass

SCORED = '{"score": 1}'


def exits_well(code, said, file):
    return code == 0


def says_so(code, said, file):
    return said.decode("utf-8", "replace").strip().endswith(SCORED)


def file_says_so(code, said, file):
    return file == SCORED


def is_gone(code, said, file):
    """It ended without a verdict: what it had still to grade is lost."""
    return b"score" not in said and code is not None


def hangs(code, said, file):
    return code is None


def is_flooded(code, said, file):
    return len(said) > 10**7


@dataclass(frozen=True)
class Attack:
    """One attack: the naive way that it beats, how one sees that it did, and what stops it in lintutor."""

    name: str
    source: str
    way: str
    beaten: object
    stopped_by: str


SEPARATE = "the answer runs in a process of its own, and only values come back"
BYTES = "values are rebuilt from bytes under a closed codec"
STRICT = "comparisons look at shape and finiteness first, on copies, with the expected value computed before"
DEADLINE = "every read has a deadline, and what does not answer is killed"

ATTACKS = [
    Attack("exit at import", "import os\nos._exit(0)", "equal", exits_well, SEPARATE),
    Attack("exit at import, politely", "import sys\nsys.exit(0)", "equal", exits_well, SEPARATE),
    Attack("exit in the call", "import os\ndef f(*a):\n    os._exit(0)", "equal", exits_well, SEPARATE),
    Attack("abort", "import os\ndef f(*a):\n    os.abort()", "equal", is_gone, SEPARATE),
    Attack(
        "kill itself",
        "import os, signal\ndef f(*a):\n    os.kill(os.getpid(), signal.SIGKILL)",
        "equal",
        is_gone,
        SEPARATE,
    ),
    Attack(
        "have the last word at exit",
        "import atexit, os\natexit.register(os._exit, 0)\ndef f(*a):\n    return 0",
        "equal",
        exits_well,
        SEPARATE,
    ),
    Attack(
        "print a verdict and exit",
        "import os\nos.write(1, b'{\"score\": 1}\\n')\nos._exit(0)",
        "equal",
        says_so,
        SEPARATE,
    ),
    Attack(
        "write a results file and exit",
        "import os\nwith open('results.json', 'w') as file:\n    file.write('{\"score\": 1}')\nos._exit(0)",
        "equal",
        file_says_so,
        SEPARATE,
    ),
    Attack(
        "patch numpy",
        "import numpy as np\nnp.allclose = np.array_equal = np.all = lambda *a, **k: True\n"
        "def f(*a):\n    return 0.0",
        "close",
        says_so,
        SEPARATE,
    ),
    Attack(
        "patch pytest",
        """
        try:
            import pytest
            class Anything:
                def __eq__(self, other): return True
            pytest.approx = lambda *a, **k: Anything()
        except ImportError:
            pass
        import numpy as np
        def f(*a):
            return np.zeros(3)
        """,
        "approx",
        says_so,
        SEPARATE,
    ),
    Attack(
        "patch json",
        "import json\njson.dumps = lambda *a, **k: '{\"score\": 1}'\ndef f(*a):\n    return 0",
        "equal",
        file_says_so,
        SEPARATE,
    ),
    Attack(
        "patch the builtins",
        "import builtins\nbuiltins.all = lambda *a: True\ndef f(*a):\n    return [0, 0, 0]",
        "by_hand",
        says_so,
        SEPARATE,
    ),
    Attack(
        "walk the frames to the expected value",
        """
        import sys
        def f(*a):
            frame = sys._getframe()
            while frame:
                if "expected" in frame.f_locals:
                    return frame.f_locals["expected"]
                frame = frame.f_back
            return 0
        """,
        "equal",
        says_so,
        SEPARATE,
    ),
    Attack(
        "call the grader's own reference, found in a frame",
        """
        import sys
        def f(*a):
            frame = sys._getframe()
            while frame:
                for name in ("reference", "svm_loss_vectorized", "REFERENCE"):
                    if name in frame.f_globals and frame.f_globals is not globals():
                        return frame.f_globals[name](*a)
                frame = frame.f_back
            return 0
        """,
        "equal",
        says_so,
        SEPARATE,
    ),
    Attack(
        "search all objects for the expected value",
        """
        import gc
        import numpy as np
        def f(*a):
            for found in gc.get_objects():
                if isinstance(found, dict) and callable(found.get("reference")):
                    return found["reference"](*a)
            return 0
        """,
        "equal",
        says_so,
        SEPARATE,
    ),
    Attack(
        "return an object that equals everything",
        "class Agrees:\n    def __eq__(self, other): return True\ndef f(*a):\n    return Agrees()",
        "equal",
        says_so,
        BYTES,
    ),
    Attack(
        "return an array whose comparisons agree",
        """
        import numpy as np
        class Agrees(np.ndarray):
            def __eq__(self, other): return np.ones(3, bool)
        def f(*a):
            return np.zeros(3).view(Agrees)
        """,
        "equal",
        says_so,
        BYTES,
    ),
    Attack(
        "return an array that takes over numpy's functions",
        """
        import numpy as np
        class Agrees(np.ndarray):
            def __array_function__(self, *a, **k): return True
            def __array_ufunc__(self, *a, **k): return np.ones(3, bool)
        def f(*a):
            return np.zeros(3).view(Agrees)
        """,
        "close",
        says_so,
        BYTES,
    ),
    Attack(
        "become whatever array is asked for",
        """
        import sys
        import numpy as np
        class Chameleon:
            def __array__(self, *a, **k):
                frame = sys._getframe()
                while frame:
                    if "expected" in frame.f_locals:
                        return np.array(frame.f_locals["expected"])
                    frame = frame.f_back
                return np.zeros(3)
        def f(*a):
            return Chameleon()
        """,
        "close",
        says_so,
        BYTES,
    ),
    Attack(
        "return a number that is near everything",
        """
        class Near(float):
            def __sub__(self, other): return 0.0
            def __rsub__(self, other): return 0.0
        def f(*a):
            return Near(1e9)
        """,
        "one_number",
        says_so,
        BYTES,
    ),
    Attack("let a number pass for an array", "def f(*a):\n    return 0.0", "zeros", says_so, STRICT),
    Attack(
        "let NaN pass for anything",
        "import numpy as np\ndef f(x, *a):\n    return np.full(np.shape(x), np.nan)",
        "not_far",
        says_so,
        STRICT,
    ),
    Attack(
        "change the input until the answer is right",
        "import numpy as np\ndef f(x, *a):\n    x[...] = 0\n    return np.zeros(3)",
        "expected_afterwards",
        says_so,
        SEPARATE,
    ),
    Attack(
        "change earlier inputs in a later call",
        """
        import numpy as np
        seen = []
        def f(x, *a):
            seen.append(x)
            for each in seen:
                each[...] = 0
            return np.zeros(3)
        """,
        "all_at_the_end",
        says_so,
        SEPARATE,
    ),
    Attack(
        "have the grader unpickle a call",
        """
        import os
        class Gadget:
            def __reduce__(self):
                return os._exit, (0,)
        def f(*a):
            return Gadget()
        """,
        "through_pickle",
        exits_well,
        BYTES,
    ),
    Attack(
        "have the grader revive a call from JSON",
        "def f(*a):\n    return {'class': 'os._exit', 'arguments': [0]}",
        "through_json",
        exits_well,
        BYTES,
    ),
    Attack(
        "have the grader evaluate a text",
        """
        class Text:
            def __repr__(self): return "__import__('os')._exit(0)"
        def f(*a):
            return Text()
        """,
        "through_text",
        exits_well,
        BYTES,
    ),
    Attack(
        "swallow the timeout",
        """
        def f(*a):
            while True:
                try:
                    while True: sum(range(100))
                except BaseException:
                    pass
        """,
        "with_a_timeout",
        hangs,
        DEADLINE,
    ),
    Attack(
        "switch the alarm off",
        """
        import signal
        def f(*a):
            signal.alarm(0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            while True: pass
        """,
        "with_a_timeout",
        hangs,
        DEADLINE,
    ),
    Attack(
        "loop while an error is told",
        """
        class Endless(Exception):
            def __str__(self):
                while True: pass
        def f(*a):
            raise Endless
        """,
        "equal",
        hangs,
        DEADLINE,
    ),
    Attack(
        "guess the inputs from the usual seeds",
        """
        import numpy as np
        def f(x, *a):
            for seed in range(100):
                guess = np.random.default_rng(seed).integers(1, 9, size=3).astype(float)
                if np.array_equal(guess, x):
                    return 2 * guess
            return np.zeros(3)
        """,
        "equal",
        says_so,
        "inputs are drawn from a secret",
    ),
    Attack(
        "flood the output",
        """
        import os
        def f(*a):
            for _ in range(15):
                os.write(1, b"x" * 10**6)
                print("x" * 10**6)
            return 0
        """,
        "equal",
        is_flooded,
        "what is printed is bounded, and the worker's descriptors lead nowhere",
    ),
]
