"""Files brought in, and what a person says of each."""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from parvis.documents.actions.deposits import Said
from parvis.documents.models import KINDS_OF, Audience, Category, Deposit
from parvis.people.models import Client, Viewer
from parvis.people.rules import normalise_reference
from parvis.property.access import buildings_in_scope, clients_in_scope
from parvis.property.models import Building, Lot
from parvis.web.ui.fields import FilesInput
from parvis.web.ui.forms import PageForm
from parvis.web.ui.typed_fields import DayField, TypedField

MOST_FILES = 50
BUILDINGS_SUGGESTED = 300
OF_CLIENT = (Audience.CLIENT, Audience.ACCOUNT)
OF_BUILDING = (Audience.OWNERS, Audience.TENANTS, Audience.COUNCIL)
KINDS = [
    (category.label, [(kind.value, kind.label) for kind in KINDS_OF[category]])
    for category in Category
    if category is not Category.SENT
]


class PapersField(forms.FileField):
    """Several files, of any nature: each is looked at once it is kept."""

    def __init__(self, *, most: int = MOST_FILES) -> None:
        self.most = most
        many = most > 1
        super().__init__(
            label="Fichiers" if many else "Nouveau fichier",
            help_text="PDF, JPEG ou PNG, de 100\u00a0Mo au plus"
            + (f"\u00a0; {most} fichiers au plus à la fois." if many else "."),
            required=False,
            widget=FilesInput(attrs={"multiple": many, "accept": ".pdf,.jpg,.jpeg,.png"}),
        )

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:  # Any: as Django gives it
        files: list[UploadedFile[bytes]] = [file for file in (data if isinstance(data, list) else [data]) if file]
        if not files:
            raise ValidationError("Choisissez au moins un fichier." if self.most > 1 else "Choisissez un fichier.")
        if len(files) > self.most:
            raise ValidationError(f"{self.most}\u00a0fichiers au plus à la fois.")
        return files


class DepositForm(PageForm):
    papers = PapersField()


class ReplaceForm(PageForm):
    papers = PapersField(most=1)


class LineForm(PageForm):
    """What the file is, and who reads it; what is typed is looked up among what the viewer looks after."""

    title = TypedField(
        label="Titre",
        max_length=200,
        error_messages={"required": "Renseignez le titre.", "max_length": "Ce titre dépasse 200\u00a0signes."},
    )
    kind = forms.ChoiceField(
        label="Nature",
        choices=KINDS,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez la nature du document."),
    )
    dated_on = DayField(label="Date du document")
    audience = forms.ChoiceField(
        label="Pour",
        choices=[("", "Choisissez"), *[(value, label.capitalize()) for value, label in Audience.choices]],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez à qui le document s’adresse."),
    )
    building = TypedField(
        label="Immeuble",
        required=False,
        max_length=170,
        help_text="Nom ou référence. Vide pour un client ou pour tous.",
        widget=forms.TextInput(attrs={"list": "immeubles", "autocomplete": "off"}),
    )
    lot = TypedField(label="Lot", required=False, max_length=20, help_text="Numéro du lot, dans cet immeuble.")
    client = TypedField(
        label="Client", required=False, max_length=120, help_text="Identifiant, ou nom s’il est le seul à le porter."
    )
    publish_on = DayField(
        label="Mettre en ligne le\u00a0(facultatif)", required=False, help_text="Vide\u00a0: dès la publication."
    )

    @classmethod
    def of(cls, deposit: Deposit, data: Any, *, viewer: Viewer) -> "LineForm":  # Any: what was posted
        form = cls(data, initial=known_of(deposit))
        form.viewer = viewer
        return form

    viewer: Viewer

    def clean(self) -> dict[str, Any]:
        """Look up what was typed; a refusal stands beside its field."""
        typed = self.cleaned_data
        audience = typed.get("audience")
        self.found: dict[str, Any] = {}
        if audience in OF_BUILDING or audience == Audience.LOT or typed.get("lot"):
            self.found["building"] = self.look_up("building", self.the_building)
        if audience == Audience.LOT or typed.get("lot"):
            self.found["lot"] = self.look_up("lot", self.the_lot)
        if audience in OF_CLIENT:
            self.found["client"] = self.look_up("client", self.the_client)
        return typed

    def look_up(self, name: str, find: Any) -> Any:  # Any: a method, and the row that it finds
        try:
            return find(self.cleaned_data.get(name) or "")
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def the_building(self, typed: str) -> Building:
        mine = buildings_in_scope(self.viewer)
        label, _, reference = typed.removesuffix(")").rpartition(" (")
        exact = mine.filter(Q(reference__iexact=typed) | Q(reference=reference, name=label))
        found = exact or mine.filter(name__iexact=typed) or mine.filter(name__icontains=typed)
        return only(found, typed, BUILDING)

    def the_lot(self, typed: str) -> Lot:
        building = self.found.get("building")
        if building is None:
            raise ValidationError("Donnez d’abord l’immeuble de ce lot.")
        lots = building.lots.filter(number__iexact=typed)
        if not typed or not lots:
            raise ValidationError("Aucun lot de cet immeuble ne porte ce numéro.")
        return lots[0]  # type: ignore[no-any-return]  # of a reverse relation

    def the_client(self, typed: str) -> Client:
        mine = clients_in_scope(self.viewer)
        exact = mine.filter(reference_key=normalise_reference(typed))
        named = mine.all()
        for word in typed.split():
            holds = Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(company_name__icontains=word)
            named = named.filter(holds)
        return only(exact or named, typed, CLIENT)

    @property
    def said(self) -> Said:
        """What was said, once it is valid."""
        kept = {name: self.cleaned_data[name] for name in ("title", "kind", "dated_on", "audience", "publish_on")}
        audience = kept["audience"]
        about_lot = audience in (Audience.LOT, *OF_CLIENT)
        building = self.found.get("building") if audience != Audience.EVERYONE else None
        return Said(
            building=building,
            lot=self.found.get("lot") if about_lot else None,
            client=self.found.get("client"),
            **kept,
        )


Row = TypeVar("Row", Building, Client)
BUILDING = ("Donnez l’immeuble.", "Aucun immeuble ne porte ce nom ou cette référence.", "Plusieurs immeubles")
CLIENT = ("Donnez le client.", "Aucun client ne porte cet identifiant ou ce nom.", "Plusieurs clients")


def only(found: "QuerySet[Row]", typed: str, words: tuple[str, str, str]) -> Row:
    """The one row found; none or several are refused, these with their references."""
    missing, unknown, several = words
    if not typed:
        raise ValidationError(missing)
    rows = list(found[:6])
    if not rows:
        raise ValidationError(unknown)
    if len(rows) > 1:
        told = ", ".join(label_of(row) for row in rows[:5])
        raise ValidationError(f"{several} portent ce nom\u00a0: {told}{'…' if len(rows) > 5 else ''}.")
    return rows[0]


def label_of(row: Building | Client) -> str:
    if isinstance(row, Building):
        return f"{row.name} ({row.reference})"
    return f"{row.full_name} ({row.customer_reference})"


def known_of(deposit: Deposit) -> dict[str, Any]:
    """What the form shows first: what was said, or guessed."""
    building = deposit.building or (deposit.lot.building if deposit.lot else None)
    return {
        **{name: getattr(deposit, name) for name in ("title", "kind", "dated_on", "audience", "publish_on")},
        "building": label_of(building) if building else "",
        "lot": deposit.lot.number if deposit.lot else "",
        "client": deposit.client.customer_reference if deposit.client else "",
    }


def buildings_suggested(viewer: Viewer) -> list[str]:
    buildings = buildings_in_scope(viewer).filter(closed_on=None).order_by("name", "pk")[:BUILDINGS_SUGGESTED]
    return [label_of(building) for building in buildings]
