"""Backchannel: who is talking to whom, about what, how privately, with what status, and on whose word."""

__version__ = "0.1.0"
