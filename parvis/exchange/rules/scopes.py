"""What a key of the interface opens, and what it may be told of."""

import enum
from collections.abc import Collection

from parvis.exchange.rules.feed import Kind


class Scope(enum.StrEnum):
    """One right of a key. The agency gives each of its programs those it needs and no more."""

    CLIENTS_READ = "clients:read"
    CLIENTS_WRITE = "clients:write"
    ENTRIES_WRITE = "entries:write"
    DOCUMENTS_WRITE = "documents:write"
    INTERVENTIONS_READ = "interventions:read"
    INTERVENTIONS_WRITE = "interventions:write"
    MESSAGES_READ = "messages:read"
    CHANGES_READ = "changes:read"
    WEBHOOKS = "webhooks"


LABELS = {
    Scope.CLIENTS_READ: "lire les clients",
    Scope.CLIENTS_WRITE: "créer et modifier les clients",
    Scope.ENTRIES_WRITE: "envoyer les écritures",
    Scope.DOCUMENTS_WRITE: "publier et retirer les documents",
    Scope.INTERVENTIONS_READ: "lire les interventions",
    Scope.INTERVENTIONS_WRITE: "envoyer les interventions",
    Scope.MESSAGES_READ: "lire les conversations",
    Scope.CHANGES_READ: "lire ce qui a changé sur le portail, de ce que ses autres droits lisent",
    Scope.WEBHOOKS: "régler les avis envoyés à un logiciel",
}

# For programs that ask for English.
ENGLISH_LABELS = {
    Scope.CLIENTS_READ: "read the clients",
    Scope.CLIENTS_WRITE: "make and change clients",
    Scope.ENTRIES_WRITE: "send entries",
    Scope.DOCUMENTS_WRITE: "publish and withdraw documents",
    Scope.INTERVENTIONS_READ: "read the interventions",
    Scope.INTERVENTIONS_WRITE: "send interventions",
    Scope.MESSAGES_READ: "read the conversations",
    Scope.CHANGES_READ: "read what changed on the portal, among what the other rights read",
    Scope.WEBHOOKS: "say where to be told of changes",
}

# What a change tells is read with the right that reads the thing.
OPENS_KIND = {
    Kind.PROFILE: Scope.CLIENTS_READ,
    Kind.INTERVENTION: Scope.INTERVENTIONS_READ,
    Kind.MESSAGE: Scope.MESSAGES_READ,
    Kind.ACTIVATION: Scope.CLIENTS_READ,
}


def kinds_open_to(scopes: Collection[str]) -> list[Kind]:
    """The kinds of changes that a key with these rights may read."""
    return [kind for kind, scope in OPENS_KIND.items() if scope in scopes]
