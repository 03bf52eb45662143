"""The command line: questions and orders come in, answers go to stdout and everything else to stderr."""

from __future__ import annotations

import sys

from backchannel.errors import BackchannelError


def main() -> None:
    """Run the command that was typed; what a user can mend ends with a message and 1, never with a traceback."""
    from backchannel.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        app()
    except BackchannelError as fault:
        print(f"backchannel: {fault}", file=sys.stderr)
        sys.exit(1)
