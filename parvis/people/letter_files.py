"""The one file that holds the secrets of letters: a PDF to print, or rows for a mailing firm; encrypted where asked."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence
from pathlib import Path

import pyrage

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_date
from parvis.kit.refusals import Refusal
from parvis.kit.spreadsheets import to_csv
from parvis.people.letter_document import DrawnLetter, address_lines, letters_pdf

LINES_OF_ADDRESS = 6
COLUMNS = (
    *(f"adresse_{line}" for line in range(1, LINES_OF_ADDRESS + 1)),
    *("salutation", "identifiant", "mot_de_passe_provisoire", "cle", "lien", "valable_jusqu_au"),
)


class UnknownRecipient(Refusal):
    message = "Le destinataire n’est pas une clé publique age\u00a0: elle commence par «\u00a0age1\u00a0»."


class SecretsInClear(Refusal):
    message = "Un fichier pour un routeur est toujours chiffré\u00a0: donnez sa clé publique age avec --encrypt-to."


class Content(enum.StrEnum):
    """What the file holds."""

    PDF = "pdf"
    CSV = "csv"


@dataclasses.dataclass(frozen=True, kw_only=True)
class LetterForm:
    """What the letters are handed over as. With a `recipient` (an age public key), nobody else can read them.

    Refuses what is no age key, and rows in clear.
    """

    content: Content = Content.PDF
    recipient: str = ""

    def __post_init__(self) -> None:
        if self.content is Content.CSV and not self.recipient:
            raise SecretsInClear
        if self.recipient:
            read_recipient(self.recipient)

    def bytes_of(self, drawn: Sequence[DrawnLetter], *, agency: Agency, day: dt.date) -> bytes:
        """What is written of these letters of one agency, dated `day`."""
        if self.content is Content.CSV:
            clear = to_csv([COLUMNS, *(row_of(each, agency=agency) for each in drawn)]).encode()
        else:
            clear = letters_pdf(drawn, agency=agency, day=day)
        return pyrage.encrypt(clear, [read_recipient(self.recipient)]) if self.recipient else clear


@dataclasses.dataclass(frozen=True, kw_only=True)
class LetterFile(LetterForm):
    """The same, and where the file goes."""

    path: Path


def read_recipient(text: str) -> pyrage.x25519.Recipient:
    """The age public key; refuses anything else."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise UnknownRecipient from error


def row_of(drawn: DrawnLetter, *, agency: Agency) -> list[str]:
    """One letter of the mailing firm's file."""
    lines = list(address_lines(drawn.client))
    return [
        *lines,
        *[""] * (LINES_OF_ADDRESS - len(lines)),
        drawn.client.salutation,
        drawn.identifier,
        drawn.code,
        drawn.key,
        agency.link(drawn.path),
        long_date(drawn.letter.expires_at),
    ]
