import datetime as dt

import pytest
from django.db.models import F

from parvis.exchange.actions import api_keys
from parvis.exchange.models import ApiKey
from parvis.exchange.rules.scopes import Scope
from parvis.journal.models import Record
from parvis.kit.throttle import Limit
from parvis.web.api import door
from tests.factories import AgencyFactory, StaffMemberFactory, UserFactory
from tests.people.cast import staff_session


def test_the_key_itself_is_never_kept(erp):
    row = ApiKey.objects.get()

    assert erp.token.startswith(row.prefix)
    assert erp.token not in "".join(map(str, vars(row).values()))


def test_a_key_says_what_it_opens(program_of):
    program = program_of(AgencyFactory(slug="tilleuls"), scopes=[Scope.CHANGES_READ])

    assert program.get("key").json()["scopes"] == ["changes:read"]
    assert program.get("key").json()["agency"] == "tilleuls"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer prv_" + "0" * 40, "Basic YTpi", "Bearer é"])
def test_nobody_comes_in_without_a_key(erp, header):
    answer = erp.get("key", authorization=header)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_opens_what_it_was_given_and_no_more(program_of):
    program = program_of(AgencyFactory(), scopes=[Scope.CLIENTS_READ])

    assert program.get("clients").status_code == 200
    assert program.put("clients", {"rows": []}).status_code == 403
    assert program.get("changes").status_code == 403


def test_a_revoked_key_opens_nothing(erp):
    api_keys.revoke(key=erp.key)

    assert erp.get("key").status_code == 401
    assert Record.objects.filter(verb="api-key.revoked", object_id=erp.key.public_id).count() == 1


def test_a_key_ends_on_its_day(program_of):
    agency = AgencyFactory()
    key, token = api_keys.make_key(agency=agency, name="ERP", scopes=[Scope.CLIENTS_READ], lasts=dt.timedelta(days=1))
    program = program_of(agency)

    before = program.get("key", authorization=f"Bearer {token}")
    ApiKey.objects.filter(pk=key.pk).update(
        made_at=F("made_at") - dt.timedelta(days=2), expires_at=F("expires_at") - dt.timedelta(days=2)
    )
    after = program.get("key", authorization=f"Bearer {token}")

    assert (before.status_code, after.status_code) == (200, 401)


def test_the_last_use_is_noted(erp):
    erp.get("key")

    assert ApiKey.objects.get(pk=erp.key.pk).last_used_at is not None


def test_the_session_of_the_staff_opens_nothing(erp):
    diane = UserFactory(agency=erp.agency)
    StaffMemberFactory(agency=erp.agency, user=diane)
    staff_session(erp.browser, diane)

    assert erp.get("clients", authorization="").status_code == 401
    assert erp.put("clients", {"rows": []}, authorization="").status_code == 401


def test_a_program_that_hurries_is_told_when_to_come_back(erp, monkeypatch):
    monkeypatch.setattr(door, "PER_KEY", Limit(name="api-of-a-test", allowed=2, seconds=60))

    answers = [erp.get("key") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_whoever_tries_keys_is_slowed_down(erp, monkeypatch):
    monkeypatch.setattr(door, "WITHOUT_KEY", Limit(name="no-key-of-a-test", allowed=2, seconds=60))

    answers = [erp.get("key", authorization="Bearer prv_x").status_code for _ in range(3)]

    assert answers == [401, 401, 429]
    assert erp.get("key").status_code == 200
