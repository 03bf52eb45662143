"""Aspects: how, when, where, how privately and on whose word a contact took place."""

from backchannel.aspects.base import ASPECTS, Context, aspect

__all__ = ["ASPECTS", "Context", "aspect"]
