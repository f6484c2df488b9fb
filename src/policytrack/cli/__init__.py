"""The command line: each command parses its arguments, calls one function and chooses an exit code.

Exit codes: 0 for done, 1 for findings that fail, 2 for a call that cannot be carried out. What a command needs is
imported when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policytrack.cli.commands import app
    from policytrack.cli.terminal import UsageFault

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; a call that cannot be carried out ends with its reason and code 2, without a traceback."""
    # One call and the process ends: looking for what can be thrown away takes a tenth of its time and finds nothing.
    gc.disable()
    try:
        _run()
    except BrokenPipeError:
        # Whoever read our output has seen enough; closing standard error keeps Python from complaining about it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        gc.enable()


def _refused(error: OSError) -> UsageFault:
    """Return what the system refused, as a fault of the call: which file or folder, where it says, and why."""
    from policytrack.cli.terminal import UsageFault

    if error.filename is None:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return UsageFault(f"the system refused: {error.strerror}", "make room, or write it elsewhere" if full else "")
    return UsageFault(f"{error.filename} cannot be used: {error.strerror}", "look at the path and its rights")


def _run() -> None:
    if sys.argv[1:] == ["--version"]:
        # Answered before the commands are imported, which takes longer than all the rest.
        from policytrack.cli.version import line

        sys.stdout.write(f"{line()}\n")
        return
    from policytrack.cli.commands import app
    from policytrack.cli.terminal import UsageFault, fail

    try:
        app()
    except UsageFault as fault:
        fail(fault)
    except BrokenPipeError:
        raise
    except OSError as error:
        # What no command foresaw: the disk, the rights, a name too long. Without a reason it is a fault of the program.
        if error.strerror is None:
            raise
        fail(_refused(error))


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what the name stands for
    """Import the commands when somebody asks for them."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from policytrack.cli.commands import app

    return app
