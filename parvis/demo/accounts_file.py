"""`accounts.json`: every account of the demonstration with its password, for whoever tries it."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from parvis.demo.profiles import STAFF

PROFILE_WORDS = {
    "owner": "copropriétaire",
    "landlord": "bailleur",
    "tenant": "locataire",
    "council": "conseil syndical",
    "applicant": "candidat",
    "staff": "agence",
    "administrator": "administratrice",
    "manager": "responsable d’immeuble",
    "rental_manager": "gestionnaire locatif",
    "accountant": "comptable",
    "assistant": "assistant",
    "caretaker": "gardienne",
}
STATE_WORDS = {
    "letter": "lettre",
    "former": "ancien mot de passe",
    "active": "déjà actif",
    "no-email": "lettre, sans courriel connu",
}
# How many lines of each state, for the first agency, then for the second.
SHOWN = (
    {"letter": 7, "former": 2, "active": 2, "no-email": 1, "staff": 6},
    {"letter": 2, "former": 1, "active": 0, "no-email": 0, "staff": 0},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAccount:
    """One line of the file. `email` is the address that the agency knows, `agency` its code."""

    identifier: str
    password: str
    email: str
    profiles: list[str]
    state: str
    agency: str


def path_in(data_dir: Path) -> Path:
    return data_dir / "accounts.json"


def read(data_dir: Path) -> list[KnownAccount]:
    """What an earlier run wrote; nothing at the first one."""
    path = path_in(data_dir)
    return [KnownAccount(**row) for row in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []


def write(accounts: list[KnownAccount], data_dir: Path) -> None:
    """Write the whole file at once."""
    draft = path_in(data_dir).with_suffix(".draft")
    rows = [dataclasses.asdict(account) for account in accounts]
    draft.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path_in(data_dir))


def table(accounts: list[KnownAccount]) -> list[str]:
    """A short table to try: one line of each sort, a few of each state, more of the first agency; every role there."""
    by_sort: dict[tuple[str, ...], KnownAccount] = {}
    for account in accounts:
        if account.profiles:
            by_sort.setdefault((account.agency, account.state, *account.profiles), account)
    lines: list[str] = []
    for agency, most in zip(dict.fromkeys(account.agency for account in accounts), SHOWN, strict=False):
        for state in STATE_WORDS:
            sorts = [found for found in by_sort.values() if (found.agency, found.state) == (agency, state)]
            clients = [account for account in sorts if STAFF not in account.profiles]
            lines += [line(account) for account in clients[: most[state]]]
            lines += [line(account) for account in sorts if STAFF in account.profiles][: most["staff"]]
    return lines


def line(account: KnownAccount) -> str:
    words = ", ".join(PROFILE_WORDS[profile] for profile in account.profiles)
    columns = (f"{account.identifier:<10}", f"{account.password:<24}", f"{STATE_WORDS[account.state]:<28}", words)
    return f"{'  '.join(columns)} ({account.agency})"
