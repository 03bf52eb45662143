"""One sitting at the desk: where the person stands in the queue, what was written, and how to take the last step back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from backchannel.records import Judgement
from backchannel.review.decisions import Decision, Writer

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _Step:
    """One key: at which item it was pressed, and what it wrote; the last is the decision, before it what it withdrew."""

    place: int
    written: tuple[Judgement, ...] = ()


@dataclass(slots=True)
class Session(Generic[Item]):
    """Begun with items, fed with decisions; every decision is in the store before ``decide`` returns."""

    items: Sequence[Item]
    writer: Writer
    place: int = 0
    _steps: list[_Step] = field(default_factory=list)

    def current(self) -> Item | None:
        """Give the item to be decided, ``None`` once all were seen."""
        return self.items[self.place] if self.place < len(self.items) else None

    def decide(self, decision: Decision, *, stays: bool = False) -> Judgement:
        """Write a decision and go on to the next item, or stay at this one for more."""
        before = len(self.writer.known())
        made = self.writer.write(decision)
        self._steps.append(_Step(self.place, tuple(self.writer.known()[before:])))
        self.place += 0 if stays else 1
        return made

    def skip(self) -> None:
        """Leave this item as it is and go on."""
        self._steps.append(_Step(self.place))
        self.place += 1

    def back(self) -> Judgement | None:
        """Take the last step back and stand at its item again; give the judgement that was undone.

        Raises:
            IndexError: nothing was done yet.
        """
        step = self._steps.pop()
        self.place = step.place
        for one in step.written[::-1]:
            self.writer.undo(one.id)
        return step.written[-1] if step.written else None

    def is_fresh(self) -> bool:
        """True when there is no step to take back."""
        return not self._steps

    def decided(self) -> list[Judgement]:
        """Give what was written in this sitting and not taken back."""
        return [step.written[-1] for step in self._steps if step.written]
