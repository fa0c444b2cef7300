"""What a key of the interface opens, and what it may be told of."""

import enum


class Scope(enum.StrEnum):
    """One right of a key. The agency gives each of its programs those it needs and no more."""

    CLIENTS_READ = "clients:read"
    CLIENTS_WRITE = "clients:write"
    ENTRIES_WRITE = "entries:write"
    DOCUMENTS_WRITE = "documents:write"
    INTERVENTIONS_READ = "interventions:read"
    INTERVENTIONS_WRITE = "interventions:write"
    CHANGES_READ = "changes:read"
    WEBHOOKS = "webhooks"


LABELS = {
    Scope.CLIENTS_READ: "lire les clients",
    Scope.CLIENTS_WRITE: "créer et modifier les clients",
    Scope.ENTRIES_WRITE: "envoyer les écritures",
    Scope.DOCUMENTS_WRITE: "publier et retirer les documents",
    Scope.INTERVENTIONS_READ: "lire les interventions",
    Scope.INTERVENTIONS_WRITE: "envoyer les interventions",
    Scope.CHANGES_READ: "lire ce qui a changé sur le portail",
    Scope.WEBHOOKS: "régler les avis envoyés à un logiciel",
}
