"""The shield of the site and the key of the letters: a code alone opens nothing once codes are tried at random."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.journal.models import Record
from parvis.kit import throttle
from parvis.kit.models import AttemptCounter
from parvis.people.actions.former import wrap_former_hash
from parvis.people.actions.letters import draw_letter
from parvis.people.jobs import tell_of_shield
from parvis.people.models import Activation, FormerPassword, Letter, SiteShield, WrongCode
from tests.factories import AgencyFactory, ClientFactory, StaffMemberFactory, UserFactory
from tests.people.cast import staff_session
from tests.web.entrance.cast import OWN, is_signed_in, messages_to, sign_in, start, text_of

DOOR = "/premiere-connexion/"
EMAIL_STEP = "/premiere-connexion/courriel/"
KEY_WANTED = "Renseignez la clé de 4\u00a0signes."
FIELD = 'name="key"'


def spray(browser, *, codes, identifiers):
    """Wrong codes, spread evenly over identifiants that nobody has, from as many addresses.

    All but the last ten are noted as a door notes them.
    """
    noted, place = range(max(0, codes - 10)), Agency.objects.get(host="testserver").pk
    doors = [f"{place}:9{number % identifiers:07}" for number in noted]
    WrongCode.objects.bulk_create(
        [WrongCode(door_digest=throttle.digest(name="wrong-code", key=door)) for door in doors]
    )
    for number in range(len(noted), codes):
        AttemptCounter.objects.update(locked_until_ms=0)
        browser.post(
            DOOR,
            {"identifier": f"9{number % identifiers:07}", "password": f"{number:06}"},
            REMOTE_ADDR=f"192.0.{number // 30}.{number}",
        )


def enter(browser, drawn, *, key="", letter="", password="", door=DOOR):
    """Type what a letter says."""
    return sign_in(browser, drawn.client.customer_reference, password or drawn.code, door=door, key=key, letter=letter)


@pytest.fixture
def letter(agency):
    """The paper of a new client, its secrets still readable."""
    return draw_letter(client=ClientFactory(agency=agency))


@pytest.fixture
def shield(agency):
    now = timezone.now()
    return SiteShield.objects.create(raised_at=now, until=now + dt.timedelta(hours=24), wrong_codes=51, identifiers=21)


def test_fifty_wrong_codes_ask_no_key_and_one_more_does(browser, letter):
    spray(browser, codes=50, identifiers=25)
    assert FIELD not in browser.get(DOOR).content.decode()

    spray(browser, codes=1, identifiers=1)

    assert FIELD in browser.get(DOOR).content.decode()
    page = enter(browser, letter).content.decode()
    assert KEY_WANTED in page


def test_twenty_identifiants_are_not_enough(browser, agency):
    spray(browser, codes=60, identifiers=20)

    assert FIELD not in browser.get(DOOR).content.decode()
    assert not SiteShield.objects.exists()


def test_a_patient_guesser_meets_the_shield_too(browser, letter):
    spray(browser, codes=50, identifiers=25)
    WrongCode.objects.update(typed_at=a_month_ago())
    spray(browser, codes=50, identifiers=25)
    assert not SiteShield.objects.exists()

    WrongCode.objects.bulk_create([WrongCode(door_digest=f"{n % 25}", typed_at=a_month_ago()) for n in range(300)])
    spray(browser, codes=1, identifiers=1)

    assert SiteShield.objects.up().exists()


def test_slips_that_the_right_code_followed_never_count_as_guesses(browser, letter):
    WrongCode.objects.bulk_create(
        [WrongCode(door_digest=f"{n % 90}", typed_at=a_month_ago(), forgiven_at=a_month_ago()) for n in range(900)]
    )

    assert enter(browser, letter).url == EMAIL_STEP


def a_month_ago():
    return timezone.now() - dt.timedelta(days=30)


def test_the_shield_comes_down_after_a_day_and_the_code_is_enough_again(browser, letter):
    spray(browser, codes=51, identifiers=25)
    assert KEY_WANTED in enter(browser, letter).content.decode()
    some_time_later(dt.timedelta(hours=24, minutes=1))

    assert FIELD not in browser.get(DOOR).content.decode()
    assert enter(browser, letter).url == EMAIL_STEP


def some_time_later(passed):
    """Everything that was written down is that much older."""
    for shield in SiteShield.objects.all():
        SiteShield.objects.update(raised_at=shield.raised_at - passed, until=shield.until - passed)
    for typed in WrongCode.objects.all():
        WrongCode.objects.filter(pk=typed.pk).update(typed_at=typed.typed_at - passed)


def test_slips_before_the_right_code_are_forgiven(browser, letter):
    enter(browser, letter, password="000000")
    enter(browser, letter)

    assert WrongCode.objects.count() == 1
    assert not WrongCode.objects.filter(forgiven_at=None).exists()


def test_what_is_no_code_never_raises_the_shield(browser, agency):
    for number in range(60):
        sign_in(browser, f"inconnu-{number}", "un mot", door=DOOR)

    assert not WrongCode.objects.exists()


@pytest.mark.usefixtures("shield")
class TestShieldUp:
    """While the shield is up."""

    def test_the_key_opens(self, browser, letter):
        assert enter(browser, letter, key=letter.key).url == EMAIL_STEP

    def test_the_key_is_read_however_it_is_typed(self, browser, letter):
        assert enter(browser, letter, key=" ".join(letter.key.lower())).url == EMAIL_STEP

    def test_a_wrong_key_is_refused_like_a_wrong_code_and_counts_like_one(self, browser, letter):
        wrong_key = enter(browser, letter, key="ZZZZ").content.decode()
        wrong_code = enter(browser, letter, key=letter.key, password="000000").content.decode()

        assert "Identifiant ou mot de passe incorrect." in wrong_key
        assert "Identifiant ou mot de passe incorrect." in wrong_code
        assert Letter.objects.get(client=letter.client).wrong_tries == 2

    def test_without_key_the_right_code_and_a_wrong_one_get_the_same_page_and_spend_no_letter(self, browser, letter):
        right, wrong = (enter(browser, letter, password=code).content for code in (letter.code, "000000"))

        assert KEY_WANTED in right.decode()
        assert strip_token(right) == strip_token(wrong)
        assert Letter.objects.get(client=letter.client).wrong_tries == 0

    def test_connexion_leads_to_the_door_that_has_the_key(self, browser, letter):
        page = enter(browser, letter, door="/connexion/").content.decode()

        assert "choisissez «\u00a0Première Connexion\u00a0»" in page
        assert not Activation.objects.exists()

    def test_the_link_of_the_letter_goes_on_untouched(self, browser, letter):
        page = browser.get(letter.path).content.decode()

        assert FIELD not in page
        assert f'value="{letter.token}"' in page
        assert enter(browser, letter, letter=letter.token).url == EMAIL_STEP

    def test_the_link_of_another_letter_stands_in_for_no_key(self, browser, letter, agency):
        other = draw_letter(client=ClientFactory(agency=agency))

        assert KEY_WANTED in enter(browser, letter, letter=other.token).content.decode()

    def test_passwords_are_not_concerned(self, browser, charlie, bob):
        assert sign_in(browser, "10427837", OWN).status_code == 302

    def test_every_agency_is_told_once(self, agency):
        other = AgencyFactory(host="ailleurs.exemple.fr", email="ailleurs@exemple.fr")

        assert [tell_of_shield(), tell_of_shield()] == [2, 0]
        for told in (agency, other):
            (message,) = messages_to(told.email, "shield-raised")
            assert "la clé imprimée sur la lettre" in text_of(message)
        assert Record.objects.filter(verb="shield.raised").count() == 2


def strip_token(page):
    """The page without what changes at each answer."""
    return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize(("days_down", "told"), [(0, 0), (2, 1)])
def test_shield_raised_again_tells_again_unless_the_same_attack_goes_on(browser, agency, days_down, told):
    spray(browser, codes=51, identifiers=25)
    assert tell_of_shield() == 1
    some_time_later(dt.timedelta(days=1 + days_down, minutes=1))

    spray(browser, codes=51, identifiers=25)

    assert SiteShield.objects.up().exists()
    assert tell_of_shield() == told


def test_an_agency_may_always_ask_for_the_key(browser, letter):
    letter.client.agency.always_asks_key = True
    letter.client.agency.save()

    assert FIELD in browser.get(DOOR).content.decode()
    assert KEY_WANTED in enter(browser, letter).content.decode()
    assert enter(browser, letter, key=letter.key).url == EMAIL_STEP


def test_codes_tried_by_others_never_spoil_the_letter_itself(browser, letter):
    for code in range(5):
        enter(browser, letter, password=f"{code:06}")
    assert enter(browser, letter).status_code == 429

    assert enter(browser, letter, letter=letter.token).url == EMAIL_STEP


def test_five_wrong_tries_by_the_link_and_five_typed_end_the_letter(browser, letter):
    for code in range(10):
        AttemptCounter.objects.update(locked_until_ms=0)
        enter(browser, letter, password=f"{code:06}", letter=letter.token if code % 2 else "")

    row = Letter.objects.get(client=letter.client)
    assert (row.wrong_tries, row.link_wrong_tries, row.ending) == (5, 5, Letter.Ending.TRIES)
    AttemptCounter.objects.update(locked_until_ms=0)
    assert "n’est plus valable" in enter(browser, letter, letter=letter.token).content.decode()


def test_link_of_a_replaced_letter_opens_nothing(browser, letter):
    for code in range(5):
        enter(browser, letter, password=f"{code:06}")
    draw_letter(client=letter.client)

    answer = enter(browser, letter, letter=letter.token)

    assert answer.status_code == 200
    assert not is_signed_in(browser)
    assert not Activation.objects.exists()


def test_former_password_of_six_digits_opens_without_a_key(browser, bob, shield):
    wrapped = wrap_former_hash(PBKDF2PasswordHasher().encode("654321", "sel", iterations=2))
    FormerPassword.objects.update(scheme=wrapped.scheme, wrapped=wrapped.wrapped)

    assert start(browser, bob, password="654321").url == EMAIL_STEP


def test_staff_see_that_the_shield_is_up(browser, agency, shield):
    diane = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency)).user
    staff_session(browser, diane)

    assert "Des mots de passe provisoires sont essayés au hasard." in browser.get("/gestion/").content.decode()
