"""Whom the product serves during the drill, as packages of its own exchange format."""

import dataclasses
import hashlib
import random
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

from parvis.exchange.rules.tables import load_tables
from tests.exchange.packages import Row, example, write_folder

SLUG = "cabinet-des-tilleuls"
EVERY_FORMER = 5  # one client in five comes from the former portal, with a password
EVERY_KNOWN = 3  # of three clients, the agency knows an address of one, another address of the second
ENTRIES_A_BLOCK = 1_500
STAFF = ("diane", "karim", "nadia", "lucie", "bruno")  # three follow the cases, one the documents, one the books
FIRMS = 3
FORMER_PASSWORD = "Ancien-Tilleul-"  # noqa: S105 -- of people invented here


@dataclasses.dataclass(frozen=True, kw_only=True)
class Account:
    """What an account holds once some blocks of entries have come in."""

    balance_cents: int = 0
    references: frozenset[str] = frozenset()


def reference_of(rank: int) -> str:
    return f"D{rank:05}"


def is_former(rank: int) -> bool:
    return rank % EVERY_FORMER == 0


def email_of(rank: int) -> str:
    """The courriel that the client gives."""
    return f"{reference_of(rank).lower()}@exemple.fr"


def staff_email(name: str) -> str:
    return f"{name}.cabinet@exemple.fr"


def staff_password(name: str) -> str:
    return f"Cabinet-Orange-{name}-4207"


def firm_email(rank: int) -> str:
    return f"entreprise-{rank}@exemple.fr"


def client_row(rank: int) -> Row:
    known = ("", email_of(rank), f"ancien-{email_of(rank)}")[rank % EVERY_KNOWN]
    return example(
        "clients",
        customer_reference=reference_of(rank),
        first_name="Camille",
        last_name=f"Martin-{rank}",
        known_email=known,
        password_hash=former_hash(rank) if is_former(rank) else "",
    )


def former_hash(rank: int) -> str:
    """The password of the former portal, in Django's notation, at a cost that a drill can pay."""
    salt, rounds = reference_of(rank), 1_000
    digest = hashlib.pbkdf2_hmac("sha256", f"{FORMER_PASSWORD}{rank}".encode(), salt.encode(), rounds)
    return f"pbkdf2_sha256${rounds}${salt}${b64encode(digest).decode()}"


def account_of(rank: int) -> str:
    return f"450-{reference_of(rank)}"


def entry_rows(block: int, *, clients: int) -> list[Row]:
    """The entries of a block: the same whenever they are made."""
    dice = random.Random(block)  # noqa: S311 -- no secret
    rows = []
    for number in range(ENTRIES_A_BLOCK):
        cents = dice.randint(1, 99_999)
        amount = f"{cents // 100},{cents % 100:02}"
        sides = {"debit": amount, "credit": ""} if dice.random() < 0.6 else {"debit": "", "credit": amount}
        rows.append(
            example(
                "entries",
                account=account_of(dice.randrange(clients)),
                reference=f"B{block}-{number}",
                kind="other",
                due_on="",
                is_opening="non",
                **sides,
            )
        )
    return rows


def write_package(folder: Path, *, block: int, clients: int) -> Path:
    """The agency, its clients and one block of entries (block 0 has none)."""
    ranks = range(clients)
    holdings = [example("ownerships", client=reference_of(rank), kind="joint") for rank in ranks]
    accounts = [example("accounts", reference=account_of(rank), client=reference_of(rank), lot="") for rank in ranks]
    return write_folder(
        folder,
        {
            **{table.name: [] for table in load_tables()},
            "agency": [example("agency", other_hosts="")],
            "buildings": [example("buildings")],
            "lots": [example("lots")],
            "clients": [client_row(rank) for rank in ranks],
            "ownerships": holdings,
            "creditors": [example("creditors")],
            "accounts": accounts,
            "entries": entry_rows(block, clients=clients) if block else [],
        },
    )


def books_after(blocks: Iterable[int], *, clients: int) -> dict[str, Account]:
    """What each account must hold once these blocks have come in, whatever happened on the way."""
    books = {account_of(rank): Account() for rank in range(clients)}
    for block in blocks:
        for row in entry_rows(block, clients=clients):
            before = books[row["account"]]
            books[row["account"]] = Account(
                balance_cents=before.balance_cents + cents_of(row["credit"]) - cents_of(row["debit"]),
                references=before.references | {row["reference"]},
            )
    return books


def cents_of(amount: str) -> int:
    return int(amount.replace(",", "") or 0)
