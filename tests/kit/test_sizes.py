import pytest

from parvis.kit.sizes import format_size


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (1_200_000, "1,2 Mo"),
        (380_400, "380 Ko"),
        (2_000_000, "2 Mo"),
        (45_600_000_000, "46 Go"),
    ],
)
def test_weight_of_a_file_is_said_in_words(size, words):
    assert format_size(size) == words.replace(" ", "\u202f")
