"""The grader: says not only that an answer is wrong but which mistake it is.

``codec`` and ``worker`` run beside the learner's code; ``channel`` talks to them; ``catalogue`` reads
what the exercises say of themselves; ``diagnosis`` names mistakes; ``plugin`` makes pytest the judge.
Nothing outside this folder, the command line and the book's directives knows of it.
"""
