"""What an administrator decides of the agency: its details, its look. An import no longer changes what they decided."""

import hashlib
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from parvis.agencies.models import Agency, AgencyLogo
from parvis.journal.actions import record
from parvis.kit.refusals import Refusal

DETAILS = (
    *("name", "legal_name", "phone", "emergency_phone", "email", "street", "postal_code", "city"),
    *("opening_hours", "weekly_hours", "closures"),
    *("professional_card", "financial_guarantee", "mediator"),
)
LOOK = ("hue", "welcome")
EDITABLE = frozenset(DETAILS + LOOK)
LARGEST_LOGO_BYTES = 200_000


class SettingRefused(Refusal):
    """What the agency's row does not take, in its own words."""


@transaction.atomic
def change(*, agency: Agency, values: Mapping[str, str | int], by: tuple[str, str]) -> list[str]:
    """Write these settings and return the names of those that changed. Refuses (`SettingRefused`) a bad value."""
    if not EDITABLE.issuperset(values):
        raise KeyError(sorted(set(values) - EDITABLE))
    held = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, values[name])
    refuse_wrong(held, changed)
    held.kept_here = sorted({*held.kept_here, *changed})
    held.save(update_fields=[*changed, "kept_here"])
    if changed:
        record(agency_id=held.pk, verb="agency.changed", actor=by)
    return changed


def refuse_wrong(agency: Agency, changed: list[str]) -> None:
    fixed = {field.name for field in Agency._meta.concrete_fields} - set(changed)
    try:
        agency.clean_fields(exclude=fixed)
    except ValidationError as error:
        raise SettingRefused(error.messages[0]) from error


@transaction.atomic
def put_logo(*, agency: Agency, content: bytes, by: tuple[str, str]) -> None:
    """Show this image, already drawn again, beside the agency's name; an empty one takes the logo away."""
    if len(content) > LARGEST_LOGO_BYTES:
        raise SettingRefused("Ce logo est trop détaillé\u00a0: choisissez une image plus simple.")
    digest = hashlib.sha256(content).hexdigest() if content else ""
    Agency.objects.filter(pk=agency.pk).update(logo_digest=digest)
    AgencyLogo.objects.filter(agency=agency).delete()
    if content:
        AgencyLogo.objects.create(agency=agency, digest=digest, content=content)
    record(agency_id=agency.pk, verb="agency.logo-changed", actor=by)
