import datetime as dt
import importlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import standardwebhooks
from django.apps import apps
from django.db import connection
from django.db.models import F

from parvis.exchange import jobs
from parvis.exchange.actions import api_keys, webhooks
from parvis.exchange.calling import CallFailed, post
from parvis.exchange.models import Delivery, Webhook
from parvis.exchange.rules.feed import Kind
from parvis.exchange.rules.outside import LAST_ATTEMPT, ForbiddenAddress, delay_after, refuse_private
from parvis.exchange.rules.scopes import Scope
from parvis.journal.actions import record
from parvis.mail.models import OutboxMessage
from tests.factories import InterventionFactory

migration = importlib.import_module("parvis.exchange.migrations.0007_webhooks_under_a_key")


class Software(ThreadingHTTPServer):
    """The agency's software on this machine: keeps what it is told, answers what it is asked to."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Ear)
        self.heard, self.status, self.location = [], 204, ""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/notices?of=parvis"


class Ear(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@pytest.fixture
def software():
    with Software() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def told(erp, software, settings):
    """That software is told of interventions; its signatures are checked with the secret it was given."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    answer = erp.post("webhooks", {"url": software.url, "kinds": ["intervention"]})
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.fixture
def case(erp):
    return InterventionFactory(agency=erp.agency, building__agency=erp.agency)


def happens(case):
    record(agency_id=case.agency_id, verb="intervention.moved", subject=("intervention", case.public_id))


def later(**delay):
    """As if that time had passed for every delivery."""
    Delivery.objects.filter(state="waiting").update(next_attempt_at=F("next_attempt_at") - dt.timedelta(**delay))


def test_a_change_is_told_once_with_a_signature(told, software, case):
    happens(case)

    first, second = jobs.tell_software(), jobs.tell_software()

    ((path, headers, body),) = software.heard
    read = standardwebhooks.Webhook(told["secret"]).verify(body, headers)
    assert (first, second, path) == (1, 0, "/notices?of=parvis")
    assert (read["type"], read["data"]["id"]) == ("intervention.changed", case.public_id)
    assert case.title not in body


def test_the_cursor_of_a_notice_leads_to_what_follows(erp, told, software, case):
    happens(case)
    happens(case)
    jobs.tell_software()

    cursor = json.loads(software.heard[0][2])["data"]["cursor"]

    assert len(erp.get(f"changes?after={cursor}").json()["items"]) == 1


def test_another_kind_is_not_told(erp, told, software):
    record(agency_id=erp.agency.pk, verb="access.opened", subject=("user", "a" * 26))

    assert jobs.tell_software() == 0
    assert software.heard == []


def test_an_address_is_told_only_what_its_key_reads(erp, program_of):
    program = program_of(erp.agency, [Scope.WEBHOOKS, Scope.CHANGES_READ, Scope.CLIENTS_READ])
    url = "https://erp.example.com/"

    refused = program.post("webhooks", {"url": url, "kinds": ["profile", "message"]})
    taken = program.post("webhooks", {"url": url, "kinds": ["profile", "activation"]})

    assert (refused.status_code, taken.status_code) == (403, 201)
    assert refused.json()["detail"] == "messages:read (lire les conversations)"
    assert Webhook.objects.get().kinds == ["activation", "profile"]


def test_an_address_waits_when_its_key_opens_nothing_until_another_takes_it(erp, program_of, told, software, case):
    happens(case)
    webhooks.announce()
    api_keys.revoke(key=erp.key)
    happens(case)
    silent = jobs.tell_software()
    without = program_of(erp.agency, [Scope.WEBHOOKS, Scope.CLIENTS_READ])
    seen = without.get(f"webhooks/{told['id']}").json()["key"]
    refused = without.post(f"webhooks/{told['id']}/enable")
    other = program_of(erp.agency, [Scope.WEBHOOKS, Scope.INTERVENTIONS_READ])

    answer = other.post(f"webhooks/{told['id']}/enable")

    assert (silent, seen, refused.status_code) == (0, None, 403)
    assert (answer.json()["key"], jobs.tell_software()) == (other.key.prefix, 2)


@pytest.mark.parametrize(("kinds", "is_held"), [(["intervention"], True), (["intervention", "message"], False)])
def test_an_address_of_before_keeps_its_key_only_if_it_reads_all_that_is_told(erp, program_of, kinds, is_held):
    program = program_of(erp.agency, [Scope.WEBHOOKS, Scope.INTERVENTIONS_READ])
    webhook, _secret = webhooks.register(key=program.key, url="https://erp.example.com/", kinds=[*map(Kind, kinds)])
    Webhook.objects.update(api_key=None)

    migration.give_keys(apps, connection.schema_editor())

    webhook.refresh_from_db()
    assert webhook.api_key == (program.key if is_held else None)


def test_a_failure_is_tried_again_later_under_the_same_id(told, software, case):
    happens(case)
    software.status = 500
    jobs.tell_software()
    at_once = jobs.tell_software()
    software.status = 200
    later(minutes=1)
    jobs.tell_software()

    first, second = (headers["webhook-id"] for _path, headers, _body in software.heard)
    delivery = Delivery.objects.get()
    assert (at_once, first == second) == (0, True)
    assert (delivery.state, delivery.attempts) == ("delivered", 2)
    assert Webhook.objects.get().failing_since is None


def test_a_redirection_is_not_followed(told, software, case):
    software.status, software.location = 302, software.url
    happens(case)

    jobs.tell_software()

    assert len(software.heard) == 1
    assert Delivery.objects.get().last_status == 302


def test_a_notice_is_given_up_in_the_end_and_replayed(erp, told, software, case):
    happens(case)
    software.status = 500
    jobs.tell_software()
    Delivery.objects.update(attempts=LAST_ATTEMPT - 1)
    later(days=1)
    jobs.tell_software()
    given_up = Delivery.objects.get().state
    software.status = 200

    answer = erp.post(f"webhooks/{told['id']}/replay", {"after": ""})
    jobs.tell_software()

    ids = {headers["webhook-id"] for _path, headers, _body in software.heard}
    assert (given_up, answer.json()) == ("failed", {"waiting": 1})
    assert (len(ids), Delivery.objects.get().state) == (1, "delivered")


def test_replay_tells_what_came_before_the_address_was_known(erp, software, settings, case):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    happens(case)
    made = erp.post("webhooks", {"url": software.url, "kinds": ["intervention"]}).json()
    before = jobs.tell_software()

    erp.post(f"webhooks/{made['id']}/replay", {"after": ""})

    assert (before, jobs.tell_software()) == (0, 1)


def test_an_address_that_never_answers_is_disabled_and_the_agency_told(erp, told, software, case):
    happens(case)
    software.status = 500
    jobs.tell_software()
    Webhook.objects.update(failing_since=F("failing_since") - dt.timedelta(days=6))
    later(days=1)
    jobs.tell_software()
    later(days=1)
    jobs.tell_software()

    message = OutboxMessage.objects.get()
    assert (message.kind, message.to_address) == ("webhook-disabled", erp.agency.email)
    assert len(software.heard) == 2
    assert erp.get(f"webhooks/{told['id']}").json()["disabled_at"]


def test_an_enabled_address_is_told_what_waited(erp, told, software, case):
    happens(case)
    webhook = Webhook.objects.get()
    webhooks.disable_hopeless(webhook, now=webhook.made_at)
    Webhook.objects.update(disabled_at=webhook.made_at, failing_since=webhook.made_at)
    silent = jobs.tell_software()

    answer = erp.post(f"webhooks/{told['id']}/enable")

    assert (silent, answer.json()["disabled_at"], jobs.tell_software()) == (0, None, 1)


def test_the_log_says_what_became_of_each(erp, told, software, case):
    happens(case)
    jobs.tell_software()

    (row,) = erp.get(f"webhooks/{told['id']}/deliveries").json()["items"]
    assert (row["state"], row["attempts"], row["last_status"]) == ("delivered", 1, 204)


def test_a_removed_address_is_told_nothing(erp, told, software, case):
    happens(case)

    assert erp.delete(f"webhooks/{told['id']}").status_code == 204
    assert (jobs.tell_software(), software.heard) == (0, [])


def test_the_secret_is_shown_once_and_kept_sealed(erp, told):
    assert told["secret"] not in Webhook.objects.get().sealed_secret
    assert "secret" not in erp.get(f"webhooks/{told['id']}").json()


@pytest.mark.parametrize(
    "url",
    [
        "http://erp.exemple.fr/",
        "ftp://erp.exemple.fr/",
        "https://user:word@erp.exemple.fr/",
        "https://erp.exemple.fr/#part",
        "https:///nowhere",
        "https://[::1",
        "https://erp.exemple.fr:99999/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_none_is_refused(erp, url):
    assert erp.post("webhooks", {"url": url, "kinds": ["message"]}).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- refused, not listened to
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_a_name_that_leads_to_a_private_machine_is_not_called(address):
    with pytest.raises(ForbiddenAddress):
        refuse_private(["93.184.216.34", address], is_https=True, allowed=[])


def test_a_private_machine_is_not_called_whatever_its_name(settings, software):
    settings.WEBHOOK_NETWORKS = []

    for url in (software.url, software.url.replace("http:", "https:"), "https://localhost/"):
        with pytest.raises(CallFailed):
            post(url, body=b"{}", headers={})
    assert software.heard == []


def test_waits_grow_up_to_half_a_day():
    waits = [delay_after(attempts) for attempts in range(1, LAST_ATTEMPT)]

    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (dt.timedelta(minutes=1), dt.timedelta(hours=12))
