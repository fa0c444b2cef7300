"""Accounts, their entries, and what is called: each account apart, each with its creditor."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer
from parvis.ledger.models.books import Exercise
from parvis.people.models import Client
from parvis.property.models import Building, Lot, still_readable


class CreditorQuerySet(AgencyOwnedQuerySet["Creditor"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(pk__in=Account.objects.visible_to(viewer).values("creditor_id"))


class Creditor(AgencyOwned):
    """To whom an account is owed: a syndicat, an ASL, the landlords' account of the agency. Never « the portal »."""

    class Kind(models.TextChoices):
        OWNERS_ASSOCIATION = "owners_association", "syndicat des copropriétaires"
        FREE_ASSOCIATION = "free_association", "association syndicale"
        MANDATES = "mandates", "compte des mandants de l’agence"

    reference = models.CharField("référence", max_length=40)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    name = models.CharField("bénéficiaire", max_length=140)
    iban = models.CharField("IBAN", max_length=34, blank=True)
    bic = models.CharField("BIC", max_length=11, blank=True)
    cheque_order = models.CharField("ordre du chèque", max_length=140, blank=True)

    objects = CreditorQuerySet.as_manager()

    class Meta:
        verbose_name = "créancier"
        ordering = ["reference", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="creditor_reference_once_per_agency"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountQuerySet(AgencyOwnedQuerySet["Account"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The accounts of the viewer’s clients, and of those who let them read theirs as a representative.

        Those of a building that left the agency, until the day it set.
        """
        mine = self.filter(client_id__in=viewer.account_client_ids, agency_id=viewer.agency_id)
        return mine.filter(still_readable("building__"))

    def with_syndicats(self) -> Self:
        """Those of co-owners whose creditor is the syndicat: an ASL has its own budget, which nobody tells."""
        return self.filter(kind=Account.Kind.CO_OWNER, creditor__kind=Creditor.Kind.OWNERS_ASSOCIATION)

    def with_due_dates(self, day: dt.date) -> Self:
        """Annotate what is booked but not due yet, and the next call (cents; `None` without one).

        `not_yet_due_cents` counts debits whose due date is after `day`; `next_due_on` and
        `next_due_cents` describe the earliest call due on `day` or later.
        """
        later = Entry.objects.counted().filter(account=OuterRef("pk"), due_on__gt=day).order_by()
        next_call = Call.objects.filter(account=OuterRef("pk"), due_on__gte=day).order_by("due_on", "pk")
        return self.annotate(
            not_yet_due_cents=Coalesce(
                Subquery(later.values("account").annotate(total=Sum("debit_cents")).values("total")), 0
            ),
            next_due_on=Subquery(next_call.values("due_on")[:1]),
            next_due_cents=Subquery(next_call.values("amount_cents")[:1]),
        )

    def with_first_day(self) -> Self:
        """Annotate the day of the oldest entry that counts (`first_booked_on`; `None` without any)."""
        oldest = Entry.objects.counted().filter(account=OuterRef("pk")).order_by("booked_on")
        return self.annotate(first_booked_on=Subquery(oldest.values("booked_on")[:1]))


class Account(AgencyOwned):
    """One account of a client with one creditor. Never added to another: the creditors differ.

    `balance_cents` = credits − debits: positive in favour of the client (rules 4.4), kept by the import
    equal to the sum of the counted entries.
    """

    class Kind(models.TextChoices):
        CO_OWNER = "co_owner", "Solde copropriétaire"
        LANDLORD = "landlord", "Solde propriétaire"
        TENANT = "tenant", "Loyer"

    class PaymentMode(models.TextChoices):
        MANUAL = "manual", "virement ou chèque"
        DIRECT_DEBIT = "direct_debit", "prélèvement"

    class Arrangement(models.TextChoices):
        NONE = "", "aucun"
        PLAN = "plan", "échéancier en cours"
        DISPUTE = "dispute", "somme contestée"

    reference = models.CharField("numéro de compte", max_length=40)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="accounts", verbose_name="client")
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="accounts", verbose_name="créancier")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    kind = models.CharField("nature", max_length=10, choices=Kind)
    payment_mode = models.CharField("mode de paiement", max_length=12, choices=PaymentMode, default=PaymentMode.MANUAL)
    payment_reference = models.CharField("référence à recopier", max_length=60, blank=True)
    arrangement = models.CharField("accord", max_length=8, choices=Arrangement, blank=True)
    as_of = models.DateField("situation au")
    next_payout_on = models.DateField("prochain versement le", null=True, blank=True)
    balance_cents = models.BigIntegerField("solde", default=0)
    oldest_unpaid_on = models.DateField("plus ancienne somme impayée, échue le", null=True, blank=True)
    is_withheld = models.BooleanField("situation incomplète", default=False)
    closed_on = models.DateField("clos le", null=True, blank=True)

    objects = AccountQuerySet.as_manager()
    not_yet_due_cents: int  # annotated by `with_due_dates`, like the two below
    next_due_on: dt.date | None
    next_due_cents: int | None

    class Meta:
        verbose_name = "compte"
        ordering = ["reference", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="account_reference_once_per_agency"),
        ]

    def __str__(self) -> str:
        return f"compte {self.reference}"

    @property
    def is_with_syndicat(self) -> bool:
        """As `with_syndicats` chooses them."""
        return self.kind == self.Kind.CO_OWNER and self.creditor.kind == Creditor.Kind.OWNERS_ASSOCIATION


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(account__in=Account.objects.visible_to(viewer))

    def newest_first(self) -> Self:
        return self.order_by("-booked_on", "-pk")

    def counted(self) -> Self:
        """What makes the balance, and what is shown: an opening balance that repeats what is held is not."""
        return self.filter(is_counted=True)


class Entry(models.Model):
    """A line of the agency's books on an account, in cents.

    An opening balance is not counted when the account holds the entries before it: they say it already. Nor is a
    line of an exercise cut off from the next ones by a gap, when an opening balance says what came before.
    `exercise` is that of the FEC that brought the line; a line of a package has none. `vat_cents` and
    `charges_cents` are parts of the amount: the VAT of fees, the recoverable charges in a rent collected.
    """

    class Kind(models.TextChoices):
        CALL = "call", "Appel de fonds"
        WORKS = "works", "Travaux"
        RENT = "rent", "Loyer"
        PAYMENT = "payment", "Règlement"
        SETTLEMENT = "settlement", "Régularisation"
        FEES = "fees", "Honoraires"
        PAYOUT = "payout", "Versement"
        OTHER = "other", "Autre"

    class Means(models.TextChoices):
        TRANSFER = "transfer", "virement"
        DIRECT_DEBIT = "direct_debit", "prélèvement"
        CHEQUE = "cheque", "chèque"
        CARD = "card", "carte bancaire"
        CASH = "cash", "espèces"
        HOUSING_AID = "housing_aid", "aide au logement"

    class TaxLine(models.TextChoices):
        """Lines of the form 2044 that an entry’s kind does not tell (`rules.property_income`)."""

        OTHER_INCOME = "213", "recettes diverses (ligne 213)"
        MANAGEMENT = "221", "frais d’administration et de gestion (ligne 221)"
        INSURANCE = "223", "primes d’assurance (ligne 223)"
        WORKS = "224", "réparation, entretien, amélioration (ligne 224)"
        UNRECOVERED = "225", "charges récupérables non récupérées (ligne 225)"
        PROPERTY_TAX = "227", "taxe foncière (ligne 227)"
        CO_OWNERSHIP = "229", "provisions pour charges de copropriété (ligne 229)"
        CO_OWNERSHIP_SETTLEMENT = "230", "régularisation des provisions (ligne 230)"
        NONE = "none", "ne se déclare pas"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries", verbose_name="compte")
    reference = models.CharField("référence", max_length=60)
    booked_on = models.DateField("date")
    due_on = models.DateField("exigible le", null=True, blank=True)
    kind = models.CharField("nature", max_length=10, choices=Kind, default=Kind.OTHER)
    label = models.CharField("libellé", max_length=160)
    detail = models.CharField("précision", max_length=160, blank=True)
    piece = models.CharField("pièce", max_length=60, blank=True)
    debit_cents = models.BigIntegerField("débit", default=0)
    credit_cents = models.BigIntegerField("crédit", default=0)
    is_opening = models.BooleanField("à-nouveau", default=False)
    is_counted = models.BooleanField("compte dans le solde", default=True)
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="entries"
    )
    lettering = models.CharField("lettrage", max_length=40, blank=True, db_default="")
    lettered_on = models.DateField("lettrée le", null=True, blank=True)
    means = models.CharField("moyen de paiement", max_length=12, choices=Means, blank=True, db_default="")
    vat_cents = models.BigIntegerField("dont TVA", null=True, blank=True)
    charges_cents = models.BigIntegerField("dont charges", null=True, blank=True)
    tax_line = models.CharField("ligne fiscale", max_length=4, choices=TaxLine, blank=True, db_default="")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "écriture"
        ordering = ["account_id", "booked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "reference"], name="entry_reference_once_per_account"),
            models.CheckConstraint(
                condition=Q(debit_cents=0) | Q(credit_cents=0),
                name="entry_is_debit_or_credit",
                violation_error_message="Une écriture porte un débit ou un crédit, pas les deux.",
            ),
            models.CheckConstraint(
                condition=Q(is_counted=True) | Q(is_opening=True) | Q(exercise__isnull=False),
                name="entry_left_out_is_an_opening_or_of_an_exercise",
                violation_error_message="Seul un à-nouveau ou une ligne d’un exercice peut être laissé hors du solde.",
            ),
            models.CheckConstraint(
                condition=Q(vat_cents=None) | Q(vat_cents__range=(0, F("debit_cents") + F("credit_cents"))),
                name="entry_vat_is_a_part_of_it",
                violation_error_message="La TVA est une part du montant.",
            ),
            models.CheckConstraint(
                condition=Q(charges_cents=None) | Q(charges_cents__range=(0, F("debit_cents") + F("credit_cents"))),
                name="entry_charges_are_a_part_of_it",
                violation_error_message="Les charges sont une part du montant.",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "booked_on", "id"], name="entry_by_day"),
            models.Index(fields=["account", "due_on"], condition=Q(due_on__isnull=False), name="entry_by_due_day"),
            models.Index(fields=["exercise"], condition=Q(exercise__isnull=False), name="entry_by_exercise"),
        ]

    def __str__(self) -> str:
        return self.label


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(account__in=Account.objects.visible_to(viewer))


class Call(models.Model):
    """A demand (appel de fonds, avis d'échéance) with its due date; booked as the entry of the same reference.

    A demand of rent says its parts and its period: what is neither rent nor charges is `other_label`.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="calls", verbose_name="compte")
    reference = models.CharField("référence", max_length=60)
    label = models.CharField("libellé", max_length=160)
    issued_on = models.DateField("émis le")
    due_on = models.DateField("exigible le")
    amount_cents = models.BigIntegerField("montant")
    rent_cents = models.PositiveBigIntegerField("dont loyer", null=True, blank=True)
    charges_cents = models.PositiveBigIntegerField("dont provision sur charges", null=True, blank=True)
    other_label = models.CharField("autre somme", max_length=160, blank=True, db_default="")
    covers_from = models.DateField("période du", null=True, blank=True)
    covers_until = models.DateField("période au", null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "appel"
        ordering = ["account_id", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "reference"], name="call_reference_once_per_account"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")),
                name="call_due_after_issue",
                violation_error_message="L’échéance précède la date d’émission.",
            ),
            models.CheckConstraint(
                condition=Q(rent_cents=None, charges_cents=None)
                | Q(amount_cents__gte=Coalesce("rent_cents", 0) + Coalesce("charges_cents", 0)),
                name="call_rent_and_charges_are_parts_of_it",
                violation_error_message="Le loyer et les charges dépassent le montant.",
            ),
            models.CheckConstraint(
                condition=Q(covers_from=None, covers_until=None)
                | Q(covers_from__isnull=False, covers_until__isnull=False, covers_until__gte=F("covers_from")),
                name="call_period_ends_after_it_begins",
                violation_error_message="La fin de la période précède son début.",
            ),
        ]
        indexes = [models.Index(fields=["account", "due_on"], name="call_by_due_day")]

    def __str__(self) -> str:
        return self.label
