"""The states of an intervention, the way that leads to each, and what a client reads of it (rules 4.6)."""

# State → the way that leads to it. What follows a stay leads to the end of the case.
WAYS: dict[str, tuple[str, ...]] = {
    "reported": ("reported",),
    "acknowledged": ("reported", "acknowledged"),
    "quote_requested": ("reported", "acknowledged", "quote_requested"),
    "awaiting_approval": ("reported", "acknowledged", "quote_requested", "awaiting_approval"),
    "ordered": ("reported", "acknowledged", "ordered"),
    "scheduled": ("reported", "acknowledged", "ordered", "scheduled"),
    "in_progress": ("reported", "acknowledged", "ordered", "scheduled", "in_progress"),
    "on_hold": ("reported", "acknowledged", "on_hold"),
    "done": ("reported", "acknowledged", "ordered", "in_progress", "done"),
    "closed": ("reported", "acknowledged", "ordered", "in_progress", "done", "closed"),
    "rejected": ("reported", "acknowledged", "rejected"),
    "cancelled": ("reported", "cancelled"),
    "merged": ("reported", "merged"),
}
ENDED = ("closed", "rejected", "cancelled", "merged")
SUPPLIER_KNOWN_FROM = ("ordered", "scheduled", "in_progress", "done", "closed")
EVENTS = {
    "reported": "Problème déclaré",
    "acknowledged": "Demande prise en charge",
    "quote_requested": "Devis demandé à {supplier}",
    "awaiting_approval": "Devis reçu, en attente de l’accord du {approver}",
    "ordered": "{supplier} est mandatée",
    "scheduled": "Rendez-vous fixé au {next}",
    "in_progress": "Début des travaux",
    "on_hold": "En attente d’une pièce, jusqu’au {next}",
    "done": "Travaux terminés, à confirmer",
    "closed": "Dossier clos",
    "rejected": "Refusée : cet entretien est à la charge de l’occupant",
    "cancelled": "Annulée par le déclarant",
    "merged": "Regroupée avec un signalement plus ancien du même problème",
}
NEXT_STEPS = {
    "reported": "Réponse de votre gestionnaire",
    "acknowledged": "Choix de l’entreprise",
    "quote_requested": "Réception du devis",
    "awaiting_approval": "Réponse du {approver}",
    "ordered": "Prise de rendez-vous par l’entreprise",
    "scheduled": "Passage de l’entreprise",
    "in_progress": "Fin des travaux",
    "on_hold": "Livraison de la pièce",
    "done": "Votre confirmation, sinon clôture automatique",
}
