"""The facts of a case that the agency decides: what it is called, who pays, who follows it, what insurers ask."""

import dataclasses
import datetime as dt

from django.db import transaction

from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import Step, change, held_as_shown, note
from parvis.interventions.models import Audience, DamagedLot, Intervention, WaterDamage
from parvis.kit.refusals import Refusal
from parvis.people.models import StaffMember
from parvis.property.models import Lot


class Elsewhere(Refusal):
    message = "Ce lot n’est pas dans l’immeuble de cette intervention."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the agency may write anew of a case, whatever its state."""

    title: str
    place: str
    category: str
    kind: str
    payer: str
    assigned_to: StaffMember | None
    is_urgent: bool
    is_shown_to_residents: bool


@transaction.atomic
def rewrite(*, intervention: Intervention, sheet: Sheet, by: Actor, version: int) -> Intervention:
    """Write the sheet of a case anew. Refuses with StaleCase when somebody has changed it meanwhile."""
    case = held_as_shown(intervention, version=version)
    columns = {field.name: getattr(sheet, field.name) for field in dataclasses.fields(sheet)}
    changed = {name: value for name, value in columns.items() if getattr(case, name) != value}
    if changed:
        change(case, columns=changed)
        note(case, Step(label="Fiche modifiée", audience=Audience.INTERNAL), by=by)
        journal("intervention.rewritten", case, by=by)
    return case


@transaction.atomic
def assign(*, intervention: Intervention, member: StaffMember, by: Actor, version: int) -> Intervention:
    """Have somebody of the agency follow the case. Refuses with StaleCase when it has changed meanwhile."""
    case = held_as_shown(intervention, version=version)
    change(case, columns={"assigned_to": member})
    note(case, Step(label=f"Confiée à {member}", audience=Audience.INTERNAL), by=by)
    journal("intervention.assigned", case, by=by)
    return case


@dataclasses.dataclass(frozen=True, kw_only=True)
class Damage:
    """What insurers ask of a water damage; all of it may come later."""

    occurred_on: dt.date | None = None
    source: str = ""
    source_lot: Lot | None = None
    building_insurer: str = ""
    building_claim_number: str = ""
    statement_sent_on: dt.date | None = None
    statement_signed_on: dt.date | None = None
    expert_on: dt.date | None = None


@transaction.atomic
def keep_damage(*, intervention: Intervention, damage: Damage, by: Actor, version: int) -> WaterDamage:
    """What is known of the damage now. The case becomes one of its own kind.

    Refuses a lot of another building; with StaleCase, what somebody has changed meanwhile.
    """
    case = held_as_shown(intervention, version=version)
    refuse_elsewhere(case, lot=damage.source_lot)
    facts = {field.name: getattr(damage, field.name) for field in dataclasses.fields(damage)}
    kept, _ = WaterDamage.objects.update_or_create(intervention=case, defaults=facts)
    as_damage(case, by=by, label="Dossier de sinistre complété")
    return kept


@dataclasses.dataclass(frozen=True, kw_only=True)
class Claim:
    """A lot that the water reached, and its insurer."""

    lot: Lot
    insurer: str = ""
    claim_number: str = ""
    declared_on: dt.date | None = None


@transaction.atomic
def keep_claim(*, intervention: Intervention, claim: Claim, by: Actor, version: int) -> DamagedLot:
    """Note a lot, or write anew what is known of it. Refuses as `keep_damage` does."""
    case = held_as_shown(intervention, version=version)
    refuse_elsewhere(case, lot=claim.lot)
    damage, _ = WaterDamage.objects.get_or_create(intervention=case)
    facts = {"insurer": claim.insurer, "claim_number": claim.claim_number, "declared_on": claim.declared_on}
    kept, _ = DamagedLot.objects.update_or_create(damage=damage, lot=claim.lot, defaults=facts)
    as_damage(case, by=by, label=f"Lot\u00a0{claim.lot.number} noté au dossier de sinistre")
    return kept


def refuse_elsewhere(case: Intervention, *, lot: Lot | None) -> None:
    if lot is not None and lot.building_id != case.building_id:
        raise Elsewhere


def as_damage(case: Intervention, *, by: Actor, label: str) -> None:
    """Keep the case among the water damages, and the trace that its file grew."""
    change(case, columns={"kind": Intervention.Kind.WATER_DAMAGE})
    note(case, Step(label=label, audience=Audience.INTERNAL), by=by)
    journal("intervention.damage-kept", case, by=by)
