"""The SMTP server of the site, spoken to one message at a time, each step bounded by EMAIL_TIMEOUT."""

import smtplib
import ssl
from typing import Self

from django.conf import settings
from django.core.mail.utils import DNS_NAME

PERMANENT = 500


class SendingFailed(Exception):
    """The message did not leave for a passing reason: try again later."""


class ServerUnreachable(SendingFailed):
    """The server does not answer, or refuses us: no other message would leave now."""


class RecipientRefused(Exception):
    """The server says for ever no (5xx) to this recipient or to this message."""


class Server:
    """The server, connected when the first message asks for it; used in a `with`, for several messages."""

    def __init__(self) -> None:
        self.session: smtplib.SMTP | None = None
        self.taken = 0  # messages of this session

    @property
    def is_open(self) -> bool:
        """Whether a session was opened, and the server has not closed it since (421)."""
        return self.session is not None and self.session.sock is not None

    def connected(self) -> smtplib.SMTP:
        """The open session. Raises ServerUnreachable."""
        if self.session is None or not self.is_open:
            try:
                self.session, self.taken = greeted(), 0
            except (OSError, smtplib.SMTPException) as error:
                raise ServerUnreachable(f"connexion : {error}") from error
        return self.session

    @property
    def takes_eight_bits(self) -> bool:
        return self.connected().has_extn("8bitmime")

    def send(self, *, sender: str, recipient: str, message: bytes) -> None:
        """Hand one message over; return once the server has answered for it.

        Raises RecipientRefused, SendingFailed or ServerUnreachable.
        """
        options = ["BODY=8BITMIME"] if self.takes_eight_bits else []
        try:
            self.connected().sendmail(sender, [recipient], message, mail_options=options)
        except smtplib.SMTPRecipientsRefused as error:
            raise verdict(*error.recipients[recipient]) from error
        except smtplib.SMTPDataError as error:
            raise verdict(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ServerUnreachable(f"envoi : {error}") from error
        self.taken += 1

    def leave(self) -> None:
        """End the session, however it stands; the next message opens another."""
        session, self.session, self.taken = self.session, None, 0
        if session is None:
            return
        try:
            session.quit()
        except (OSError, smtplib.SMTPException):
            session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.leave()


def greeted() -> smtplib.SMTP:
    """Connect as the settings say, under TLS and signed in where they ask for it."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    limit, myself = settings.EMAIL_TIMEOUT, DNS_NAME.get_fqdn()
    if settings.EMAIL_USE_SSL:
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, myself, timeout=limit, context=ssl.create_default_context()
        )
    else:
        session = smtplib.SMTP(host, port, myself, timeout=limit)
    if settings.EMAIL_USE_TLS:
        session.starttls(context=ssl.create_default_context())
    session.ehlo_or_helo_if_needed()
    if settings.EMAIL_HOST_USER:
        session.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    return session


def verdict(code: int, reason: bytes | str) -> SendingFailed | RecipientRefused:
    """What the answer to a recipient or to a message means: 5xx is for ever, 4xx passes (RFC 5321, 4.2.1)."""
    words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    sentence = f"{code} {words}"
    return RecipientRefused(sentence) if code >= PERMANENT else SendingFailed(sentence)
