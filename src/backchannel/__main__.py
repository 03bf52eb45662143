"""``python -m backchannel`` is the command ``backchannel``."""

from backchannel.cli import main

if __name__ == "__main__":
    main()
