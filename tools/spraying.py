"""What guessing brings to somebody with any number of addresses: the expected takeovers a year, by the shipped limits.

    .venv/bin/python -m tools.spraying

The worst is assumed throughout: every identifiant is known, every client holds a valid letter the whole year, no
limit by network address holds, and nobody reads the message that tells them. Expectations add up; the chance of at
least one takeover is 1 - exp(-E).

- codes without key: `E = G / 10^6`. A code is counted before it is compared, and more than 400 codes that were never
  right, for more than 20 identifiants in a year, raise the shield. So G is 400, which is what 20 identifiants take
  too; it would be that much again for each time the year, were it shorter, began anew.
- codes with the key: `E = N m r 10^-6 2^-20`, for N clients, m tries a letter and r letters a year.
- passwords: `E = N q c`, where q is the share of passwords found by a year of tries (3.6 in a million with 100 000
  banned passwords, at 25 tries a day) and c the chance to guess the mailed code of an unknown browser as well.
"""

import dataclasses
import os
from typing import Self

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("PARVIS_ENV", "development")
django.setup()

from parvis.people import letter_secrets, rules  # noqa: E402 -- Django first
from parvis.people.actions import doors, second_step, shield  # noqa: E402
from parvis.people.actions.letters import AUTOMATIC_LETTERS_A_YEAR  # noqa: E402
from parvis.people.models.browsers import WRONG_CODES_ALLOWED  # noqa: E402
from parvis.people.models.entrance import WRONG_TRIES_ALLOWED  # noqa: E402

BAR = 0.001
SIZES = (1_000, 100_000, 1_000_000)
DAYS = 365
DAY_SECONDS = 24 * 3600
PASSWORDS_FOUND = 3.6e-6  # a year, for one account, at the tries below
TRIES_A_DAY_OF_THAT = 25


@dataclasses.dataclass(frozen=True, kw_only=True)
class Limits:
    """What bounds a guesser. Loosening one makes a number here larger; more signs make one smaller."""

    codes_a_year: int
    identifiers_before_shield: int
    days_codes_stay_counted: int
    tries_a_letter: int
    letters_a_year: int
    code_combinations: int
    key_combinations: int
    password_tries_a_day: int
    mailed_code_tries_a_year: int
    mailed_code_combinations: int

    @classmethod
    def shipped(cls) -> Self:
        """Those of the code that runs."""
        return cls(
            codes_a_year=rules.WRONG_CODES_OF_A_YEAR,
            identifiers_before_shield=rules.IDENTIFIERS_BEFORE_SHIELD,
            days_codes_stay_counted=shield.YEAR.days,
            tries_a_letter=WRONG_TRIES_ALLOWED,
            letters_a_year=AUTOMATIC_LETTERS_A_YEAR,
            code_combinations=10**rules.CODE_LENGTH,
            key_combinations=len(letter_secrets.KEY_SIGNS) ** letter_secrets.KEY_LENGTH,
            password_tries_a_day=password_tries_a_day(),
            mailed_code_tries_a_year=mailed_code_tries_a_year(),
            mailed_code_combinations=10**second_step.CODE_LENGTH,
        )


def password_tries_a_day() -> int:
    """How many failures the waits of a door leave room for in a day."""
    tries, seconds = rules.FAILURES_BEFORE_WAITING, 0
    while seconds < DAY_SECONDS:
        seconds += rules.WAITS.get(tries, rules.LONGEST_WAIT_SECONDS)
        tries += 1
    return tries - 1


def mailed_code_tries_a_year() -> int:
    """How many mailed codes of one login may be typed wrong in a year, by the tightest of the limits."""
    by_day = second_step.CODES_OF_A_DAY.allowed * WRONG_CODES_ALLOWED * DAYS
    month = doors.WRONG_CODES_OF_A_MONTH
    by_month: int = -(-month.allowed * DAYS * DAY_SECONDS // month.seconds)
    return min(by_day, by_month)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Expected:
    """Expected takeovers a year, by the way taken."""

    codes: float
    codes_with_key: float
    passwords: float

    @property
    def total(self) -> float:
        return self.codes + self.codes_with_key + self.passwords


def expected_takeovers(*, clients: int, limits: Limits) -> Expected:
    """The expectation of a year for a site of that many clients."""
    everything = clients * limits.tries_a_letter * limits.letters_a_year
    few = limits.identifiers_before_shield * limits.tries_a_letter * limits.letters_a_year
    times = DAYS / limits.days_codes_stay_counted
    unkeyed = min(everything, times * max(limits.codes_a_year, few))
    found = PASSWORDS_FOUND * limits.password_tries_a_day / TRIES_A_DAY_OF_THAT
    second = min(1.0, limits.mailed_code_tries_a_year / limits.mailed_code_combinations)
    return Expected(
        codes=unkeyed / limits.code_combinations,
        codes_with_key=everything / (limits.code_combinations * limits.key_combinations),
        passwords=clients * found * second,
    )


def main() -> int:
    limits = Limits.shipped()
    for name, value in dataclasses.asdict(limits).items():
        print(f"{name:28}{value:>16,}")
    print(f"\n{'clients':>10}{'codes':>12}{'with key':>12}{'passwords':>12}{'total':>12}   bar {BAR}")
    missed = False
    for clients in SIZES:
        found = expected_takeovers(clients=clients, limits=limits)
        missed = missed or found.total >= BAR
        columns = (found.codes, found.codes_with_key, found.passwords, found.total)
        print(f"{clients:>10,}" + "".join(f"{value:>12.1e}" for value in columns))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
