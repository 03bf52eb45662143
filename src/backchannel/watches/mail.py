"""Send what is new as a mail, over TLS whose certificate is checked."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from backchannel.errors import DeliveryError
from backchannel.watches.credentials import Mail
from backchannel.watches.record import Item
from backchannel.watches.wording import digest, printable, title


def message(mail: Mail, to: str, batch: str, items: Sequence[Item], now: datetime) -> EmailMessage:
    """Give the mail that tells items; its Message-ID hangs on the batch, so that a repeat can be dropped."""
    new = [item for item in items if item.kind != "summary"]
    more = f" and {len(new) - 1} more" if len(new) > 1 else ""
    made = EmailMessage()
    made["From"] = mail.sender
    made["To"] = to
    made["Subject"] = _line(f"Backchannel: {title((new or items)[0])}{more}")
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{batch}@{parseaddr(mail.sender)[1].rpartition('@')[2] or 'backchannel.invalid'}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(printable(digest(items)))
    return made


def send(mail: Mail, made: EmailMessage, *, timeout: float) -> None:
    """Send a mail; nothing is sent over a connection that is not encrypted to the server that was named.

    Raises:
        DeliveryError: it could not be sent.
    """
    try:
        context = ssl.create_default_context()
        if mail.ca is not None:
            context.load_verify_locations(mail.ca)
        with _connected(mail, context, timeout) as server:
            if mail.user is not None:
                server.login(mail.user, mail.password or "")
            server.send_message(made)
    except smtplib.SMTPNotSupportedError as fault:
        raise DeliveryError(f"{mail.host}: {fault}; it must offer STARTTLS, or set the security to tls") from None
    except smtplib.SMTPAuthenticationError as fault:
        raise DeliveryError(f"{mail.host}: user or password refused ({fault.smtp_code})") from None
    except smtplib.SMTPRecipientsRefused:
        raise DeliveryError(f"{mail.host}: {made['To']} was refused; check the address", is_closed=False) from None
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise DeliveryError(f"{mail.host}: mail could not be sent ({fault})") from None


def _connected(mail: Mail, context: ssl.SSLContext, timeout: float) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=timeout, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=timeout)
    try:
        server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server


def _line(text: str, most: int = 200) -> str:
    return " ".join(printable(text).split())[:most]
