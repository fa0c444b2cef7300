"""Whose an account is, as typed."""

from django import forms

from parvis.exchange.actions.fec.decisions import (
    BuildingMissing,
    BuildingUnknown,
    ClientUnknown,
    Decided,
    confirm_account,
    find_building,
    find_client,
)
from parvis.exchange.models import FecAccount
from parvis.kit.refusals import Refusal
from parvis.kit.viewer import Viewer
from parvis.web.staff.fec.page import KINDS
from parvis.web.ui.forms import PageForm
from parvis.web.ui.typed_fields import TypedField


class AccountForm(PageForm):
    client = TypedField(
        label="Identifiant du client",
        max_length=40,
        error_messages={
            "required": "Renseignez l’identifiant du client.",
            "max_length": "Cet identifiant est trop long.",
        },
    )
    kind = forms.ChoiceField(
        label="Nature du compte",
        choices=list(KINDS.items()),
        error_messages={
            "required": "Choisissez la nature du compte.",
            "invalid_choice": "Choisissez la nature du compte.",
        },
    )
    building = TypedField(
        label="Référence de l’immeuble",
        help_text="Pour un copropriétaire. Vide\u00a0: le seul immeuble où il a un lot.",
        max_length=40,
        required=False,
        error_messages={"max_length": "Cette référence est trop longue."},
    )

    def confirm(self, account: FecAccount, *, by: Viewer) -> bool:
        """Confirm what was typed; a refusal stands beside its field."""
        typed = self.cleaned_data
        try:
            client = find_client(agency_id=account.agency_id, typed=typed["client"])
            building = find_building(agency_id=account.agency_id, reference=typed["building"])
            decided = Decided(client=client, kind=typed["kind"], building=building)
            confirm_account(account=account, decided=decided, by=by)
        except ClientUnknown as refusal:
            self.add_error("client", refusal.message)
        except (BuildingMissing, BuildingUnknown) as refusal:
            self.add_error("building", refusal.message)
        except Refusal as refusal:
            self.add_error(None, refusal.message)
        return not self.errors
