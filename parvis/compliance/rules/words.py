"""Where a document stands, in words. Pure."""

import datetime as dt
from collections.abc import Iterable

from parvis.compliance.rules.items import Need, Validity
from parvis.compliance.rules.states import ItemState, Situation, Status
from parvis.kit.french_dates import long_date

LABELS = {
    Status.PRESENT: "En ligne",
    Status.MISSING: "Manquant",
    Status.EXPIRED: "Expiré",
    Status.STALE: "À mettre à jour",
    Status.NOT_APPLICABLE: "Sans objet",
}
TONES = {Status.PRESENT: "ok", Status.MISSING: "error", Status.EXPIRED: "error", Status.STALE: "warning"}
REFERENCE_OF_REFRESHING = "décret\u00a067-223, art.\u00a033-1-1"


def status_words(status: Status, since: dt.date | None) -> str:
    """« En ligne depuis le 3 mars 2026 », « Manquant depuis le … », « Expiré depuis le … »."""
    if since is None or status is Status.NOT_APPLICABLE:
        return LABELS[status]
    return f"{LABELS[status]} depuis le {long_date(since)}"


def progress_words(statuses: Iterable[Status]) -> str:
    """« 11 documents sur 13 sont en ligne et à jour »: what has no object is not counted."""
    due = [status for status in statuses if status is not Status.NOT_APPLICABLE]
    there = sum(status is Status.PRESENT for status in due)
    if there == len(due):
        return f"Les {len(due)} documents sont en ligne et à jour" if due else "Aucun document n’est attendu"
    verb = "est en ligne et à jour" if there == 1 else "sont en ligne et à jour"
    if there == 0:
        return f"Aucun des {len(due)} documents n’est en ligne et à jour"
    return f"{there} document{'s' if there > 1 else ''} sur {len(due)} {verb}"


def remark_of(state: ItemState) -> str:
    """What else must be known of the item: what lacks of it, until when it holds, why it has no object."""
    if state.status is Status.NOT_APPLICABLE:
        return state.item.absence
    if state.lacking:
        return f"À fournir ou à mettre à jour\u00a0: {', '.join(need.words for need in state.lacking)}."
    need = state.item.needs[0]
    if state.status is Status.MISSING and state.whole.found:
        return found_of(need, state.whole.found)
    if state.status is Status.PRESENT and state.whole.refresh_by:
        begins = "Valable jusqu’au" if need.validity is Validity.IN_FORCE else "À renouveler avant le"
        return f"{begins} {long_date(state.whole.refresh_by)}."
    return ""


def found_of(need: Need, found: int) -> str:
    """« 2 sur 3 sont en ligne. »"""
    return f"{found} sur {need.count} {'sont' if found > 1 else 'est'} en ligne."


def rule_words(situation: Situation) -> str:
    """How a document is found out of date, and by which meeting; or that no meeting is known."""
    year = "Un document tenu chaque année est à mettre à jour douze mois après sa date"
    meeting = situation.next_meeting_on or situation.last_meeting_on
    if meeting is None:
        return f"{year}. La date de l’assemblée générale n’est pas connue ici\u00a0: elle ne compte pas dans ce calcul."
    which = "de la prochaine assemblée" if situation.next_meeting_on else "de la dernière assemblée"
    return f"{year}, ou s’il n’a pas été actualisé dans les trois mois avant la date {which}, le {long_date(meeting)}."
