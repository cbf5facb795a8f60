"""What the house needs: ``doctor``, ``stubs``, ``serve``."""

import sys
from typing import Annotated

import typer

from .front import WRONG, app


@app.command()
def stubs(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if a stub is out of date.")
    ] = False,
) -> None:
    """Cut the learner's stubs in exercises/ out of solutions/."""
    from lintutor.autograder.project import find_root
    from lintutor.autograder.stubs import stale_stubs, write_stubs

    root = find_root()
    if not check:
        for path in write_stubs(root):
            print(f"written: {path.relative_to(root)}")
    stale = stale_stubs(root)
    for path, problem in stale:
        print(f"lintutor: {path.relative_to(root)} {problem}; run `lintutor stubs`", file=sys.stderr)
    if stale:
        raise typer.Exit(WRONG)


@app.command()
def serve(port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8000) -> None:
    """Serve the built book on this machine only."""
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    from lintutor.autograder.project import ProjectError, find_root

    folder = find_root() / "_build" / "html"
    if not (folder / "index.html").is_file():
        raise ProjectError(f"the book is not built: {folder}/index.html is missing; run `make book`")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise ProjectError(f"port {port} cannot be used: {error.strerror}; try --port 0") from None
    with server:
        print(f"The book: http://127.0.0.1:{server.server_port}/  (Ctrl-C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
