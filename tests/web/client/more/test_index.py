"""Autres: the rest of the menu, with the titles of the help page; what one can never use is absent."""

from tests.factories import AccountFactory, CouncilSeatFactory


def test_titles_and_subtitles_lead_to_their_pages(signed_in):
    page = signed_in.get("/autres/").content.decode()

    for path, title in (("/profil/", "Mon profil"), ("/agence/", "Mon agence"), ("/aide/", "Aide")):
        assert signed_in.get(path).status_code == 200
        assert f'href="{path}"' in page
        assert title in page
    assert "Adresse, contact, moyen de paiement..." in page
    assert "Quittance de loyer, PV Assemblée générale..." in page


def test_who_owns_nothing_is_offered_neither_the_legal_list_nor_the_council(signed_in):
    page = signed_in.get("/autres/").content.decode()

    assert "documents-legaux" not in page
    assert "conseil-syndical" not in page


def test_co_owner_finds_the_legal_list_and_a_member_their_room(signed_in, alice, home):
    AccountFactory(client=alice, building=home.building)
    CouncilSeatFactory(building=home.building, client=alice)

    page = signed_in.get("/autres/").content.decode()

    assert 'href="/documents-legaux/"' in page
    assert 'href="/conseil-syndical/"' in page


def test_menu_marks_where_one_is(signed_in):
    assert 'href="/autres/" aria-current="page"' in signed_in.get("/autres/").content.decode()
    assert 'href="/autres/" aria-current="true"' in signed_in.get("/agence/").content.decode()
    assert 'href="/comptes/" aria-current="page"' in signed_in.get("/comptes/").content.decode()


def test_mes_documents_leads_to_the_same_rooms_where_there_is_no_autres(signed_in, alice, home):
    nothing_yet = signed_in.get("/documents/").content.decode()
    AccountFactory(client=alice, building=home.building)
    CouncilSeatFactory(building=home.building, client=alice)

    page = signed_in.get("/documents/").content.decode()

    assert "/conseil-syndical/" not in nothing_yet
    assert 'href="/documents-legaux/"' in page
    assert 'href="/conseil-syndical/"' in page
