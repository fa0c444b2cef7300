"""A message as it travels: RFC 5322 headers, text first, then HTML, and no line that a relay would cut."""

import re
import textwrap
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy

from parvis.agencies.models import Agency
from parvis.mail.models import OutboxMessage

LINE_LENGTH = 76
CONTROL_SIGNS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class WholeHeader(UnstructuredHeader, BaseHeader):
    """A header that stays on one line: some providers do not read an address that starts on the next."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", WholeHeader)


def as_bytes(message: OutboxMessage, *, text: str, html: str, eight_bit: bool) -> bytes:
    """Write the message for the wire, the same on every attempt.

    `eight_bit`: whether the server takes 8BITMIME (RFC 6152); if not the body travels in base64. Never in
    quoted-printable, which cuts addresses at « = ». What one may leave says where (RFC 8058, one click); nobody
    can leave the messages of their own access.
    """
    mail = EmailMessage(policy=SMTP.clone(max_line_length=LINE_LENGTH, header_factory=HEADERS))
    agency = message.agency
    mail["Date"] = message.created_at
    mail["From"] = sender(agency)
    mail["To"] = Address(addr_spec=ascii_address(message.to_address))
    mail["Reply-To"] = Address(one_line(agency.name), addr_spec=ascii_address(agency.email))
    mail["Subject"] = message.subject
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "fr"
    if message.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    encoding = "8bit" if eight_bit else "base64"
    mail.set_content(flowed(text), charset="utf-8", cte=encoding, params={"format": "flowed"})
    mail.add_alternative(html, subtype="html", charset="utf-8", cte=encoding)
    return mail.as_bytes()


def sender(agency: Agency) -> Address:
    return Address(one_line(agency.name), addr_spec=ascii_address(agency.sender_email))


def ascii_address(address: str) -> str:
    """The address with its domain in ASCII, as a server without SMTPUTF8 takes it."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def one_line(value: str) -> str:
    """A header value: no control sign, so that no line end can start another header."""
    return CONTROL_SIGNS.sub(" ", value).strip()


def flowed(text: str) -> str:
    """Break long paragraphs softly (RFC 3676): a reader joins the lines again, an address stays whole."""
    lines = []
    for paragraph in text.split("\n"):
        broken = textwrap.wrap(paragraph, LINE_LENGTH - 2, break_long_words=False, break_on_hyphens=False)
        lines += [stuffed(line) + " " for line in broken[:-1]]
        lines.append(stuffed(broken[-1]) if broken else "")
    return "\n".join(lines) + "\n"


def stuffed(line: str) -> str:
    """RFC 3676, 4.4: a line that would read as a quotation or as an envelope starts with a space."""
    return f" {line}" if line.startswith((" ", ">", "From ")) else line
