"""Find the mail server and the secrets of webhooks: in the environment or in a file that only its owner may read."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, get_args

from backchannel.errors import DeliveryError, InputError, SourceError
from backchannel.sources.web import checked

Security = Literal["starttls", "tls"]
FILE: Final = "BACKCHANNEL_CREDENTIALS"
SECRET: Final = "BACKCHANNEL_WEBHOOK_SECRET"
_MAIL: Final = ("host", "port", "security", "user", "password", "from", "ca")
_PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The server that takes mail; ``ca`` is a file of certificates to trust beside those of the system."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A receiver and the secret that its messages are signed with."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What is known of servers; nothing of it is ever stored or printed."""

    mail: Mail | None = None
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    secret: str | None = field(default=None, repr=False)

    def hook(self, to: str) -> Hook:
        """Give the receiver behind an address, or a name of the file.

        Raises:
            DeliveryError: it has no secret, or no such name is known.
        """
        if to in self.hooks:
            return self.hooks[to]
        if not to.startswith(("http://", "https://")):
            raise DeliveryError(f"no webhook named {to!r}; put it into the file of credentials as [webhook.{to}]")
        if self.secret is None:
            raise DeliveryError(f"no secret to sign with; set {SECRET}, or put it into the file of credentials")
        return Hook(url=to, secret=self.secret)

    def masked(self, text: str) -> str:
        """Give a text in which every secret stands as an ellipsis."""
        hidden = [self.secret, self.mail.password if self.mail is not None else None]
        hidden += [part for hook in self.hooks.values() for part in (hook.secret, hook.url)]
        for one in sorted((one for one in hidden if one), key=len, reverse=True):
            text = text.replace(one, "…")
        return text


def load(environment: Mapping[str, str], file: Path | None = None) -> Credentials:
    """Give the credentials of the environment and, where it does not say, of a file.

    Args:
        environment: ``BACKCHANNEL_SMTP_HOST``, ``_PORT``, ``_SECURITY``, ``_USER``, ``_PASSWORD``, ``_FROM``, ``_CA``,
            ``BACKCHANNEL_WEBHOOK_SECRET``; ``BACKCHANNEL_CREDENTIALS`` names the file where none is given.
        file: TOML with ``[mail]`` and ``[webhook.NAME]`` tables.

    Raises:
        InputError: the file cannot be read, may be read by others, or holds something else.
    """
    named = file or (Path(environment[FILE]) if environment.get(FILE) else None)
    usual = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "backchannel" / "credentials.toml"
    path = named or (usual if usual.exists() else None)
    kept = {} if path is None else _read(path)
    mail = {name: environment.get(f"BACKCHANNEL_SMTP_{name.upper()}") for name in _MAIL}
    told = kept.get("mail", {}) | {name: value for name, value in mail.items() if value}
    hooks = {name: _hook(name, row) for name, row in kept.get("webhook", {}).items()}
    return Credentials(mail=_mail(told) if told else None, hooks=hooks, secret=environment.get(SECRET) or None)


def _read(path: Path) -> dict[str, Any]:
    try:
        mode = path.stat().st_mode
        if os.name == "posix" and mode & 0o077:
            raise InputError(f"{path}: others may read the secrets in it; run chmod 600 on it")
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise InputError(f"{path}: cannot be read as TOML ({fault}); see the page on watches") from None
    unknown = sorted(set(kept) - {"mail", "webhook"})
    if unknown or not all(isinstance(one, dict) for one in kept.values()):
        raise InputError(f"{path}: expected tables [mail] and [webhook.NAME], not {', '.join(unknown) or 'values'}")
    return kept


def _hook(name: str, row: Any) -> Hook:
    if not isinstance(row, dict) or set(row) != {"url", "secret"} or not all(isinstance(v, str) for v in row.values()):
        raise InputError(f"[webhook.{name}] of the file of credentials needs url and secret, both texts")
    try:
        return Hook(url=checked(row["url"]), secret=row["secret"])
    except SourceError as fault:
        raise InputError(f"[webhook.{name}] of the file of credentials: {fault}") from None


def _mail(told: Mapping[str, Any]) -> Mail:
    unknown = sorted(set(told) - set(_MAIL))
    if unknown:
        raise InputError(
            f"[mail] of the file of credentials has unknown {', '.join(unknown)}; known: {', '.join(_MAIL)}"
        )
    missing = [name for name in ("host", "from") if not told.get(name)]
    if missing:
        raise InputError(f"to send mail, give {' and '.join(missing)} in [mail], or as BACKCHANNEL_SMTP_…")
    security = str(told.get("security", "starttls"))
    if security not in get_args(Security):
        raise InputError(f"mail security {security!r} is none of {', '.join(get_args(Security))}")
    known: Security = "tls" if security == "tls" else "starttls"
    try:
        port = int(told.get("port", _PORTS[known]))
    except ValueError:
        raise InputError(f"mail port {told['port']!r} is no number") from None
    rest = {name: str(told[name]) for name in ("user", "password", "ca") if told.get(name)}
    return Mail(host=str(told["host"]), port=port, security=known, sender=str(told["from"]), **rest)
