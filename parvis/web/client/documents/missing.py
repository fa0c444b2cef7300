"""What the law wants online and is not: the heading stays, and says so (décret 2019-502, art. 1)."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from parvis.compliance.access import buildings_owned
from parvis.compliance.models import LegalState
from parvis.compliance.rules.states import Status
from parvis.documents.models import Category
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer

# Item of the legal list → its heading, its name at the beginning of a sentence, and the verb.
WANTED = {
    "bylaws": (Category.BUILDING, "Le règlement de copropriété", "n’est"),
    "building_summary_sheet": (Category.BUILDING, "La fiche synthétique", "n’est"),
    "maintenance_log": (Category.BUILDING, "Le carnet d’entretien", "n’est"),
    "technical_reports": (Category.BUILDING, "Les diagnostics techniques", "ne sont"),
    "insurance_contract": (Category.CONTRACTS, "Le contrat d’assurance de l’immeuble", "n’est"),
    "syndic_contract": (Category.CONTRACTS, "Le contrat de syndic", "n’est"),
    "minutes": (Category.MEETINGS, "Les procès-verbaux des trois dernières années", "ne sont"),
}


def missing_sentences(viewer: Viewer, *, category: Category | None, today: dt.date) -> dict[Category, list[str]]:
    """Heading → sentences; of one heading where one is given. The building is named to who has several."""
    rows = [(code, building) for code, building in missing_rows(viewer, today) if code in WANTED]
    names_building = len({building for _, building in rows}) > 1
    found: dict[Category, list[str]] = {}
    for code, building in rows:
        of_category, name, verb = WANTED[code]
        if category is None or category is of_category:
            where = f" pour l’immeuble {building}" if names_building else ""
            sentence = f"{name} {verb} pas encore en ligne{where}. {request_for(name)} à votre agence."
            found.setdefault(of_category, []).append(sentence)
    return found


def request_for(name: str) -> str:
    return "Demandez-les" if name.startswith("Les ") else f"Demandez-{name[:2].lower()}"


@prepared
def missing_rows(viewer: Viewer, today: dt.date) -> "QuerySet[LegalState, tuple[Any, ...]]":
    states = LegalState.objects.visible_to(viewer).current().filter(status=Status.MISSING.value)
    mine = states.filter(building__in=buildings_owned(viewer, day=today))
    return mine.order_by("building__name", "code", "pk").values_list("code", "building__name")
