"""The journal: every fact follows the one before; whatever is changed is named."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.journal import jobs
from parvis.journal.actions import digest_of, record, record_many
from parvis.journal.models import ChainHead, PersonalDetail, Record
from parvis.journal.verification import Break, Fault, read_chain

AGENCY = 7
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def chain(db):
    """Six facts of one agency, and one of another."""
    record(agency_id=8, verb="elsewhere")
    for number in range(1, 7):
        record(agency_id=AGENCY, verb="letter.drawn", subject=("client", str(number)))
    return Record.objects.filter(agency_id=AGENCY)


def broken():
    return read_chain(AGENCY).broken


def test_chain_of_each_agency_is_whole(chain):
    assert read_chain(AGENCY).broken is None
    assert read_chain(AGENCY).length == 6
    assert read_chain(8).length == 1
    assert read_chain(9).broken is None


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "other"},
        {"object_id": "9"},
        {"actor_id": "eve"},
        {"recorded_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_altered_fact_is_named(chain, change):
    chain.filter(position=3).update(**change)

    assert broken() == Break(position=3, fault=Fault.ALTERED)


def test_fact_altered_with_its_own_digest_is_named_by_the_next(chain):
    fact = chain.get(position=3)
    fact.verb = "other"
    fact.digest = digest_of(fact)
    fact.save()

    assert broken() == Break(position=4, fault=Fault.REPLACED)


@pytest.mark.parametrize("position", [1, 3, 6])
def test_removed_fact_is_named(chain, position):
    chain.filter(position=position).delete()

    assert broken() == Break(position=position, fault=Fault.REMOVED)


def test_fact_removed_and_the_others_renumbered_is_named(chain):
    chain.filter(position=3).delete()
    for position in (4, 5, 6):
        chain.filter(position=position).update(position=position - 1)

    assert broken() == Break(position=3, fault=Fault.ALTERED)


def test_inserted_fact_is_named(chain):
    last = chain.get(position=6)
    inserted = Record(
        agency_id=AGENCY, position=7, recorded_at=timezone.now(), verb="forged", previous_digest=last.digest
    )
    inserted.digest = digest_of(inserted)
    inserted.save()

    assert broken() == Break(position=7, fault=Fault.BEYOND_HEAD)


def test_wrong_head_is_named(chain):
    ChainHead.objects.filter(agency_id=AGENCY).update(digest="f" * 64)

    assert broken() == Break(position=6, fault=Fault.HEAD)


def test_head_set_back_is_named(chain):
    ChainHead.objects.filter(agency_id=AGENCY).update(position=4, digest=chain.get(position=4).digest)

    assert broken() == Break(position=5, fault=Fault.BEYOND_HEAD)


def test_chain_rewritten_whole_is_caught_by_a_head_noted_elsewhere(chain):
    noted = read_chain(AGENCY).digest
    chain.delete()
    ChainHead.objects.filter(agency_id=AGENCY).delete()
    for number in range(1, 7):
        record(agency_id=AGENCY, verb="letter.drawn", subject=("client", str(number)))

    assert read_chain(AGENCY).broken is None
    assert read_chain(AGENCY, anchors={6: noted}).broken == Break(position=6, fault=Fault.ANCHOR)
    assert read_chain(AGENCY, anchors={9: noted}).broken == Break(position=7, fault=Fault.REMOVED)


def test_personal_detail_is_erased_and_the_chain_stays_whole(db):
    fact = record(agency_id=AGENCY, verb="sign-in", personal_detail={"address": "a•••e@exemple.fr"})
    record(agency_id=AGENCY, verb="sign-out")
    Record.objects.filter(pk=fact.pk).update(recorded_at=fact.recorded_at)

    jobs.actions.forget_details(before=timezone.now() + dt.timedelta(days=1))

    assert not PersonalDetail.objects.exists()
    assert read_chain(AGENCY).broken is None


def test_recent_detail_is_kept_by_the_night(db):
    record(agency_id=AGENCY, verb="sign-in", personal_detail={"address": "a•••e@exemple.fr"})

    assert jobs.forget_details() == 0
    assert PersonalDetail.objects.exists()


def test_fact_disappears_with_the_transaction_that_did_it(chain):
    with transaction.atomic():
        record(agency_id=AGENCY, verb="undone")
        transaction.set_rollback(True)

    assert read_chain(AGENCY).length == 6
    assert broken() is None


@pytest.mark.parametrize("subjects", [1, 50])
def test_journalling_costs_three_statements_whatever_the_number_of_subjects(chain, subjects):
    with CaptureQueriesContext(connection) as captured:
        record_many(agency_id=AGENCY, verb="letter.drawn", subjects=[("client", str(n)) for n in range(subjects)])

    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 3
    assert broken() is None


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_writers_side_by_side_leave_a_whole_chain():
    with ThreadPoolExecutor(4) as writers:
        done = [writers.submit(write_facts, 25) for _ in range(4)]
        for each in done:
            each.result()

    reading = read_chain(AGENCY)
    assert reading.broken is None
    assert reading.length == 100


def write_facts(number):
    try:
        for _ in range(number):
            with transaction.atomic():
                record(agency_id=AGENCY, verb="letter.drawn")
    finally:
        connection.close()
