"""What a balance says (rules 4.4, DESIGN § 5): words before signs, exact copy."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules import BalanceFacts, BalanceState, describe_balance

TODAY = dt.date(2026, 11, 23)
NEW_YEAR = dt.date(2027, 1, 1)
OCTOBER = dt.date(2026, 10, 1)
CALLED: dict[str, Any] = {"not_yet_due_cents": 41_235, "next_due_on": NEW_YEAR, "next_due_cents": 41_235}


def say(balance_cents: int, **known: Any):
    return describe_balance(BalanceFacts(**{"kind": "co_owner", "balance_cents": balance_cents, **known}), today=TODAY)


def test_due():
    words = say(-41_235, **CALLED)

    assert (words.state, words.words, words.amount) == (BalanceState.DUE, "Vous devez", "412,35\u202f€")
    assert words.sentences == ("Vous devez cette somme avant le 1er\u00a0janvier 2027.",)
    assert (words.due_cents, words.not_yet_due_cents, words.payable_cents) == (0, 41_235, 41_235)


def test_due_by_direct_debit_asks_for_nothing():
    words = say(-41_235, payment_mode="direct_debit", **CALLED)

    assert words.state == BalanceState.DIRECT_DEBIT
    assert words.sentences == (
        "Prélèvement de 412,35\u202f€ prévu le 1er\u00a0janvier 2027.",
        "Vous n’avez rien à faire.",
    )
    assert words.payable_cents == 0


def test_late():
    words = say(-41_235, oldest_unpaid_on=OCTOBER)

    assert (words.state, words.words) == (BalanceState.LATE, "Vous devez")
    assert words.sentences == (
        "Cette somme était attendue le 1er\u00a0octobre 2026.",
        "Une difficulté\u202f? Parlez-en à votre agence.",
    )
    assert words.payable_cents == 41_235


def test_late_and_the_next_call_are_told_apart():
    words = say(-79_735, oldest_unpaid_on=OCTOBER, **CALLED)

    assert words.sentences[:2] == (
        "Dont échu\u00a0: 385,00\u202f€, somme attendue le 1er\u00a0octobre 2026.",
        "À échoir\u00a0: 412,35\u202f€ avant le 1er\u00a0janvier 2027.",
    )
    assert (words.due_cents, words.not_yet_due_cents) == (38_500, 41_235)


def test_a_refused_direct_debit_is_late():
    words = say(-41_235, payment_mode="direct_debit", oldest_unpaid_on=OCTOBER)

    assert words.state == BalanceState.LATE


def test_due_today_is_not_late():
    words = say(-41_235, oldest_unpaid_on=TODAY, next_due_on=TODAY, next_due_cents=41_235)

    assert words.state == BalanceState.DUE
    assert words.sentences == ("Cette somme est à payer aujourd’hui, 23\u00a0novembre 2026.",)


def test_zero():
    words = say(0, next_due_on=NEW_YEAR, next_due_cents=41_235)

    assert (words.state, words.words, words.amount) == (BalanceState.ZERO, "Compte à jour", "0,00\u202f€")
    assert words.sentences == ("Compte à jour.", "Prochaine échéance\u00a0: 412,35\u202f€ le 1er\u00a0janvier 2027.")


def test_zero_by_direct_debit_announces_the_next_one():
    words = say(0, payment_mode="direct_debit", next_due_on=NEW_YEAR, next_due_cents=41_235)

    assert words.sentences[1:] == (
        "Prélèvement de 412,35\u202f€ prévu le 1er\u00a0janvier 2027.",
        "Vous n’avez rien à faire.",
    )


def test_zero_does_not_ask_again_for_a_call_paid_early():
    words = say(0, **CALLED)

    assert words.sentences == ("Compte à jour.",)


def test_credit():
    words = say(12_000)

    assert (words.state, words.words, words.amount) == (
        BalanceState.CREDIT,
        "En votre faveur",
        "+\u202f120,00\u202f€",
    )
    assert words.sentences == ("En votre faveur.", "Cette somme sera déduite de votre prochain appel.")


def test_landlord_in_credit_reads_when_it_is_paid_out():
    words = say(364_313, kind="landlord", next_payout_on=dt.date(2026, 12, 10))

    assert (words.title, words.amount) == ("Solde propriétaire", "+\u202f3\u202f643,13\u202f€")
    assert words.sentences == ("En votre faveur.", "Versement prévu le 10\u00a0décembre 2026.")


@pytest.mark.parametrize(
    ("day", "title"), [(dt.date(2026, 12, 1), "Loyer de décembre 2026"), (dt.date(2027, 4, 1), "Loyer d’avril 2027")]
)
def test_tenant_reads_the_month_of_the_rent(day, title):
    words = say(-84_500, kind="tenant", not_yet_due_cents=84_500, next_due_on=day, next_due_cents=84_500)

    assert words.title == title


def test_account_of_a_free_association_is_not_taken_for_that_of_the_syndicat():
    assert say(0, creditor_kind="free_association").title == "Solde association syndicale"
    assert say(0, creditor_kind="owners_association").title == "Solde copropriétaire"


def test_plan_is_flagged_and_not_called_late():
    words = say(-41_235, arrangement="plan", oldest_unpaid_on=OCTOBER)

    assert (words.state, words.flag) == (BalanceState.DUE, "Échéancier en cours")
    assert words.sentences == ("Vous devez cette somme.",)


def test_disputed_sum_is_flagged_and_not_asked_for():
    words = say(-41_235, arrangement="dispute", oldest_unpaid_on=OCTOBER)

    assert (words.flag, words.sentences, words.unsaid_words) == ("Somme contestée", (), "Vous devez")
    assert words.payable_cents == 0


def test_withheld_account_shows_no_amount():
    words = say(-41_235, is_withheld=True)

    assert (words.words, words.amount, words.payable_cents) == ("Situation incomplète", "", 0)


def test_calls_of_several_dates():
    words = say(-80_000, not_yet_due_cents=80_000, next_due_on=NEW_YEAR, next_due_cents=41_235)

    assert words.sentences == ("Vous devez 412,35\u202f€ avant le 1er\u00a0janvier 2027, le reste plus tard.",)


@given(
    balance_cents=st.integers(-10_000_000, 10_000_000),
    not_yet_due_cents=st.integers(0, 10_000_000),
    kind=st.sampled_from(["co_owner", "landlord", "tenant"]),
    payment_mode=st.sampled_from(["manual", "direct_debit"]),
    arrangement=st.sampled_from(["", "plan", "dispute"]),
    next_due_on=st.none() | st.dates(TODAY, dt.date(2027, 12, 31)),
    oldest_unpaid_on=st.none() | st.dates(dt.date(2024, 1, 1), TODAY),
)
def test_any_account_has_its_words_and_splits_what_is_owed(balance_cents, **known):
    words = say(balance_cents, **known)

    assert words.words in ("Vous devez", "Compte à jour", "En votre faveur")
    assert words.sentences or words.flag
    assert words.words in " ".join([words.unsaid_words, *words.sentences])
    assert words.due_cents + words.not_yet_due_cents == max(0, -balance_cents)
    assert ("+" in words.amount) == (balance_cents > 0)
