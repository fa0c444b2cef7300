"""The site as an application of the device: it says so when the network is away, and shows the help that it kept."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(person_at, demonstration):
    """At home, once the device has kept what it keeps."""
    person = person_at("phone", service_workers="allow")
    person.comes_in(demonstration.active())
    person.is_home()
    person.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return person


def test_without_a_network_the_device_answers(visitor):
    visitor.context.set_offline(True)

    visitor.page.goto(f"{visitor.demonstration.origin}/comptes/")
    visitor.is_on("Vous n’êtes pas connecté à internet")
    visitor.reads("Vérifiez le wifi ou les données mobiles.")
    visitor.keeps("hors-ligne")
    visitor.page.goto(f"{visitor.demonstration.origin}/aide/connexion/")
    visitor.is_on("Aide à la connexion")

    visitor.context.set_offline(False)
    visitor.page.goto(f"{visitor.demonstration.origin}/comptes/")
    visitor.is_on("Comptes")


def test_device_keeps_no_page_of_anybody(visitor):
    for path in ("/comptes/", "/biens/", "/aide/"):
        visitor.opens(path)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Aide")

    kept = visitor.page.evaluate(
        """async () => {
            const names = await caches.keys();
            const caches_ = await Promise.all(names.map((name) => caches.open(name)));
            const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
            const texts = await Promise.all(requests.map((request) => caches.match(request).then((one) => one.text())));
            return requests.map((request, rank) => [new URL(request.url).pathname, texts[rank]]);
        }"""
    )

    assert {
        path for path, _ in kept if not path.startswith(("/aide/", "/style/", "/icone.svg", "/hors-ligne/"))
    } == set()
    assert not any("Se déconnecter" in text and "Navigation principale" in text for _, text in kept)
