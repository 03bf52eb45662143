"""Load the libraries of the extra ``analysis`` where they are used, and say how to get them where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from backchannel.errors import ModelError

MEND = "pip install 'backchannel[analysis]'"


def library(name: str) -> Any:
    """Give a library.

    Raises:
        ModelError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise ModelError(f"forecasts need {name.partition('.')[0]}, which is not installed; run: {MEND}") from None


def has_boosting() -> bool:
    """Whether LightGBM is there and loads: it also needs the system's libgomp."""
    try:
        import_module("lightgbm")
    except (ImportError, OSError):
        return False
    return True
