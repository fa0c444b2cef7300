"""The invented people: names, addresses, telephones of fiction, and how each one enters the portal."""

import unicodedata
from dataclasses import dataclass, field

from parvis.demo import dice, sources

PERSON, COUPLE, COMPANY, JOINT = "person", "couple", "company", "joint"
LETTER, FORMER, ACTIVE, NO_EMAIL = "letter", "former", "active", "no-email"
PERCENT_FORMER, PERCENT_NO_EMAIL = 5, 8
STREETS = (
    "rue des Lilas",
    "avenue de la République",
    "rue Pasteur",
    "boulevard Voltaire",
    "rue de la Paix",
    "allée des Peupliers",
    "rue Victor Hugo",
    "place du Marché",
    "rue du Moulin",
    "avenue Jean Moulin",
    "rue des Écoles",
    "impasse des Cerisiers",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a client receives letters."""

    street: str
    postal_code: str
    city: str
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client of the package, and how they will enter: `state` is what accounts.json says of them."""

    reference: str
    address: Address
    kind: str = PERSON
    civility: str = ""
    first_name: str = ""
    last_name: str = ""
    company_name: str = ""
    email: str = ""
    mobile: str = ""
    landline: str = ""
    state: str = LETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of the next client; an empty field is left to the dice."""

    kind: str = PERSON
    civility: str = ""
    first_name: str = ""
    last_name: str = ""
    company_name: str = ""
    email: str = ""
    state: str = ""


ANYBODY = Wish()


@dataclass
class Cast:
    """Makes the clients of one agency, one after the other, with growing customer references."""

    agency: str
    first_reference: int
    clients: list[Client] = field(default_factory=list)
    emails: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)

    def add(self, wish: Wish = ANYBODY, *, at: Address | None = None) -> Client:
        """A new client, who lives at `at` or somewhere else in France."""
        rank = len(self.clients)
        civility = wish.civility or self._civility(wish, rank)
        first_name, last_name = ("", "") if wish.company_name else self._name(wish, civility, rank)
        state = wish.state or self._state(rank)
        client = Client(
            reference=str(self.first_reference + 13 * rank + dice.number(self.agency, rank, "reference", below=9)),
            address=at or self.address_elsewhere(rank),
            kind=wish.kind,
            civility="" if wish.company_name else civility,
            first_name=first_name,
            last_name=last_name,
            company_name=wish.company_name,
            email="" if state == NO_EMAIL else wish.email or self._email(first_name, last_name or wish.company_name),
            mobile="" if wish.company_name else self._phone("06 39 98", rank),
            landline=self._phone("01 99 00", rank) if dice.happens(35, self.agency, rank, "landline") else "",
            state=state,
        )
        self.clients.append(client)
        return client

    def address_elsewhere(self, rank: int) -> Address:
        commune = dice.pick(sources.communes(), self.agency, rank, "commune")
        street = dice.pick(STREETS, self.agency, rank, "street")
        house = dice.between(1, 118, self.agency, rank, "house")
        return Address(street=f"{house} {street}", postal_code=commune.postal_code, city=commune.name)

    def _civility(self, wish: Wish, rank: int) -> str:
        if wish.kind == COUPLE:
            return "madam_and_sir"
        return "sir" if dice.happens(48, self.agency, rank, "civility") else "madam"

    def _name(self, wish: Wish, civility: str, rank: int) -> tuple[str, str]:
        """A first and a last name that nobody else of the agency bears."""
        known_as = "madam" if civility == "madam_and_sir" else civility
        for attempt in range(50):
            first = wish.first_name or dice.pick(sources.first_names(known_as), self.agency, rank, "first", attempt)
            last = wish.last_name or dice.pick(sources.last_names(), self.agency, rank, "last", attempt)
            if (first, last) not in self.names:
                self.names.add((first, last))
                return first, last
        raise ValueError(f"no name is left for client {rank}")

    def _state(self, rank: int) -> str:
        draw = dice.number(self.agency, rank, "state", below=100)
        if draw < PERCENT_FORMER:
            return FORMER
        return NO_EMAIL if draw < PERCENT_FORMER + PERCENT_NO_EMAIL else LETTER

    def _email(self, first_name: str, last_name: str) -> str:
        """An address of its own at exemple.fr."""
        stem = ".".join(plain(name) for name in (first_name, last_name) if name)
        address, rank = f"{stem}@exemple.fr", 2
        while address in self.emails:
            address, rank = f"{stem}{rank}@exemple.fr", rank + 1
        self.emails.add(address)
        return address

    def _phone(self, prefix: str, rank: int) -> str:
        """A number of the ranges kept for fiction."""
        digits = (dice.number(self.agency, prefix, below=9_000) + 7 * rank) % 10_000
        return f"{prefix} {digits // 100:02d} {digits % 100:02d}"


def plain(name: str) -> str:
    """Without accents, spaces and apostrophes, in lower case: « Le Roux » → « leroux »."""
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if letter.isascii() and (letter.isalnum() or letter == "-"))
