"""Looking for words as people type them: without accents, in the plural, cut short, with a letter wrong.

    entries = [Entry(document.pk, heading=indexed(title), body=words_of_the_text), …]  # the newest first
    found = search("convocatoin acacias", entries)
    found.keys          # best first
    found.corrections   # {"convocatoin": "convocation"}

What is looked through is given by the caller, who gives only what the reader may see: a suggestion never tells a
word of somebody else's.
"""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_QUERY = 100
MOST_WORDS = 8
SHORTEST_FORGIVEN = 3  # letters typed; what they stand for has one more at least
SHORTEST_MEANT = 4  # letters: a shorter word with another letter is another word
SHORTEST_SUGGESTED = 7  # letters of a word that may have two wrong
SHORTEST_CUT = 4  # letters of a word that may be the beginning of another
IN_HEADING, IN_BODY, WHOLE, BEGINNING = 10, 1, 3, 2
VOWELS = ("a", "e", "i", "o", "u")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o"})
# What stands for each letter, capitals named: not every collation knows that « É » is « é ».
ACCENTS = ("aàâä", "cç", "eéèêë", "iîï", "nñ", "oôö", "uùûü", "yÿ")
LETTERS = {signs[0]: f"[{signs}{signs.upper()}]" for signs in ACCENTS}
SPELLINGS = {
    **LETTERS,
    "œ": f"({LETTERS['o']}{LETTERS['e']}|[œŒ])",
    "æ": f"({LETTERS['a']}{LETTERS['e']}|[æÆ])",
    **dict.fromkeys("'’", "['’]"),
    " ": "[ \u00a0\u202f]",
}
WORD = re.compile(r"[^\W_]+")
EMPTY_WORDS = frozenset(
    WORD.findall(
        "a au aux avec ce ces cette d dans de des du en et est je l la le les leur ma mais me mes mon n ne nos notre "
        "ou par pas pour qu que qui s sa se ses son sur un une vos votre vous"
    )
)
Synonyms = Mapping[str, Collection[str]]
NO_SYNONYMS: Synonyms = {}

_stemmer = snowballstemmer.stemmer("french")
_stemmer_lock = threading.Lock()  # it keeps the word that it works on


class Entry(NamedTuple):
    """What may be found: a heading, which counts more, and a body, both as `indexed` writes them."""

    key: int
    heading: str
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Keys of what was found, best first. `corrections`: words that stand nowhere, and the nearest that do.

    Without any key, nothing holds the words together, or a correction was too far to be taken for granted.
    """

    keys: list[int] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """A word looked for, as typed and in every form that stands for it."""

    typed: str
    forms: frozenset[str]

    def weight_in(self, text: str) -> int:
        """0 where no form stands."""
        best = 0
        for form in self.forms:
            beginning = f" {form}"
            if beginning not in text:
                continue
            if f"{beginning} " in text or f"{beginning}s " in text:
                return WHOLE
            if len(form) >= SHORTEST_CUT and not form.isdecimal():
                best = BEGINNING
        return best

    def weight(self, entry: Entry) -> int:
        return IN_HEADING * self.weight_in(entry.heading) + IN_BODY * self.weight_in(entry.body)


def fold(text: str) -> str:
    """« L’Échéancier d’Œuvres » -> « l’echeancier d’oeuvres »: lower case, no accent, no ligature."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(LIGATURES))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def of_name(name: str) -> str:
    """« de Plomberie Martel », « d’Ascenseurs Duval »."""
    return f"d’{name}" if fold(name).startswith(VOWELS) else f"de {name}"


def without_accents(text: str) -> str:
    """The regular expression, for any database, of what folds as this text does: « degat » finds « Dégât »."""
    return "".join(SPELLINGS.get(sign) or re.escape(sign) for sign in fold(text).replace("oe", "œ").replace("ae", "æ"))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A folded word without its ending: « appels » -> « appel », « generaux » -> « general »."""
    with _stemmer_lock:
        return str(_stemmer.stemWord(word))


def indexed(text: str, *, at_most: int = 1_000) -> str:
    """The words of a text, each once, between spaces: what an entry holds and a row keeps.

    A word that does not begin with its stem brings it along (« travaux », « traval »).
    """
    kept: dict[str, None] = {}
    for word in words_of(text):
        if word not in kept:
            kept[word] = None
            root = stem(word)
            if not word.startswith(root):
                kept[root] = None
        if len(kept) >= at_most:
            break
    return f" {' '.join(kept)} " if kept else ""


def search(query: str, entries: Sequence[Entry], *, synonyms: Synonyms = NO_SYNONYMS) -> Found:
    """What holds every word of the query, or a synonym, or its one nearest word where it stands nowhere.

    Among equals the order is that of `entries`.
    """
    terms = list(terms_of(query, synonyms=synonyms))
    if not terms:
        return Found(keys=[entry.key for entry in entries])
    known, corrections, is_sure = [], {}, True
    for term in terms:
        if any(term.weight(entry) for entry in entries):
            known.append(term)
            continue
        near, is_near = nearest(term.typed, entries)
        if not near:
            return Found()
        corrections[term.typed], is_sure = near[0], is_sure and is_near
        known.append(Term(term.typed, frozenset(near)))
    return Found(keys=ranked(known, entries) if is_sure else [], corrections=corrections)


def ranked(terms: list[Term], entries: Sequence[Entry]) -> list[int]:
    weighed = ((entry, [term.weight(entry) for term in terms]) for entry in entries)
    kept = [(sum(weights), entry.key) for entry, weights in weighed if all(weights)]
    return [key for _, key in sorted(kept, key=lambda each: -each[0])]


def terms_of(query: str, *, synonyms: Synonyms) -> Iterator[Term]:
    """The words of a query, those that say nothing left aside unless there are no others."""
    words = list(dict.fromkeys(words_of(query[:LONGEST_QUERY])))
    telling = [word for word in words if word not in EMPTY_WORDS] or words
    for word in telling[:MOST_WORDS]:
        root = stem(word)
        forms = {word, *synonyms.get(word, ()), *synonyms.get(root, ())}
        yield Term(word, frozenset(forms | {root} if len(root) >= SHORTEST_CUT else forms))


def nearest(typed: str, entries: Sequence[Entry]) -> tuple[list[str], bool]:
    """The words at one edit (a letter more, less, other, or two swapped), or at two when there are none.

    Those of headings first. The flag says whether they are near enough to be looked for without asking.
    """
    if len(typed) < SHORTEST_FORGIVEN or typed.isdecimal():
        return [], False
    headings = vocabulary(entry.heading for entry in entries)
    bodies = vocabulary({entry.body for entry in entries})
    for edits in (1, 2) if len(typed) >= SHORTEST_SUGGESTED else (1,):
        near = [word for words in (headings, bodies) for word in within(typed, words, edits=edits)]
        if near:
            return list(dict.fromkeys(near)), edits == 1
    return [], False


def vocabulary(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in text.split()}


def within(typed: str, words: Collection[str], *, edits: int) -> list[str]:
    """Words so near, the nearest first; the same first letter, then the alphabet, decide among equals."""
    close = process.extract(typed, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
    close = [match for match in close if len(match[0]) >= SHORTEST_MEANT]
    ordered = sorted(close, key=lambda match: (match[1], match[0][:1] != typed[:1], match[0]))
    return [word for word, _, _ in ordered]


def spelled(word: str, texts: Iterable[str]) -> str:
    """The folded word as one of the texts spells it (« assemblee » -> « assemblée »), or as it is."""
    for text in texts:
        for found in WORD.finditer(text):
            if fold(found[0]) == word:
                return found[0].lower()
    return word


def put_right(query: str, right: Mapping[str, str]) -> str:
    """The query as typed, but for its wrong words, which become the right ones."""
    return WORD.sub(lambda found: right.get(fold(found[0]), found[0]), query)
