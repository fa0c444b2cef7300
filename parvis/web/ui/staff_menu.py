"""What the main navigation of the staff offers, to whom."""

from collections.abc import Collection
from dataclasses import dataclass

from parvis.people.rules import Duty

ON_A_PHONE = 4


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the menu. `name` is that of its URL; its first word is the section where the entry is current.

    `short` is what the narrow bar of a phone says, where the label would not fit.
    """

    name: str
    label: str
    icon: str
    duty: Duty
    short: str = ""

    @property
    def section(self) -> str:
        return self.name.removeprefix("staff:").partition("-")[0]


ENTRIES = (
    MenuEntry("staff:home", "Tableau de bord", "home", Duty.HOME, short="Tableau"),
    MenuEntry("staff:interventions-index", "Interventions", "intervention", Duty.CASES),
    MenuEntry("staff:clients-index", "Clients", "profile", Duty.CLIENTS),
    MenuEntry("staff:messages-index", "Messages", "mail", Duty.MESSAGES),
    MenuEntry("staff:documents-index", "Documents", "document", Duty.DOCUMENTS),
    MenuEntry("staff:announcements-index", "Annonces", "bell", Duty.ANNOUNCEMENTS),
    MenuEntry("staff:legal_list-index", "Documents légaux", "check", Duty.LEGAL_LIST),
    MenuEntry("staff:council-index", "Conseils syndicaux", "property", Duty.COUNCIL),
    MenuEntry("staff:differences-index", "Écarts des appels", "alert", Duty.ACCOUNTS),
    MenuEntry("staff:imports-index", "Imports", "download", Duty.BOOKS),
    MenuEntry("staff:fec-index", "Comptes du FEC", "account", Duty.BOOKS),
    MenuEntry("staff:campaigns-index", "Lettres", "print", Duty.LETTERS),
    MenuEntry("staff:frozen-index", "Accès gelés", "key", Duty.CLIENTS),
    MenuEntry("staff:statistics-index", "Statistiques", "information", Duty.STATISTICS),
    MenuEntry("staff:journal-index", "Journal", "clock", Duty.JOURNAL),
    MenuEntry("staff:settings-index", "Réglages", "agency", Duty.SETTINGS),
)


LODGE = MenuEntry("staff:lodge-index", "Loge", "home", Duty.LODGE)


def entries_for(duties: Collection[Duty]) -> list[MenuEntry]:
    """What somebody with these duties may open, in the order of the menu; a caretaker has pages of their own."""
    if Duty.LODGE in duties and Duty.CASES not in duties:
        return [LODGE]
    return [entry for entry in ENTRIES if entry.duty in duties]


def rest_of(entries: list[MenuEntry]) -> list[MenuEntry]:
    """What does not fit in the bar of a phone: « Autres » leads there."""
    return entries[ON_A_PHONE:]
