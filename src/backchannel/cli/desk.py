"""Sit at the desk: show one item after the other, ask for a key, write each decision before the next is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from backchannel.actors import ActorTable
from backchannel.cli.keys import QUIT, Asker, Pressed
from backchannel.cli.spread import Spread, drawn, said
from backchannel.errors import InputError
from backchannel.records import Claim, Document, Judgement
from backchannel.review import FIELDS, Decision, Item, Session, accepted, decided, hint, label, parsed, value
from backchannel.store import Store

PAIR_KEYS: Final = "[s]ame  [d]ifferent  [u]nsure  [r]eject one  [c]orrect one  [n]ext  [b]ack  [q]uit  [?]"
CLAIM_KEYS: Final = "[s]tands  [u]nsure  [r]eject  [c]orrect  [n]ext  [b]ack  [q]uit  [?]"
HELP: Final = """\
s  two claims: one and the same contact; one claim: it stands, the sentence tells of this contact
d  two claims: different contacts
u  unsure: cannot be told from the texts; merging goes on as before
r  reject: the sentence tells of no such contact; of two claims it asks which
c  correct a field; asks which, and for the value; the item stays, so that it can still be decided
n  next, nothing is decided (also the right arrow)
b  back: the last step is taken back and its item shown again (also the left arrow)
q  quit; what was decided is kept (also Ctrl-C and Ctrl-D)
A capital letter asks for your reason as well. Without a terminal each line of input is a key, and a reason after it."""


@dataclass(slots=True)
class Desk:
    """One sitting: what is asked of whom, and where it is shown; ``is_blind`` hides what was said before."""

    store: Store
    session: Session[Item]
    asker: Asker
    show: Callable[[RenderableType], None]
    turn: Callable[[], None]
    width: int
    actors: ActorTable
    is_blind: bool = False
    told: str = ""
    ended: bool = False
    _claims: dict[str, Claim] = field(default_factory=dict)

    def sit(self) -> None:
        """Ask until all is seen or the person leaves; an interruption is leaving."""
        try:
            while not self.ended and (item := self.session.current()) is not None:
                self._show(item)
                self._ask(item)
        except KeyboardInterrupt:
            self.told = "interrupted; what was decided is kept"

    def _show(self, item: Item) -> None:
        claims = {claim.id: claim for claim in self.store.claims(ids=item.claims)}
        documents = {one.id: one for one in self.store.documents({claim.document for claim in claims.values()})}
        known = self.session.writer.known()
        self._claims = claims
        self.turn()
        if self.told:
            self.show(Text(self.told, style="italic"))
            self.told = ""
        self.show(drawn(self._spread(item, documents, known), self.width))

    def _spread(self, item: Item, documents: dict[str, Document], known: list[Judgement]) -> Spread:
        before = [one for one in decided(known) if {one.target, one.other} - {None} <= set(item.claims)]
        return Spread(
            item=item,
            claims=[self._claims[name] for name in item.claims],
            documents=documents,
            place=f"{self.session.place + 1} of {len(self.session.items)}",
            said=() if self.is_blind else before,
        )

    def _ask(self, item: Item) -> None:
        """Take keys until one leads on."""
        keys = CLAIM_KEYS if item.kind == "claim" else PAIR_KEYS
        place, is_shown = self.session.place, True
        while is_shown and not self.ended:
            pressed = self.asker.key(keys)
            try:
                is_shown = self._press(item, pressed) and self.session.place == place
            except InputError as fault:
                self.show(Text(str(fault)))

    def _press(self, item: Item, pressed: Pressed) -> bool:
        """Do what a key asks; true when the item need not be shown again."""
        if pressed.key == QUIT:
            self.ended = True
        elif pressed.key == "n":
            self.session.skip()
        elif pressed.key == "b":
            self._back()
            return False
        elif pressed.key == "c":
            return not self._correct(item, pressed)
        elif pressed.key in ("s", "u", "r") or (pressed.key == "d" and item.kind != "claim"):
            self._decide(item, pressed)
        else:
            self.show(
                Text(HELP if pressed.key == "?" else f"no such key here: {pressed.key or 'Enter'}; ? explains all")
            )
        return True

    def _decide(self, item: Item, pressed: Pressed) -> None:
        one, rest = item.claims[0], pressed.rest
        if item.kind != "claim" and pressed.key == "r":
            number, rest = self._which(rest)
            if number is None:
                return
            one = item.claims[number]
        reason = self._reason(pressed, rest)
        other = item.claims[1] if item.kind != "claim" else None
        if pressed.key == "r":
            decision = Decision(kind="reject", target=one, reason=reason)
        elif pressed.key == "s" and other is None:
            decision = accepted(self._claims[one], reason)
        elif pressed.key == "u":
            decision = Decision(kind="unsure", target=one, other=other, reason=reason)
        else:
            decision = Decision(
                kind="same" if pressed.key == "s" else "different", target=one, other=other, reason=reason
            )
        self.told = f"written: {said(self.session.decide(decision))}"

    def _correct(self, item: Item, pressed: Pressed) -> bool:
        """Ask what is to be corrected and write it; true when something was."""
        number, rest = (0, pressed.rest) if item.kind == "claim" else self._which(pressed.rest)
        if number is None:
            return False
        claim = self._claims[item.claims[number]]
        name, _, typed = (rest or self.asker.line(f"which field? {', '.join(FIELDS)}:") or "").partition(" ")
        if not name:
            self.show(Text("nothing corrected"))
            return False
        name = _begun(name)
        has = label(name, value(claim, name))
        if not typed:
            self.show(Text(f"{name} is {has}; allowed: {hint(name)}", style="dim"))
            typed = self.asker.line(f"{name}:") or ""
        if not typed.strip():
            self.show(Text("nothing corrected"))
            return False
        made = Decision(kind="correct", target=claim.id, field=name, value=parsed(name, typed, actors=self.actors))
        self.told = f"written: {said(self.session.decide(made, stays=True))}"
        return True

    def _which(self, rest: str | None) -> tuple[int | None, str | None]:
        """Give which of two claims is meant, 0 or 1, and what else was on the line."""
        number, _, more = (rest or "").partition(" ")
        if number not in ("1", "2"):
            number, more = self.asker.key("which one, 1 or 2?").key, rest or ""
        if number not in ("1", "2"):
            self.show(Text("neither; nothing was written"))
            return None, None
        return int(number) - 1, more or None

    def _reason(self, pressed: Pressed, rest: str | None) -> str | None:
        if rest is None and pressed.is_capital:
            return self.asker.line("your reason:") or None
        return rest

    def _back(self) -> None:
        if self.session.is_fresh():
            self.told = "nothing to take back: this is where you began"
            return
        undone = self.session.back()
        self.told = "back" if undone is None else f"taken back: {said(undone)}"


def _begun(name: str) -> str:
    """The field that a name begins, where it begins one only."""
    found = [one for one in FIELDS if one.startswith(name)]
    return found[0] if len(found) == 1 else name
