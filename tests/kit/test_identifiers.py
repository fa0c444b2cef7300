"""Random public identifiers."""

from parvis.kit.identifiers import PUBLIC_ID_LENGTH, SIGN_OF_BYTE, new_public_id, new_public_ids


def test_ids_drawn_together_look_like_those_drawn_alone():
    alone, together = new_public_id(), new_public_ids(200)

    assert len(set(together)) == 200
    assert {len(drawn) for drawn in (alone, *together)} == {PUBLIC_ID_LENGTH}
    assert set("".join(together)) == set("abcdefghijklmnopqrstuvwxyz234567") >= set(alone)


def test_every_sign_is_as_likely_as_another():
    assert {SIGN_OF_BYTE.count(sign) for sign in set(SIGN_OF_BYTE)} == {8}


def test_no_id_is_asked_for_and_none_is_drawn():
    assert new_public_ids(0) == []
