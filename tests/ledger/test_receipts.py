"""Quittances and reçus: issued for what is paid, numbered without holes, cancelled when the books take it back."""

import datetime as dt
import io

import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.documents.models import Document
from parvis.journal.models import Record
from parvis.kit.days import paris_day
from parvis.ledger.actions import month_of_receipts
from parvis.ledger.actions.receipts import (
    NothingToReceipt,
    RentNotSplit,
    cancel_what_is_no_longer_paid,
    issue_on_request,
)
from parvis.ledger.jobs import review_receipts
from parvis.ledger.models import RentReceipt
from parvis.ledger.receipt_document import receipt_pdf
from parvis.people.models import DeliveryChoice
from tests.factories import AgencyFactory, ClientFactory, TenancyFactory, UserFactory
from tests.ledger.tenants import NOVEMBER, demand, paid, rejected, tenant_account
from tests.people.cast import neighbour_of, viewer_of

pytestmark = pytest.mark.django_db
BY = ("user", "x")


def receipt_of(account, *, month=NOVEMBER) -> RentReceipt:
    return issue_on_request(account=account, month=month, by=BY)


def text_of(receipt) -> str:
    pdf = receipt_pdf(receipt, agency=receipt.agency)
    return " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().split())


def test_a_month_paid_in_full_gives_a_quittance_rent_and_charges_apart():
    account = tenant_account()
    demand(account)
    paid(account)

    receipt = receipt_of(account)

    assert receipt.kind == RentReceipt.Kind.FULL
    assert (receipt.rent_cents, receipt.charges_cents) == (72_000, 12_500)
    assert receipt.payments == [{"on": "2026-11-05", "means": "transfer", "cents": 84_500}]


def test_a_payment_in_part_gives_a_receipt_then_the_quittance_replaces_it():
    account = tenant_account()
    demand(account)
    paid(account, cents=40_000)
    first = receipt_of(account)
    paid(account, cents=44_500, on=dt.date(2026, 11, 20))

    second = receipt_of(account)

    first.refresh_from_db()
    assert (first.kind, first.received_cents) == (RentReceipt.Kind.PARTIAL, 40_000)
    assert first.cancelled_reason == "Remplacé par la quittance de la période."
    assert (second.kind, second.number) == (RentReceipt.Kind.FULL, first.number + 1)


def test_asking_twice_gives_the_same_one():
    account = tenant_account()
    demand(account)
    paid(account)

    assert receipt_of(account) == receipt_of(account)
    assert Record.objects.filter(verb="rent_receipt_issued").count() == 1


def test_nothing_paid_gives_nothing():
    account = tenant_account()
    demand(account)

    with pytest.raises(NothingToReceipt):
        receipt_of(account)


def test_a_demand_without_parts_takes_those_of_the_lease():
    account = tenant_account()
    demand(account, rent_cents=None, charges_cents=None, amount_cents=84_500)
    paid(account)

    receipt = receipt_of(account)

    assert (receipt.rent_cents, receipt.charges_cents) == (72_000, 12_500)


def test_nothing_is_certified_when_nobody_tells_rent_from_charges():
    account = tenant_account()
    demand(account, rent_cents=None, charges_cents=None, amount_cents=84_400)
    paid(account)

    with pytest.raises(RentNotSplit):
        receipt_of(account)


def test_a_rejected_debit_cancels_the_quittance_and_its_document():
    account = tenant_account()
    demand(account)
    paid(account)
    call_command("make_receipts", "--month=2026-11", f"--agency={account.agency.slug}")
    receipt = RentReceipt.objects.get()
    rejected(account)

    cancel_what_is_no_longer_paid(agency=account.agency, accounts=[account])
    call_command("make_receipts", "--month=2026-12", f"--agency={account.agency.slug}")

    receipt.refresh_from_db()
    assert receipt.cancelled_reason == "Un paiement de cette période a été rejeté ou retiré."
    assert "Quittance annulée le" in text_of(receipt)
    assert Document.objects.get().withdrawn_at is not None


def test_a_month_removed_from_the_books_cancels_its_receipt():
    account = tenant_account()
    call = demand(account)
    paid(account)
    receipt = receipt_of(account)
    account.entries.all().delete()
    call.delete()

    call_command("make_receipts", "--month=2026-11", f"--agency={account.agency.slug}")

    receipt.refresh_from_db()
    assert receipt.cancelled_at is not None


def test_housing_aid_is_told_apart():
    account = tenant_account()
    demand(account)
    paid(account, cents=21_200, means="housing_aid")
    paid(account, cents=63_300)

    text = text_of(receipt_of(account))

    assert "aide au logement, versée par la CAF ou la MSA" in text
    assert "212,00" in text


def test_joint_tenants_are_all_named_and_all_read_it():
    account = tenant_account()
    demand(account)
    paid(account)
    lease = account.client.tenancies.get().lease
    emma = ClientFactory(agency=account.agency, first_name="Emma", last_name="Leroux")
    TenancyFactory(client=emma, lease=lease)
    gone = ClientFactory(agency=account.agency, first_name="Gaëlle", last_name="Partie")
    TenancyFactory(client=gone, lease=lease, ends_on=dt.date(2026, 10, 31))

    receipt = receipt_of(account)

    assert receipt.parties["tenants"] == ["Madame Bob Marchand", "Madame Emma Leroux"]
    for client in (account.client, emma):
        assert RentReceipt.objects.visible_to(viewer_of(client)).get() == receipt
    assert not RentReceipt.objects.visible_to(viewer_of(gone)).exists()


def test_nobody_else_reads_a_receipt():
    account = tenant_account()
    demand(account)
    paid(account)
    receipt_of(account)

    for viewer in (neighbour_of(account.client), viewer_of(ClientFactory())):
        assert not RentReceipt.objects.visible_to(viewer).exists()


def test_a_former_tenant_keeps_their_receipts():
    account = tenant_account()
    demand(account)
    paid(account)
    receipt = receipt_of(account)
    account.client.tenancies.update(ends_on=dt.date(2026, 11, 30))
    account.closed_on = dt.date(2026, 12, 15)
    account.save(update_fields=["closed_on"])

    assert RentReceipt.objects.visible_to(viewer_of(account.client)).get() == receipt


def test_the_database_refuses_two_live_receipts_of_a_period_and_a_quittance_not_paid():
    account = tenant_account()
    demand(account)
    paid(account)
    receipt = receipt_of(account)
    receipt.pk, receipt.public_id, receipt.number = None, "x" * 26, 99

    with pytest.raises(IntegrityError), transaction.atomic():
        receipt.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        RentReceipt.objects.update(rent_cents=1)


def test_a_month_of_receipts_is_numbered_without_holes_and_run_again_does_nothing(capsys):
    agency = AgencyFactory()
    for _number in range(5):
        account = tenant_account(agency=agency)
        demand(account)
        paid(account)
    unpaid = tenant_account(agency=agency)
    demand(unpaid)

    call_command("make_receipts", "--month=2026-11", f"--agency={agency.slug}")
    told = capsys.readouterr().out
    call_command("make_receipts", "--month=2026-11", f"--agency={agency.slug}")

    assert sorted(RentReceipt.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert "Quittances établies : 5. Reçus établis : 0. Déjà établis : 0." in told
    assert "Périodes sans aucun paiement : 1." in told
    assert "Quittances établies : 0. Reçus établis : 0. Déjà établis : 5." in capsys.readouterr().out
    assert Document.objects.filter(kind="rent_receipt", audience="account").count() == 5


def test_killed_between_the_rows_and_the_papers_the_next_run_goes_on(monkeypatch):
    account = tenant_account()
    demand(account)
    paid(account)
    filed = month_of_receipts.file_receipts
    calls = []

    def killed(**arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return filed(**arguments)

    monkeypatch.setattr(month_of_receipts, "file_receipts", killed)
    with pytest.raises(KeyboardInterrupt):
        call_command("make_receipts", "--month=2026-11", f"--agency={account.agency.slug}")
    call_command("make_receipts", "--month=2026-11", f"--agency={account.agency.slug}")

    assert RentReceipt.objects.get().number == 1
    assert Document.objects.get().reference == "QUITTANCE-1"


def test_a_situation_that_is_not_whole_certifies_nothing():
    account = tenant_account()
    demand(account)
    paid(account)
    account.is_withheld = True
    account.save(update_fields=["is_withheld"])

    call_command("make_receipts", "--month=2026-11", f"--agency={account.agency.slug}")

    assert not RentReceipt.objects.exists()


def test_the_paper_is_tagged_french_and_readable():
    account = tenant_account()
    demand(account)
    paid(account)
    receipt = receipt_of(account)

    with pikepdf.open(io.BytesIO(receipt_pdf(receipt, agency=account.agency))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).lower().startswith("fr")
        assert pdf.Root.StructTreeRoot is not None
        title = str(pdf.docinfo.get("/Title"))
    text = text_of(receipt)
    assert title == "Quittance de loyer, novembre 2026"
    for words in ("Quittance n°", "Alice Fontaine", "Loyer", "720,00", "Provision sur charges", "845,00", "virement"):
        assert words in text


def test_what_a_person_typed_stays_text():
    account = tenant_account(client=ClientFactory(first_name="#panic()", last_name="[x] *gras* $1$ 日本"))
    demand(account)
    paid(account)

    assert "#panic() [x] *gras* $1$ ??" in text_of(receipt_of(account))


def test_those_who_did_not_agree_get_theirs_by_post(tmp_path):
    agency = AgencyFactory()
    accounts = [tenant_account(agency=agency) for _number in range(2)]
    for account in accounts:
        demand(account)
        paid(account)
    DeliveryChoice.objects.create(
        agency=agency,
        client=accounts[0].client,
        asked_by=UserFactory(agency=agency),
        asked_at=timezone.now(),
        received_on=NOVEMBER,
        effective_on=NOVEMBER,
        kind="receipts",
        channel="email",
    )

    call_command("make_receipts", "--month=2026-11", f"--agency={agency.slug}", f"--to-post={tmp_path}")

    number = RentReceipt.objects.get(account=accounts[1]).number
    assert [path.name for path in tmp_path.iterdir()] == [f"{number:07d}.pdf"]


def test_each_night_a_rejected_debit_takes_its_quittance_back():
    account, sound = tenant_account(), tenant_account()
    for each in (account, sound):
        demand(each)
        paid(each)
        receipt_of(each)
    rejected(account, on=paris_day(timezone.now()))

    review_receipts()
    review_receipts()

    assert RentReceipt.objects.live().get().account == sound
