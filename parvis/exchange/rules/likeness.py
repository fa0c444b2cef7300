"""How much the label of an account resembles the name of a client, whoever wrote it and however short it was cut."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parvis.kit.words import fold
from parvis.people.rules import normalise_reference

WORD = re.compile(r"[a-z0-9]+")
# Civilities, and what accountants write beside a name.
NOT_A_NAME = frozenset(
    "m mr mrs mm mme mmes mlle mlles monsieur messieurs madame mesdames mademoiselle dr docteur me maitre et ou de du "  # noqa: SIM905
    "des la le les d l veuve vve vf epoux epouse epse ep ex nee ne indivision indiv ind succession succ hoirie hoirs "
    "consorts cts famille compte cpte cte client proprietaire proprio prop coproprietaire copro locataire loc "
    "mandant bailleur co".split()
)
# « SCI Durand » is not Madame Durand: the form of a company counts, but resembles nobody by itself.
COMPANY_FORMS = frozenset(
    "sci sarl sas sasu sa eurl snc scp scpi sccv ste societe association assoc asso fondation selarl gie".split()  # noqa: SIM905
)
# An identifiant shorter than that stands in too many numbers by chance.
SHORTEST_KEY = 4
SHORTEST_PREFIX = 3
FULL = 100
ANOTHER_FORM = 30


class Name(NamedTuple):
    """The words of a name that tell, and whether it is that of a company."""

    words: frozenset[str]
    forms: frozenset[str]


def read_name(text: str) -> Name:
    words = WORD.findall(fold(text))
    forms = frozenset(word for word in words if word in COMPANY_FORMS)
    telling = [word for word in words if word not in NOT_A_NAME and word not in COMPANY_FORMS]
    return Name(words=frozenset(telling), forms=forms)


def likeness(label: str, name: str) -> int:
    """From 0 to 100: how much of the two names is the same, in whatever order, with or without accents and civility.

    A word cut short (« Philip… ») or reduced to its initial counts for less than the whole word, and at least one
    whole word must be shared. 100 says that the words are the same; a company is never quite a person.
    """
    return likeness_of(read_name(label), read_name(name))


def likeness_of(label: Name, name: Name) -> int:
    shared = label.words & name.words
    if not any(len(word) > 1 for word in shared):
        return 0
    weight = sum(map(len, shared))
    extra, wanted = label.words - shared, name.words - shared
    cut = sum(min(len(word), len(other)) for word in extra for other in wanted if is_cut(word, other))
    whole = max(sum(map(len, label.words)), weight) + max(sum(map(len, name.words)), weight)
    found = min(FULL, 100 * (2 * weight + cut) // whole)
    if extra or wanted:
        found = min(found, FULL - 1)
    return found if bool(label.forms) == bool(name.forms) else max(0, found - ANOTHER_FORM)


def is_cut(word: str, other: str) -> bool:
    """Whether one is the beginning of the other: three letters at least, or an initial."""
    shorter, longer = sorted((word, other), key=len)
    return longer.startswith(shorter) and (len(shorter) >= SHORTEST_PREFIX or len(shorter) == 1)


def keys_in(number: str, auxiliary: str) -> tuple[str, ...]:
    """The identifiants that the number of an account may hold: « 450 10427318 », « C0010427318 », « 4500010427318 »."""
    found: list[str] = []
    for text in (normalise_reference(auxiliary), normalise_reference(number)[3:]):
        without_letters = text.lstrip("abcdefghijklmnopqrstuvwxyz")
        found += [text, text.lstrip("0"), without_letters, without_letters.lstrip("0")]
    return tuple(dict.fromkeys(key for key in found if len(key) >= SHORTEST_KEY))


class Proposal(NamedTuple):
    """The client that an account seems to be, by its key; nobody when `likeness` is 0."""

    client: int
    likeness: int
    is_sure: bool


class Directory:
    """The clients of an agency, to be found by what accountants write of them."""

    def __init__(self, clients: Iterable[tuple[int, str, str]]) -> None:
        """Each client as its id, its identifiant normalised, its full name."""
        self.names: dict[int, Name] = {}
        self.by_key: dict[str, int] = {}
        self.by_word: dict[str, list[int]] = {}
        for client, key, name in clients:
            self.names[client] = read_name(name)
            self.by_key[key] = client
            for word in self.names[client].words:
                self.by_word.setdefault(word, []).append(client)

    def propose(self, *, number: str, auxiliary: str, label: str) -> Proposal | None:
        """The one client whose identifiant stands in the number, or whose name is the most alike.

        Sure when the identifiant stands there, and the name is not that of somebody else.
        """
        name = read_name(label)
        keyed = {self.by_key[key] for key in keys_in(number, auxiliary) if key in self.by_key}
        if len(keyed) == 1:
            (client,) = keyed
            found = likeness_of(name, self.names[client])
            return Proposal(client, found, is_sure=found > 0 or not name.words)
        return self.most_alike(name, among=sorted(keyed))

    def most_alike(self, name: Name, *, among: Sequence[int]) -> Proposal | None:
        """Two clients equally alike are nobody: a name alone cannot choose."""
        candidates = among or {client for word in name.words for client in self.by_word.get(word, ())}
        ranked = sorted(((likeness_of(name, self.names[client]), client) for client in candidates), reverse=True)
        if not ranked or not ranked[0][0] or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return Proposal(ranked[0][1], ranked[0][0], is_sure=False)
