"""What a statement states of an account that the viewer reads: the period asked for, walked from its first day on."""

import datetime as dt
from collections.abc import Iterator

from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account
from parvis.ledger.rules.entries import Choice, EntryRow, Walked, walk_on
from parvis.ledger.statement_document import StatedExercise, Statement
from parvis.web.client.accounts.entries import READ_AT_ONCE, Entries, all_entries, sum_of
from parvis.web.client.accounts.page import Found
from parvis.web.client.accounts.periods import touched_by
from parvis.web.client.accounts.selection import Selection


def entries_within(viewer: Viewer, account_id: int, choice: Choice) -> Entries:
    """The entries of the period, of any nature."""
    entries = all_entries(viewer, account_id)
    if choice.begins_on:
        entries = entries.filter(booked_on__gte=choice.begins_on)
    return entries.filter(booked_on__lte=choice.ends_on) if choice.ends_on else entries


def statement_of(viewer: Viewer, found: Found, selection: Selection, *, today: dt.date) -> Statement:
    """The lines are read when they are asked for."""
    choice, period = selection.choice, selection.period
    accounts = Account.objects.visible_to(viewer).select_related("agency", "client", "creditor", "building", "lot")
    account = accounts.get(pk=found.terms.id)
    entries = entries_within(viewer, account.pk, choice)
    newer = all_entries(viewer, account.pk).filter(booked_on__gt=choice.ends_on or dt.date.max)
    closing_cents = account.balance_cents - sum_of(newer.order_by())
    opening_cents = closing_cents - sum_of(entries.order_by())
    return Statement(
        account=account,
        title=found.card.words.title,
        caption=selection.caption,
        opening_cents=opening_cents,
        opening_on=choice.begins_on - dt.timedelta(1) if choice.begins_on else None,
        closing_cents=closing_cents,
        closing_on=choice.ends_on or account.as_of,
        shown=shown_of(entries, choice=choice, opening_cents=opening_cents),
        exercises=[
            StatedExercise(
                name=f"Exercice {each.reference}",
                begins_on=each.begins_on,
                ends_on=each.ends_on,
                state=each.status_words,
                is_provisional=each.is_provisional,
            )
            for each in touched_by(period, found.exercises, today=today)
        ],
    )


def shown_of(entries: Entries, *, choice: Choice, opening_cents: int) -> Iterator[Walked]:
    """Oldest first; what is left out still makes the balances."""
    rows = entries.reverse().values_list(*EntryRow._fields).iterator(chunk_size=READ_AT_ONCE)
    walked = walk_on(map(EntryRow._make, rows), balance_cents=opening_cents)
    return (each for each in walked if choice.keeps(each.entry))
