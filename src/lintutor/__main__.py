"""``python -m lintutor`` is the command ``lintutor``."""

from lintutor.cli import main

if __name__ == "__main__":
    main()
