"""Every answer tells browsers what they may do with it: pages, redirections, errors."""

import base64
import hashlib
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client, override_settings
from django.urls import path

from config import urls as site
from parvis.web.ui.headers import content_security_policy
from tests.factories import AgencyFactory, ClientFactory, GrantFactory


@login_not_required
def fail(_request):
    raise RuntimeError("broken on purpose")


urlpatterns = [*site.urlpatterns, path("panne/", fail)]
handler500 = site.handler500


def directives(response):
    policy = response.headers["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in policy.split("; "))


def inline_styles(response):
    texts = re.findall(r"<style>(.*?)</style>", response.content.decode(), flags=re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/a-propos/", "/", "/nulle-part/", "/comptes/inconnu/"])
def test_every_answer_carries_its_headers(client: Client, path: str):
    response = client.get(path)

    assert directives(response)["default-src"] == "'none'"
    assert directives(response)["frame-ancestors"] == "'none'"
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.django_db
def test_style_inside_a_public_page_is_named_by_its_hash(client: Client):
    AgencyFactory(host="testserver", hue=300)

    response = client.get("/a-propos/")

    assert len(inline_styles(response)) == 1
    assert set(inline_styles(response)) <= set(directives(response)["style-src"].split())


@pytest.mark.django_db
def test_style_of_an_error_page_is_named_by_its_hash(client: Client):
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert set(inline_styles(response)) <= set(directives(response)["style-src"].split())


@pytest.mark.django_db
def test_signed_in_pages_carry_no_style_of_their_own(client: Client):
    grant = GrantFactory(client=ClientFactory())
    client.force_login(grant.user)

    response = client.get("/")

    assert inline_styles(response) == []
    assert 'rel="stylesheet"' in response.content.decode()


def test_providers_of_sign_in_may_receive_a_form(settings):
    settings.CSP_FORM_ORIGINS = ["https://accounts.exemple.fr"]

    policy = content_security_policy.__wrapped__(None)

    assert "form-action 'self' https://accounts.exemple.fr" in policy


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_broken_page_says_so_with_a_reference_and_its_headers():
    browser = Client(raise_request_exception=False)
    AgencyFactory(host="testserver")

    response = browser.get("/panne/")

    assert response.status_code == 500
    assert re.search(r"[0-9A-F]{4}-[0-9A-F]{2}", response.content.decode())
    assert "tel:+33100000000" in response.content.decode()
    assert set(inline_styles(response)) <= set(directives(response)["style-src"].split())
