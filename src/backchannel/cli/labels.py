"""Ask at the desk for the labels of a sample's claims, one page a claim, and write them before the next is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from backchannel.actors import ActorTable
from backchannel.cli.keys import QUIT, Asker
from backchannel.cli.spread import page
from backchannel.errors import InputError
from backchannel.records import Claim
from backchannel.review import Writer, hint, label, parsed, value
from backchannel.review.labelling import decision, fields_of
from backchannel.review.precision import Label
from backchannel.store import Store

KEYS: Final = "[Enter] done  [1-9 0] mark a field  [r]eject  [u]nsure  [n]ext  [b]ack  [q]uit  [?]"
HELP: Final = """\
1 … 0  mark a field: first as wrong, then as one that cannot be told, then as right again
Enter  done: what is not marked is right; for each wrong field the right value is asked, empty where you don't know it
r      the sentence tells of no such contact: its fields are not asked
u      it cannot be told whether it does
n      next, nothing is labelled (also the right arrow)
b      back to the claim before (also the left arrow); new labels take the place of the old ones
q      quit; what was labelled is kept (also Ctrl-C and Ctrl-D)"""
_SIGNS: Final[Mapping[Label, str]] = {"right": "  right", "wrong": "✗ wrong", "cannot_tell": "? cannot tell"}
_NEXT: Final[Mapping[Label, Label]] = {"right": "wrong", "wrong": "cannot_tell", "cannot_tell": "right"}


@dataclass(slots=True)
class Page:
    """The labels of one claim while they are chosen; a field that is not marked is right."""

    claim: Claim
    marks: dict[str, Label] = field(default_factory=dict)

    def turn(self, key: str) -> bool:
        """Mark the field of a digit anew; false when there is none."""
        names = fields_of(self.claim)
        place = (int(key) - 1) % 10 if key.isdecimal() and len(key) == 1 else len(names)
        if place >= len(names):
            return False
        self.marks[names[place]] = _NEXT[self.marks.get(names[place], "right")]
        return True

    def drawn(self) -> RenderableType:
        """Give the fields with their digits, values and marks."""
        table = Table.grid(padding=(0, 2, 0, 0))
        for number, name in enumerate(fields_of(self.claim), 1):
            mark = _SIGNS[self.marks.get(name, "right")]
            table.add_row(str(number % 10), Text(name, style="dim"), label(name, value(self.claim, name)), mark)
        return table


@dataclass(slots=True)
class Labelling:
    """One sitting over the claims of a sample that are not labelled yet."""

    store: Store
    claims: Sequence[str]
    writer: Writer
    asker: Asker
    show: Callable[[RenderableType], None]
    turn: Callable[[], None]
    width: int
    actors: ActorTable

    def sit(self) -> bool:
        """Ask until all is labelled or the person leaves; false when it was interrupted."""
        place = 0
        try:
            while place < len(self.claims):
                step = self._ask(place)
                if step is None:
                    break
                place = max(0, place + step)
        except KeyboardInterrupt:
            return False
        return True

    def _ask(self, place: int) -> int | None:
        """Label one claim; give the step to the next, ``None`` when the person leaves."""
        claim = next(self.store.claims(ids=[self.claims[place]], as_read=True))
        head = Text(f"{place + 1} of {len(self.claims)}  Is it right?", style="bold")
        self.turn()
        self.show(Rule(head, align="left", style="dim"))
        self.show(page(claim, self.store.document(claim.document), self.width))
        chosen = Page(claim)
        while True:
            self.show(chosen.drawn())
            key = self.asker.key(KEYS).key
            if key in (QUIT, "n", "b"):
                return {"n": 1, "b": -1}.get(key)
            if key in ("r", "u"):
                self.writer.write(decision(claim, "claim", "wrong" if key == "r" else "cannot_tell"))
                return 1
            if key == "":
                self._write(chosen)
                return 1
            if not chosen.turn(key):
                self.show(Text(HELP if key == "?" else f"no such key here: {key}; ? explains all"))

    def _write(self, chosen: Page) -> None:
        """Ask for the right values, then write every label of the page, the claim as such last: it marks the page done."""
        marks = {name: chosen.marks.get(name, "right") for name in fields_of(chosen.claim)}
        right = {name: self._value(name) for name, mark in marks.items() if mark == "wrong"}
        for name, mark in marks.items():
            self.writer.write(decision(chosen.claim, name, mark, right.get(name)))
        self.writer.write(decision(chosen.claim, "claim", "right"))

    def _value(self, name: str) -> Any:
        """The right value of a field; ``None`` when the person does not know it."""
        self.show(Text(f"allowed: {hint(name)}", style="dim"))
        while True:
            typed = self.asker.line(f"{name}, the right value (empty: not known):")
            if not typed:
                return None
            try:
                return parsed(name, typed, actors=self.actors)
            except InputError as fault:
                self.show(Text(str(fault)))
