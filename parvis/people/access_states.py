"""In what state each client's access is, in the words of the agency's staff."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Sequence

from django.db.models import Max

from parvis.kit import throttle
from parvis.kit.french_dates import long_date
from parvis.people import access
from parvis.people.actions.doors import CLOSED_SECONDS, FAILURES
from parvis.people.models import AccessFreeze, Activation, Client, FormerPassword, Grant, Letter
from parvis.people.rules import wait_in_words


class AccessKind(enum.Enum):
    """Its value: what the staff read, and the tone of it."""

    NEVER = ("Jamais connecté", "")
    WAITING = ("En attente de confirmation", "accent")
    ACTIVE = ("Actif", "ok")
    LOCKED = ("Bloqué", "warning")
    FROZEN = ("Gelé", "error")
    CLOSED = ("Fermé", "")


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccessState:
    """The state of one access, the sentences that complete it, and what may be done about it."""

    kind: AccessKind
    sentences: tuple[str, ...] = ()
    has_login: bool = False
    email: str = ""

    @property
    def label(self) -> str:
        return self.kind.value[0]

    @property
    def tone(self) -> str:
        return self.kind.value[1]

    @property
    def is_locked(self) -> bool:
        return self.kind is AccessKind.LOCKED

    @property
    def is_frozen(self) -> bool:
        return self.kind is AccessKind.FROZEN

    @property
    def is_closed(self) -> bool:
        return self.kind is AccessKind.CLOSED


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """The rows that say it, each by client."""

    freezes: dict[int, AccessFreeze]
    grants: dict[int, Grant]
    ended: dict[int, dt.datetime]
    starts: dict[int, Activation]
    letters: dict[int, Letter]
    former: set[int]
    waits: dict[int, int]


def access_states(clients: Sequence[Client]) -> dict[int, AccessState]:
    """The state of each of these clients of one agency, by `pk`: seven queries, however many clients."""
    facts = facts_of(clients)
    return {client.pk: state_of(client, facts=facts) for client in clients}


def access_state(client: Client) -> AccessState:
    return access_states([client])[client.pk]


def state_of(client: Client, *, facts: Facts) -> AccessState:
    grant = facts.grants.get(client.pk)
    known = sentences_of_login(grant) if grant else sentences_of_ways(client, facts=facts)
    kind, told = standing_of(client, facts=facts)
    sentences = (told,) if kind is AccessKind.FROZEN else (*filter(None, [told]), *known)
    return AccessState(
        kind=kind, sentences=sentences, has_login=grant is not None, email=grant.user.email if grant else ""
    )


def standing_of(client: Client, *, facts: Facts) -> tuple[AccessKind, str]:
    """The gravest that holds, and since when: frozen, locked, active, waiting, closed, never connected."""
    pk = client.pk
    if pk in facts.freezes:
        day = long_date(facts.freezes[pk].frozen_at)
        return AccessKind.FROZEN, f"Gelé le {day} après une réponse «\u00a0Ce n’est pas moi\u00a0»."
    if pk in facts.waits:
        return AccessKind.LOCKED, wait_words(facts.waits[pk])
    if pk in facts.grants:
        return AccessKind.ACTIVE, ""
    if pk in facts.starts:
        return AccessKind.WAITING, start_words(facts.starts[pk])
    if client.closed_on is not None:
        return AccessKind.CLOSED, f"Dossier clos le {long_date(client.closed_on)}."
    if pk in facts.ended:
        return AccessKind.CLOSED, f"Fermé le {long_date(facts.ended[pk])}."
    return AccessKind.NEVER, ""


def sentences_of_login(grant: Grant) -> tuple[str, ...]:
    return (f"Ouvert le {long_date(grant.started_at)}.",)


def sentences_of_ways(client: Client, *, facts: Facts) -> tuple[str, ...]:
    """By what somebody without a login may come in."""
    letter = facts.letters.get(client.pk)
    said = [letter_words(letter)] if letter else []
    if client.pk in facts.former:
        said.append("Le mot de passe de l’ancien portail ouvre aussi la première connexion.")
    return tuple(said) or ("Aucune lettre ne lui a été envoyée.",)


def letter_words(letter: Letter) -> str:
    """What became of the latest letter."""
    drawn = f"Lettre tirée le {long_date(letter.issued_at)}"
    if letter.ending:
        return f"{drawn}, {letter.get_ending_display()}."
    return f"{drawn}, valable jusqu’au {long_date(letter.expires_at)}."


def start_words(start: Activation) -> str:
    begun = f"Première connexion commencée le {long_date(start.started_at)}"
    return f"{begun}, message envoyé à {start.email}." if start.email else f"{begun}."


def wait_words(seconds: int) -> str:
    """For how long nobody may try."""
    if seconds > CLOSED_SECONDS:
        return "Bloqué après trop d’essais, jusqu’à un nouveau mot de passe."
    return f"Bloqué après trop d’essais, encore {wait_in_words(seconds)}."


# The rows


def facts_of(clients: Sequence[Client]) -> Facts:
    ids = [client.pk for client in clients]
    grants = Grant.objects.filter(client__in=ids).select_related("user")
    held = {grant.client_id: grant for grant in grants.filter(ended_at=None)}
    ended = grants.exclude(ended_at=None).values_list("client_id").annotate(last=Max("ended_at")).order_by()
    freezes = AccessFreeze.objects.open().filter(client__in=ids)
    return Facts(
        freezes={freeze.client_id: freeze for freeze in freezes if freeze.client_id},
        grants=held,
        ended=dict(ended),
        starts={start.client_id: start for start in Activation.objects.current().filter(client__in=ids)},
        letters={letter.client_id: letter for letter in latest_letters(ids)},
        former=set(FormerPassword.objects.filter(client__in=ids).values_list("client_id", flat=True)),
        waits=waits_of(clients, grants=held),
    )


def latest_letters(ids: Sequence[int]) -> Iterable[Letter]:
    return Letter.objects.filter(client__in=ids).order_by("issued_at", "pk")


def waits_of(clients: Sequence[Client], *, grants: dict[int, Grant]) -> dict[int, int]:
    """For how many seconds each is locked out, by their identifiant or by their courriel; only those who are."""
    if not clients:
        return {}
    agencies = access.agencies_at(clients[0].agency.host)
    keys: dict[str, int] = {}
    for client in clients:
        grant = grants.get(client.pk)
        for typed in filter(None, (client.customer_reference, grant.user.email if grant else "")):
            keys[access.door_key(agencies=agencies, typed=typed)] = client.pk
    waits: dict[int, int] = {}
    for key, seconds in throttle.remaining_waits(FAILURES, keys=list(keys)).items():
        waits[keys[key]] = max(seconds, waits.get(keys[key], 0))
    return waits
