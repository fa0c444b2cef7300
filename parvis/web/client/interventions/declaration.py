"""A declaration on its way: what was answered so far, what is still to be asked, how it reads before it is sent."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parvis.interventions.models import Intervention, ReportDraft
from parvis.kit.typography import format_phone
from parvis.people.models import Viewer
from parvis.property.models import Lot
from parvis.web.client.interventions.declare_forms import LONGEST_DESCRIPTION, MOMENTS
from parvis.web.client.interventions.pictures import Picture, draft_picture
from parvis.web.client.interventions.spots import Spot, spots_of

EMERGENCY = "client:interventions-declare"
WHERE, WHAT, DESCRIBE, WHEN, CHECK = (
    f"client:interventions-declare-{word}" for word in ("where", "what", "describe", "when", "check")
)
# The page that asks each answer, in order.
QUESTIONS = {"spot": WHERE, "category": WHAT, "description": DESCRIBE, "moments": WHEN}
KEY_LEFT = "La clé est chez le gardien."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A line of the page where everything is checked."""

    question: str
    words: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """The draft of the person, and the places that it may be about."""

    answers: Mapping[str, Any]  # Any: what a form of ours has validated, kept as JSON
    kept_at: dt.datetime | None
    sending_key: str
    photos: list[Picture]
    spots: Mapping[str, Spot]

    @property
    def spot(self) -> Spot | None:
        return self.spots.get(self.answers.get("spot", ""))

    @property
    def key_may_stay(self) -> bool:
        """Whether a caretaker can let somebody in: into a home."""
        spot = self.spot
        return bool(spot and spot.building.caretaker_name and spot.lot and spot.lot.kind == Lot.Kind.MAIN)

    @property
    def description(self) -> str:
        """Nothing while it is too long to be sent."""
        words: str = self.answers.get("description", "")
        return words if len(words) <= LONGEST_DESCRIPTION else ""

    @property
    def next_page(self) -> str:
        """The first question without its answer; then the check."""
        known = {**self.answers, "spot": self.spot, "description": self.description}
        return next((page for name, page in QUESTIONS.items() if known.get(name) in (None, "")), CHECK)

    def reaches(self, page: str) -> bool:
        """Whether every question before that page has its answer."""
        pages = [*QUESTIONS.values(), CHECK]
        return pages.index(page) <= pages.index(self.next_page)

    @property
    def category_words(self) -> str:
        return Intervention.Category(self.answers["category"]).label

    @property
    def availability(self) -> str:
        """« Le matin, de 8 h à 12 h. Absent le mercredi. La clé est chez le gardien. »"""
        moments = [f"{MOMENTS[moment]}." for moment in self.answers.get("moments", []) if moment in MOMENTS]
        typed = self.answers.get("availability", "")
        key = KEY_LEFT if self.answers.get("leaves_key") and self.key_may_stay else ""
        return " ".join(part for part in (*moments, typed and f"{typed.rstrip('.')}.", key) if part)

    @property
    def summary(self) -> list[Answer]:
        """Everything, in the order of the questions. Needs every answer."""
        place = ", ".join(
            part for part in (self.spot.detail if self.spot else "", self.answers.get("place", "")) if part
        )
        label = self.spot.label if self.spot else ""
        phone = self.answers.get("phone", "")
        lines = [
            Answer(question="Où est le problème\u202f?", words=f"{label}\n{place}", page=WHERE),
            Answer(question="De quoi s’agit-il\u202f?", words=self.category_words, page=WHAT),
            Answer(question="Description", words=self.answers["description"], page=DESCRIBE),
            Answer(question="Quand peut-on venir\u202f?", words=self.availability or "Non précisé", page=WHEN),
            Answer(question="Téléphone à rappeler", words=format_phone(phone) or "Non précisé", page=WHEN),
        ]
        urgent = [Answer(question="Urgence", words="Oui", page=EMERGENCY)] if self.answers.get("is_urgent") else []
        return [*urgent, *lines]


def declaration_of(viewer: Viewer, *, today: dt.date) -> Declaration:
    """What the person has begun; nothing yet for most."""
    draft = ReportDraft.objects.visible_to(viewer).first()
    files = draft.files.all() if draft else []
    return Declaration(
        answers=draft.answers if draft else {},
        kept_at=draft.kept_at if draft else None,
        sending_key=draft.sending_key if draft else "",
        photos=[draft_picture(file, rank=rank) for rank, file in enumerate(files, 1)],
        spots=spots_of(viewer, today=today),
    )
