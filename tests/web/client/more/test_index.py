"""Autres: the rest of the menu, with the titles of the help page; nothing that does not exist yet."""


def test_titles_and_subtitles_lead_to_their_pages(signed_in):
    page = signed_in.get("/autres/").content.decode()

    for path, title in (("/profil/", "Mon profil"), ("/agence/", "Mon agence"), ("/aide/", "Aide")):
        assert signed_in.get(path).status_code == 200
        assert f'href="{path}"' in page
        assert title in page
    assert "Adresse, contact, moyen de paiement..." in page
    assert "Mes documents" not in page


def test_menu_marks_where_one_is(signed_in):
    assert 'href="/autres/" aria-current="page"' in signed_in.get("/autres/").content.decode()
    assert 'href="/autres/" aria-current="true"' in signed_in.get("/agence/").content.decode()
    assert 'href="/comptes/" aria-current="page"' in signed_in.get("/comptes/").content.decode()
