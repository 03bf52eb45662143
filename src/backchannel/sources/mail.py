"""Single e-mails as saved by a mail program (.eml)."""

from __future__ import annotations

import email.errors
import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from datetime import UTC, date
from email.message import EmailMessage

from backchannel.errors import DocumentError
from backchannel.sources.draft import Draft, finish
from backchannel.sources.kinds import BROKEN, Arrival, Fetched, Options, payload, source
from backchannel.sources.markup import check_shape, visible

_LONGEST = 10_000
_PART_HEADER = re.compile(rb"^content-[\w-]{1,40}:.*(?:\r?\n[ \t].*)*", re.I | re.M)
_FAULTS = (*BROKEN, email.errors.MessageError)


@source(".eml")
def read_mail(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield the document of an e-mail: the plain part if there is one, else the HTML part.

    Raises:
        DocumentError: it is no e-mail, is broken, or has no text.
    """
    content = payload(arrival, options)
    # The time the standard library takes for a header grows with the square of its length.
    if any(len(header.group()) > _LONGEST for header in _PART_HEADER.finditer(content)):
        raise DocumentError(f"a Content header is longer than {_LONGEST:,} bytes; save the e-mail's text and read that")
    try:
        message = email.parser.BytesParser(EmailMessage, policy=email.policy.default).parsebytes(content)
    except _FAULTS as fault:
        raise DocumentError(
            f"no readable e-mail ({type(fault).__name__}); save it again from the mail program"
        ) from None
    head = {name: _header(message, name) for name in ("From", "To", "Date", "Subject", "Message-ID")}
    if not any(head[name] for name in ("From", "Date", "Subject")):
        raise DocumentError("no e-mail: it has neither From, Date nor Subject; save it again from the mail program")
    name, address = email.utils.parseaddr(head["From"] or "")
    yield finish(
        Draft(
            payload=content,
            text=_body(message),
            title=head["Subject"],
            date=_sent(head["Date"]),
            source=name or address or None,
            meta={key.lower(): value for key, value in head.items() if value and key not in ("Date", "Subject")},
        ),
        options,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    """Give a header's text, or ``None`` when it is missing, cannot be read or is over 10,000 characters long."""
    if any(key.lower() == name.lower() and len(raw) > _LONGEST for key, raw in message.raw_items()):
        return None
    try:
        value = message[name]
        return " ".join(str(value).split()) or None if value is not None else None
    except _FAULTS:
        return None


def _sent(value: str | None) -> date | str | None:
    """Give the day (UTC) in a Date header, or the header itself when it is no date, so that a note can quote it."""
    if value is None:
        return None
    try:
        sent = email.utils.parsedate_to_datetime(value)
        return (sent.astimezone(UTC) if sent.tzinfo is not None else sent).date()
    except (ValueError, OverflowError, TypeError):
        return value


def _body(message: EmailMessage) -> str:
    """Give the text of the plain part, or of the HTML part as a browser would show it."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        content = part.get_content() if part is not None else None
    except _FAULTS as fault:
        raise DocumentError(f"the e-mail's text cannot be decoded ({type(fault).__name__}); save it as text") from None
    if part is None or not isinstance(content, str):
        raise DocumentError("the e-mail has no text part; read its attachments as files of their own")
    if part.get_content_type() != "text/html":
        return content
    check_shape(content)
    return visible(content)
