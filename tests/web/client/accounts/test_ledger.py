"""The entries of an account under any choice, from the newest to the oldest: every balance is the account's."""

import datetime as dt
import random
from urllib.parse import parse_qsl

import pytest

from parvis.kit.french_dates import short_date
from parvis.kit.money import format_balance
from parvis.ledger.models import Entry, FiscalYear
from parvis.web.client.accounts.entries import ENTRIES_SHOWN
from tests.compliance.factories import DocumentFactory
from tests.factories import (
    AccountFactory,
    BuildingFactory,
    ClientFactory,
    CreditorFactory,
    EntryFactory,
    LotFactory,
    OwnershipFactory,
)
from tests.web.client.accounts.reading import all_lines, caption_of, cells, lines_of, older_path, page_at, page_of

TEN_YEARS = 3650
LABELS = ("Appel de charges", "Prélèvement reçu", "APPEL TVX TOITURE", "Régularisation 2024", "Écriture diverse")


@pytest.fixture
def old_account(alice, today):
    """Ten years of entries, several on some days, of every kind."""
    dice = random.Random(450)
    days = sorted(today - dt.timedelta(dice.randrange(TEN_YEARS)) for _ in range(130))
    account = AccountFactory(client=alice)
    for day in days:
        cents = dice.randrange(1, 200_000)
        side = {"debit_cents": cents} if dice.random() < 0.5 else {"debit_cents": 0, "credit_cents": cents}
        kind = dice.choice(["call", "payment", "works", "settlement"])
        EntryFactory(account=account, booked_on=day, kind=kind, label=dice.choice(LABELS), **side)
    account.balance_cents = sum(entry.credit_cents - entry.debit_cents for entry in account.entries.all())
    account.save(update_fields=["balance_cents"])
    return account


def expected(account, keeps):
    """The lines of the entries that are kept, with the balance of the whole account after each."""
    balance, lines = account.balance_cents, []
    for entry in Entry.objects.filter(account=account).newest_first():
        amount = entry.credit_cents - entry.debit_cents
        if keeps(entry):
            shown = (format_balance(amount), format_balance(balance))
            lines.append((short_date(entry.booked_on), *(text.replace("\u202f", " ") for text in shown)))
        balance -= amount
    assert balance == 0
    return lines


def fiscal_year(building, year, **state):
    begins_on, ends_on = dt.date(year, 1, 1), dt.date(year, 12, 31)
    FiscalYear.objects.create(
        agency=building.agency, building=building, reference=str(year), begins_on=begins_on, ends_on=ends_on, **state
    )


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ("?periode=tout", lambda entry: entry.pk),
        ("?periode=tout&operations=works", lambda entry: entry.kind == "works"),
        ("?periode=tout&mot=ECRITURE", lambda entry: entry.label == "Écriture diverse"),
        ("?periode=tout&operations=call&mot=tvx", lambda entry: entry.kind == "call" and "TVX" in entry.label),
        ("?periode=tout&mot=introuvable", lambda entry: entry.label == "introuvable"),
    ],
)
def test_pages_together_are_the_whole_ledger(signed_in, old_account, query, keeps):
    lines = all_lines(signed_in, old_account, query)

    assert [(day, amount, after) for day, _, amount, after in lines] == expected(old_account, keeps)


def test_period_is_shown_first_then_what_came_before(signed_in, old_account, today):
    begins_on, ends_on = today - dt.timedelta(2000), today - dt.timedelta(1000)
    query = f"?periode=dates&du={begins_on}&au={ends_on}"

    whole = expected(old_account, lambda entry: entry.booked_on <= ends_on)
    within = expected(old_account, lambda entry: begins_on <= entry.booked_on <= ends_on)
    page = page_of(signed_in, old_account, query)
    first, lines = lines_of(page), all_lines(signed_in, old_account, query)

    assert [(day, amount, after) for day, _, amount, after in first] == within[:ENTRIES_SHOWN]
    assert [(day, amount, after) for day, _, amount, after in lines] == whole


def test_last_twelve_months_come_first(signed_in, alice, today):
    account = AccountFactory(client=alice, balance_cents=-300)
    for days, label in ((10, "Récente"), (300, "De l’an dernier"), (500, "Ancienne")):
        EntryFactory(account=account, booked_on=today - dt.timedelta(days), debit_cents=100, label=label)

    page = page_of(signed_in, account)
    older = page_at(signed_in, older_path(page))

    assert caption_of(page) == "Opérations des 12 derniers mois"
    assert cells(page, "ledger-what") == ["Récente", "De l’an dernier"]
    assert caption_of(older) == "Opérations depuis l’ouverture du compte"
    assert lines_of(older)[0][1:] == ("Ancienne", "1,00 €", "1,00 €")
    assert "Revenir aux plus récentes" in older


def test_quiet_account_says_so_and_leads_to_its_past(signed_in, alice, today):
    account = AccountFactory(client=alice)
    EntryFactory(account=account, booked_on=today - dt.timedelta(800))

    page = page_of(signed_in, account)

    assert "Aucune opération sur cette période." in page
    assert "Appel de charges" in page_of(signed_in, account, "?periode=tout")
    assert f'href="/comptes/{account.public_id}/?periode=tout"' in page


@pytest.mark.parametrize(
    "cursor", ["abc", "-1", "%00", "a" * 5000, "W10:abc", "WzEsMiwzXQ:1tXyZ", "%F0%9F%98%80", "1' OR '1'='1"]
)
def test_cursor_that_is_not_ours_shows_the_first_page(signed_in, alice, cursor):
    account = AccountFactory(client=alice)
    EntryFactory(account=account)

    page = page_of(signed_in, account, f"?avant={cursor}")

    assert "Appel de charges" in page
    assert "Revenir aux plus récentes" not in page


def test_cursor_of_another_account_or_of_older_books_shows_the_first_page(signed_in, alice, today):
    count = ENTRIES_SHOWN + 1
    first, second = AccountFactory.create_batch(2, client=alice, balance_cents=-count)
    for account in (first, second):
        EntryFactory.create_batch(count, account=account, booked_on=today, debit_cents=1)
    path = older_path(page_of(signed_in, first))

    elsewhere = page_at(signed_in, path.replace(first.public_id, second.public_id))
    first.balance_cents -= 1
    first.save(update_fields=["balance_cents"])
    afterwards = page_at(signed_in, path)

    assert len(lines_of(elsewhere)) == len(lines_of(afterwards)) == ENTRIES_SHOWN


def test_deep_page_costs_the_queries_of_the_first(signed_in, old_account, queries_of):
    page = page_of(signed_in, old_account, "?periode=tout")
    first = queries_of(f"/comptes/{old_account.public_id}/")
    while older_path(page):
        path = older_path(page)
        page = page_at(signed_in, path)
    deep = queries_of(path)

    assert len(deep) == len(first)
    assert not any("OFFSET" in sql.upper() for sql in deep)
    assert not any('"credit_cents" - ' in sql for sql in deep)


def test_cost_of_a_choice_does_not_grow_with_the_entries(signed_in, alice, today, assert_flat):
    account = AccountFactory(client=alice)
    EntryFactory(account=account, label="Toiture", booked_on=today)

    assert_flat(
        f"/comptes/{account.public_id}/?mot=toiture",
        lambda: EntryFactory.create_batch(999, account=account, label="Toiture", booked_on=today),
    )


def test_label_of_a_software_is_rewritten_and_stays_beside(signed_in, alice, today):
    account = AccountFactory(client=alice)
    EntryFactory(account=account, label="APPEL PROV TRIM", booked_on=today)

    page = page_of(signed_in, account)

    assert cells(page, "ledger-what") == ["Appel de charges"]
    assert "<small>Libellé d’origine\u00a0: APPEL PROV TRIM</small>" in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [("toiture", 1), ("TOITURE", 1), ("tvx", 1), ("appel travaux", 1), ("412,35", 2), ("%", 0), ("_", 0)],
)
def test_words_are_looked_for_in_what_is_shown_and_in_the_original(signed_in, alice, today, typed, found):
    account = AccountFactory(client=alice)
    EntryFactory(account=account, label="APPEL TVX TOITURE", booked_on=today)
    EntryFactory(account=account, label="Prélèvement reçu", debit_cents=0, credit_cents=41235, booked_on=today)

    page = signed_in.get(f"/comptes/{account.public_id}/", {"mot": typed}).content.decode()

    assert len(lines_of(page)) == found


def test_choice_stays_in_the_form_and_can_be_erased(signed_in, alice, today):
    account = AccountFactory(client=alice)
    EntryFactory(account=account, booked_on=today)

    page = page_of(signed_in, account, "?periode=tout&operations=call&mot=charges")

    assert caption_of(page) == "Appels de fonds depuis l’ouverture du compte, avec « charges »"
    assert '<option value="call" selected>' in page
    assert 'value="charges"' in page
    assert f'href="/comptes/{account.public_id}/">Effacer les filtres' in page
    assert "Effacer les filtres" not in page_of(signed_in, account)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("du=31%2F13%2F2025", "Renseignez une date complète, par exemple 31/12/2025."),
        ("du=demain", "Renseignez une date complète, par exemple 31/12/2025."),
        ("du=0001-01-01", "Renseignez une date complète, par exemple 31/12/2025."),
        ("du=2026-02-01&au=2026-01-01", "La fin de la période précède son début."),
        ("periode=dates", "Renseignez au moins une date."),
        ("periode=jamais", "Choisissez une période de la liste."),
        ("operations=DROP", "Choisissez une nature de la liste."),
        (f"mot={'a' * 81}", "Écrivez 80 signes au plus."),
    ],
)
def test_refused_choice_is_told_and_kept(signed_in, alice, today, query, message):
    account = AccountFactory(client=alice)
    EntryFactory(account=account, booked_on=today)

    page = page_of(signed_in, account, f"?{query}")

    assert message in page
    assert "<title>Erreur" in page
    assert all(f'value="{typed}"' in page for name, typed in parse_qsl(query) if name in ("du", "au", "mot"))
    assert "Appel de charges" in page


def test_refused_choice_is_shown_by_the_whole_page(signed_in, alice):
    account = AccountFactory(client=alice)
    path = f"/comptes/{account.public_id}/?du=demain"

    answer = signed_in.get(path, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == path


def test_day_may_be_typed_as_people_write_it(signed_in, alice):
    account = AccountFactory(client=alice, balance_cents=-41235)
    EntryFactory(account=account, booked_on=dt.date(2025, 3, 5))

    page = page_of(signed_in, account, "?periode=dates&du=05%2F03%2F2025&au=05.03.2025")

    assert caption_of(page) == "Opérations du 5 mars 2025 au 5 mars 2025"
    assert len(lines_of(page)) == 1


def test_exercises_are_offered_with_the_state_of_their_accounts(signed_in, alice, today):
    building = BuildingFactory(agency=alice.agency)
    account = AccountFactory(client=alice, building=building, balance_cents=-200)
    OwnershipFactory(client=alice, lot=LotFactory(building=building))
    last_year = today.year - 1
    fiscal_year(building, last_year, status="approved", approved_on=dt.date(today.year, 5, 18))
    fiscal_year(building, today.year)
    EntryFactory(account=account, booked_on=dt.date(last_year, 4, 1), debit_cents=100, label="Ancienne")
    EntryFactory(account=account, booked_on=dt.date(today.year, 1, 2), debit_cents=100, label="Récente")

    listed = signed_in.get("/comptes/").content.decode()
    first = page_of(signed_in, account)
    page = page_of(signed_in, account, f"?periode=exercice-{last_year}")

    assert "</time>, provisoire." in listed
    assert "</time>, provisoire." in first
    assert f"Exercice {today.year}\u00a0: provisoire." in first
    assert caption_of(page) == f"Opérations de l’exercice {last_year}"
    assert lines_of(page) == [(f"01/04/{last_year}", "Ancienne", "1,00 €", "1,00 €")]
    assert f"Exercice {last_year}\u00a0: approuvé en assemblée le 18\u00a0mai {today.year}." in page
    assert f"Exercice {today.year}" not in page.partition('id="operations"')[2]


def test_landlord_reads_what_will_be_paid_out(signed_in, alice, today):
    account = AccountFactory(client=alice, kind="landlord", balance_cents=72000)
    EntryFactory(account=account, kind="payout", label="VIR PROPRIETAIRE", debit_cents=8000, booked_on=today)
    EntryFactory(
        account=account, kind="rent", label="LOYER 03/2026", debit_cents=0, credit_cents=80000, booked_on=today
    )

    page = page_of(signed_in, account)

    assert cells(page, "ledger-what") == ["Loyer encaissé, mars 2026", "Versement sur votre compte bancaire"]
    assert "à vous verser" in page
    assert "Loyers encaissés</option>" in page
    assert "Appels de fonds</option>" not in page


def paper(building, today, **options):
    """A document online since yesterday."""
    return DocumentFactory(building=building, dated_on=today - dt.timedelta(1), **options)


def test_piece_of_a_line_opens_for_who_may_read_it(signed_in, alice, today):
    account, building = AccountFactory(client=alice), BuildingFactory(agency=alice.agency)
    other = ClientFactory(agency=alice.agency)
    mine = paper(building, today, kind="funds_call", audience="account", client=alice)
    theirs = paper(building, today, kind="funds_call", audience="account", client=other)
    shared = paper(building, today, kind="minutes", audience="owners")
    for document in (mine, theirs, shared):
        EntryFactory(account=account, piece=document.reference, booked_on=today)

    page = page_of(signed_in, account)

    assert f'href="/documents/{mine.public_id}/">Voir la pièce\u00a0: appel de fonds</a>' in page
    assert shared.public_id not in page
    assert theirs.public_id not in page


def test_piece_shared_by_the_owners_opens_for_an_owner(signed_in, alice, home, today):
    account = AccountFactory(client=alice)
    shared = paper(home.building, today, kind="minutes", audience="owners")
    EntryFactory(account=account, piece=shared.reference, booked_on=today)

    assert f"/documents/{shared.public_id}/" in page_of(signed_in, account)


@pytest.mark.parametrize("whose", ["of somebody who sold", "of an association"])
def test_exercises_of_another_are_not_told(signed_in, alice, today, whose):
    building = BuildingFactory(agency=alice.agency)
    creditor = CreditorFactory(
        agency=alice.agency, kind="free_association" if "association" in whose else "owners_association"
    )
    account = AccountFactory(client=alice, building=building, creditor=creditor, balance_cents=-200)
    sold_on = None if "association" in whose else dt.date(today.year - 1, 3, 1)
    OwnershipFactory(client=alice, lot=LotFactory(building=building), ends_on=sold_on)
    fiscal_year(building, today.year)
    EntryFactory(account=account, booked_on=dt.date(today.year, 1, 2), debit_cents=200)

    listed = signed_in.get("/comptes/").content.decode()
    page = page_of(signed_in, account)

    assert "2,00" in listed
    assert "provisoire" not in listed + page
    assert f"exercice-{today.year}" not in page
