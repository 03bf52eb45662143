"""A share of cases that are right, for the scores that count them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many are right."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share in [0, 1]; 0 of none."""
        return self.right / self.of if self.of else 0.0
