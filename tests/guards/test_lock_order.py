"""The guard of the order in which rows are held: what it refuses, what it lets pass."""

import pytest
from django.apps import apps

from parvis.people.actions.locks import ORDER
from parvis.people.models import Representation
from tests.lock_order import Holding, LockOrderBroken

HOLD_CLIENT = (
    'SELECT "people_client"."id" FROM "people_client" WHERE "id" IN (SELECT "client_id" FROM "people_grant" '
    'WHERE "id" IN (%s)) FOR NO KEY UPDATE OF "people_client"'
)


def test_order_names_every_table_of_the_entrance():
    tables = set(apps.get_app_config("people").get_models())

    assert tables - set(ORDER) == {Representation}


def test_client_held_after_its_letter_is_refused():
    holding = Holding()
    holding.note('UPDATE "people_letter" SET "uses" = 1', ())

    with pytest.raises(LockOrderBroken, match="people_client is taken too late"):
        holding.note(HOLD_CLIENT, (1,))


def test_link_used_after_the_journal_is_refused():
    holding = Holding()
    holding.note('SELECT * FROM "journal_chainhead" LIMIT 1 FOR UPDATE OF "journal_chainhead"', ())

    with pytest.raises(LockOrderBroken, match="people_emaillink is taken too late"):
        holding.note('DELETE FROM "people_emaillink" WHERE "id" = %s', (1,))


def test_counter_counted_after_a_link_is_refused():
    holding = Holding()
    holding.note('UPDATE "people_emaillink" SET "used_at" = 1', ())

    with pytest.raises(LockOrderBroken, match="kit_attemptcounter is taken too late"):
        holding.note(
            "\n  INSERT INTO kit_attemptcounter AS kept (count)\n ON CONFLICT (key) DO UPDATE SET count = 2", ()
        )


def test_another_client_held_after_the_first_is_refused():
    holding = Holding()
    holding.note(HOLD_CLIENT, (1, 2))
    holding.note(HOLD_CLIENT, (2,))

    with pytest.raises(LockOrderBroken, match="out of their order"):
        holding.note(HOLD_CLIENT, (3,))


def test_client_held_from_those_who_refer_to_it_is_refused():
    with pytest.raises(LockOrderBroken, match="without no_key"):
        Holding().note(HOLD_CLIENT.replace("NO KEY ", ""), (1,))


def test_held_row_is_written_again_and_inserted_ones_hold_nothing():
    holding = Holding()
    for statement in (HOLD_CLIENT, 'UPDATE "people_letter" SET "uses" = 1', 'UPDATE "people_client" SET "kind" = 1'):
        holding.note(statement, (1,))

    holding.note('INSERT INTO "people_user" ("email") VALUES (%s)', ("a",))

    assert list(holding.tables) == ["people_client", "people_letter"]
