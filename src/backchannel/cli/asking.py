"""Questions about conversations: ``conversations`` and ``show``; what other questions of them share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from backchannel.cli.options import Actor, Issue, Json, Pair, Since, StorePath, Until, bounds, examples, one_of, opened
from backchannel.cli.output import emit, is_tight, lines, note, nothing
from backchannel.cli.settings import value_of
from backchannel.records import Privacy, Status

if TYPE_CHECKING:
    from backchannel.analysis.questions import Asked
    from backchannel.records import Conversation
    from backchannel.store import Store

LIST = examples(
    "backchannel conversations --pair USA China --privacy secret --since 2023",
    "what was kept secret between two parties",
    "backchannel conversations --person 'Llewellyn Thompson' --with-embassy 'Soviet Union' --by channel",
    "how somebody dealt with an embassy",
)
SHOW = examples(
    "backchannel show k_00d071",
    "the card of a conversation; the beginning of its id will do",
    "backchannel show k_00d071 --json",
    "the conversation with its claims and their documents",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("conversations", epilog=LIST)(conversations)
    app.command("show", epilog=SHOW)(show)


def conversations(
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    person: Annotated[
        str | None, typer.Option(help="Somebody in it: a full name, a surname or another word of it, or our id.")
    ] = None,
    with_embassy: Annotated[
        str | None, typer.Option("--with-embassy", metavar="A", help="Somebody of this actor's embassy is named in it.")
    ] = None,
    since: Since = None,
    until: Until = None,
    privacy: Annotated[list[str] | None, one_of(Privacy, "How privately; may be given again.")] = None,
    status: Annotated[list[str] | None, one_of(Status, "What became of it; may be given again.")] = None,
    text: Annotated[str | None, typer.Option(help='Words and "quoted phrases" in one of its sentences.')] = None,
    minimum_independent: Annotated[
        int | None, typer.Option("--minimum-independent", min=1, help="On at least so many independent words.")
    ] = None,
    disputed: Annotated[
        bool | None, typer.Option("--disputed/--undisputed", help="Whether tellers exclude each other.")
    ] = None,
    attested_only: Annotated[
        bool, typer.Option("--attested-only", help="Known by mention alone: no record of it is in the store.")
    ] = False,
    unknown_to: Annotated[
        str | None, typer.Option("--unknown-to", metavar="WHOM", help="Kept from this institution, actor or person.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="At most so many; 0 for all. Default 20, in JSON all.")
    ] = None,
    order: Annotated[
        Literal["when", "newest", "reported", "independent", "score", "id"],
        typer.Option(help="What they are sorted by."),
    ] = "when",
    by: Annotated[
        Literal["channel", "form", "privacy", "status", "year", "party"] | None,
        typer.Option("--by", help="Count them by this instead of listing them."),
    ] = None,
    cite: Annotated[bool, typer.Option("--cite", help="Each with its quotations and a citation of each.")] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """List conversations, or count them."""
    from backchannel.analysis.questions import Asked
    from backchannel.cli.people import cited, counted

    bounds(since, until)
    asked = Asked(
        actors=_actors(pair, actor),
        issue=issue,
        person=person,
        embassy=with_embassy,
        since=since,
        until=until,
        privacy=tuple(privacy or ()),
        status=tuple(status or ()),
        text=text,
        minimum_independent=minimum_independent,
        disputed=disputed,
        attested_only=attested_only or None,
        unknown_to=unknown_to,
        order=order,
    )
    with opened(store) as kept:
        found = answered(kept, asked)
        most = _most(kept, limit, len(found), as_json=as_json or by is not None)
        if by is not None:
            counted(found[:most], by, as_json=as_json)
        elif cite:
            cited(found[:most], kept, as_json=as_json)
        elif as_json:
            emit(found[:most])
        else:
            table(found[:most])
        if len(found) > most:
            note(f"{most} of {len(found)} shown; --limit 0 for all")


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A conversation's id or the beginning of it.")],
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show a conversation as a card: every value, on whose word, and every sentence with the words it rests on."""
    from msgspec import to_builtins

    from backchannel.analysis.linked import facts, linked
    from backchannel.analysis.questions import reports
    from backchannel.pipeline.linking import links_of

    with opened(store) as kept:
        found = kept.conversation(id)
        if found is None:
            nothing(f"no conversation {id!r}; list them with backchannel conversations{hint(kept)}")
        claims, documents = reports([found], kept)
        links = linked(kept, links_of(kept, set(found.claims)))
        if as_json:
            emit([_with_reports(found, claims, documents) | {"links": to_builtins(links)}])
        else:
            from backchannel.cli.cards import print_card

            print_card(found, claims, documents, facts(found, links))


def answered(kept: Store, asked: Asked) -> list[Conversation]:
    """Give the conversations asked for; none ends the command with 3 and says why."""
    from backchannel.analysis.questions import find

    found = list(find(asked, kept))
    if not found:
        nothing(f"no conversation found{hint(kept)}")
    return found


def table(found: Sequence[Conversation]) -> None:
    """Write conversations as a list; where there is little room the id stands below the day."""
    from backchannel.analysis import phrases

    rows: list[tuple[str, ...]] = []
    for one in found:
        told = phrases.told_on(one)
        what = f"{phrases.parties(one)}: {phrases.what(one)}"
        rows.append((told, what, phrases.standing(one, is_short=True), str(one.independent), one.id))
    if is_tight():
        rows = [(f"{told}\n{name}", *others) for told, *others, name in rows]
        lines(("when, id", "who and what", "how", "origins"), rows, right=(3,), wide=1, narrow=2)
        return
    lines(("when", "who and what", "how", "origins", "id"), rows, right=(3,), wide=1, narrow=2)


def _most(kept: Store, limit: int | None, found: int, *, as_json: bool) -> int:
    """Give how many to show: as asked, in JSON all, else what the setting says."""
    wanted = limit if limit is not None else 0 if as_json else value_of(kept, "conversations.limit")
    return wanted or found


def _actors(pair: tuple[str, str] | None, actor: str | None) -> tuple[str, ...]:
    return (*(pair or ()), *([actor] if actor is not None else []))


def hint(kept: Store) -> str:
    """Say what is missing when a store holds no conversations at all."""
    counts = kept.counts()
    if counts["documents"] == 0:
        return "; the store is empty, read documents first: backchannel read PATH"
    if counts["conversations"] == 0 and counts["claims"] > 0:
        return "; the claims are not merged yet, run: backchannel merge"
    return ""


def _with_reports(found: Conversation, claims: Any, documents: Any) -> dict[str, Any]:
    """Give a conversation as JSON with its claims, each with what is known of its document."""
    import msgspec

    from backchannel.analysis.citations import cite

    record: dict[str, Any] = msgspec.to_builtins(found)
    record["reports"] = []
    for one in found.claims:
        document = documents.get(claims[one].document) if one in claims else None
        about = None
        if document is not None:
            about = {name: getattr(document, name) for name in ("id", "source", "title", "url", "published")}
        citation = None if document is None else cite(document, claims[one])
        record["reports"].append({"claim": claims.get(one), "document": about, "citation": citation})
    return record
