"""The order of the work: documents are read, stored and merged; the only room that knows all others."""

from backchannel.pipeline.reading import Kit, load, read

__all__ = ["Kit", "load", "read"]
