from parvis.people.models import Client
from tests.factories import ClientFactory, GrantFactory
from tests.people.factories import ProfileChangeFactory

ALICE = {"customer_reference": "10427835", "first_name": "Alice", "last_name": "Fontaine", "city": "Paris"}


def test_clients_are_made_then_changed_then_left_as_they_are(erp):
    made = erp.put("clients", {"rows": [ALICE]})
    moved = erp.put("clients", {"rows": [ALICE | {"city": "Lyon"}]})
    again = erp.put("clients", {"rows": [ALICE | {"city": "Lyon"}]})

    assert made.json() == {"read": 1, "created": 1, "changed": 0, "unchanged": 0}
    assert moved.json()["changed"] == 1
    assert again.json()["unchanged"] == 1
    assert Client.objects.get(agency=erp.agency).city == "Lyon"


def test_what_is_not_said_stays(erp):
    erp.put("clients", {"rows": [ALICE]})

    erp.put("clients", {"rows": [{"customer_reference": "10427835", "last_name": "Martin"}]})

    client = Client.objects.get()
    assert (client.last_name, client.first_name, client.city) == ("Martin", "Alice", "Paris")


def test_a_known_client_keeps_the_name_that_is_not_sent(erp):
    erp.put("clients", {"rows": [ALICE]})

    known = erp.put("clients", {"rows": [{"customer_reference": "10427835", "city": "Lyon"}]})
    unknown = erp.put("clients", {"rows": [{"customer_reference": "10427836", "city": "Lyon"}]})

    client = Client.objects.get()
    assert (known.status_code, unknown.status_code) == (200, 422)
    assert (client.last_name, client.city) == ("Fontaine", "Lyon")


def test_a_known_client_does_not_lose_every_name(erp):
    erp.put("clients", {"rows": [ALICE]})

    answer = erp.put("clients", {"rows": [{"customer_reference": "10427835", "last_name": ""}]})

    assert (answer.status_code, Client.objects.get().last_name) == (422, "Fontaine")


def test_a_faulty_row_undoes_the_whole_request(erp):
    answer = erp.put("clients", {"rows": [ALICE, ALICE | {"customer_reference": "2", "last_name": ""}]})

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/rows/1/last_name"]
    assert not Client.objects.exists()


def test_rows_of_one_request_give_the_same_fields(erp):
    answer = erp.put("clients", {"rows": [ALICE, {"customer_reference": "2", "last_name": "Perrin"}]})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/rows/1"]
    assert not Client.objects.exists()


def test_a_former_password_never_comes_this_way(erp):
    answer = erp.put("clients", {"rows": [ALICE | {"password_hash": "x"}]})

    assert answer.status_code == 422
    assert not Client.objects.exists()


def test_a_client_is_read_however_their_identifiant_is_typed(erp):
    ClientFactory(agency=erp.agency, customer_reference="10427-835 A", reference_key="10427835a")

    answer = erp.get("clients/10427835A")

    assert answer.json()["customer_reference"] == "10427-835 A"
    assert answer.json()["has_access"] is False


def test_an_open_access_is_told(erp):
    client = GrantFactory(client__agency=erp.agency).client

    answer = erp.get(f"clients/{client.customer_reference}")

    assert answer.json()["has_access"] is True


def test_pages_hold_every_client_once(erp):
    made = {ClientFactory(agency=erp.agency).customer_reference for _ in range(5)}

    first = erp.get("clients?limit=3").json()
    second = erp.get(f"clients?limit=3&after={first['next']}").json()

    found = [client["customer_reference"] for client in first["items"] + second["items"]]
    assert (len(found), set(found), second["next"]) == (5, made, "")


def test_a_change_taken_in_the_books_is_acknowledged(erp):
    grant = GrantFactory(client__agency=erp.agency)
    change = ProfileChangeFactory(client=grant.client, asked_by=grant.user)

    answer = erp.post("profile-changes/acknowledge", {"ids": [change.public_id]})

    change.refresh_from_db()
    assert answer.json() == {"acknowledged": 1}
    assert change.acknowledged_at is not None
