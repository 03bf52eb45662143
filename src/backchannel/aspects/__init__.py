"""Aspects: how, when, where, how privately and on whose word a contact took place."""

from backchannel.aspects.base import ASPECTS, Aspect, Context, aspect

__all__ = ["ASPECTS", "Aspect", "Context", "aspect"]
