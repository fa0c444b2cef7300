"""What the staff keep at hand: the firms whom the agency sends, the messages that it often writes."""

import dataclasses

from django.db import IntegrityError, transaction

from parvis.interventions.models import MessageTemplate, Supplier
from parvis.journal.actions import record
from parvis.kit.refusals import Refusal
from parvis.people.models import StaffMember


class NameTaken(Refusal):
    message = "Ce nom est déjà pris\u00a0: choisissez-en un autre."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Firm:
    """What is known of a firm. Without courriel, no order can be sent to it."""

    name: str
    trade: str = ""
    email: str = ""
    phone: str = ""
    siret: str = ""


@transaction.atomic
def keep_supplier(*, firm: Firm, by: StaffMember, supplier: Supplier | None = None) -> Supplier:
    """Add a firm to the directory, or write anew what is known of one. Refused when another has its name."""
    kept = supplier or Supplier(agency_id=by.agency_id)
    if named_so(Supplier, firm.name, but=kept, by=by):
        raise NameTaken
    for name, value in dataclasses.asdict(firm).items():
        setattr(kept, name, value)
    save(kept)
    journal("supplier.changed" if supplier else "supplier.added", ("supplier", kept.public_id), by=by)
    return kept


@transaction.atomic
def keep_template(*, name: str, text: str, by: StaffMember, template: MessageTemplate | None = None) -> MessageTemplate:
    """Add a message to those that are often written, or change one. Refused when another has its name."""
    kept = template or MessageTemplate(agency_id=by.agency_id)
    if named_so(MessageTemplate, name, but=kept, by=by):
        raise NameTaken
    kept.name, kept.text = name, text
    save(kept)
    journal("template.changed" if template else "template.added", ("template", kept.public_id), by=by)
    return kept


@transaction.atomic
def remove_template(*, template: MessageTemplate, by: StaffMember) -> None:
    """What was written with it stays written."""
    journal("template.removed", ("template", template.public_id), by=by)
    template.delete()


def save(kept: Supplier | MessageTemplate) -> None:
    """Two people may give the same name at once: the second is told."""
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as taken:
        raise NameTaken from taken


def named_so(
    model: type[Supplier] | type[MessageTemplate], name: str, *, but: Supplier | MessageTemplate, by: StaffMember
) -> bool:
    return model._default_manager.filter(agency_id=by.agency_id, name__iexact=name).exclude(pk=but.pk).exists()


def journal(verb: str, subject: tuple[str, str], *, by: StaffMember) -> None:
    actor = ("user", by.user.public_id) if by.user else ("staff", by.public_id)
    record(agency_id=by.agency_id, verb=verb, actor=actor, subject=subject)
