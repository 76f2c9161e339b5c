"""Numbers in a text with what they count, each through the one reader of amounts.

"9,600 acres (3,885 hectares)" is one amount said twice; "2,9" has two readings and gets none.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from takatuf.formats.readers.text.language.phrases import Finds, PhraseBook, alternatives
from takatuf.formats.readers.text.language.words import Word
from takatuf.vocabulary.digits import latin_digits
from takatuf.vocabulary.quantity import Amount, find_unit, is_same_dimension, parse_amount

_LONGEST_UNIT = 4  # words
_LONGEST_NUMBER = 9  # words of a number
_FAR = 8  # words between a whole and its part
_EARLIEST, _LATEST = 1900, 2100  # a bare number between them is taken for a year
_HUNDRED, _THOUSAND = 100, 1000
_GROUP_DIGITS = 3  # of "1 300 000"
_CURRENCIES = {"$": "USD", "€": "EUR"}
_CURRENCY_WORDS = {"usd": "USD", "eur": "EUR", "syp": "SYP"}
_PERCENT = ("%", "٪")
_HYPHENS = ("-", "–", "‑", "—")


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """A number that a text states: its first word and the one after its last."""

    first: int
    past: int
    figure: str  # as `parse_amount` reads it; as written where it has no one reading
    unit: str  # a unit of the table, or "" where the text names none
    amount: Amount | None  # None without a unit, or without one reading
    is_part: bool = False  # of what was counted before: "including 300 children"


@dataclass(frozen=True, slots=True)
class _Rules:
    before: Mapping[str, str]
    words: Mapping[str, float]
    multiples: Mapping[str, float]
    counted: Mapping[str, str]  # folded phrase -> unit
    n_between: int
    refused: frozenset[str]
    per_day: frozenset[str]
    out_of: frozenset[str]
    to: frozenset[str]
    part: frozenset[str]
    book: PhraseBook


@cache
def _rules() -> _Rules:
    folder = files("takatuf.formats.readers.text") / "rules"
    table = tomllib.loads((folder / "numbers.toml").read_text("utf-8"))
    before = {alternatives(k)[0]: v for k, v in table["before"].items()}
    counted = {p: unit for unit, t in table["counted"].items() for p in alternatives(t)}
    after = {name: frozenset(alternatives(written)) for name, written in table["after"].items()}
    return _Rules(
        before=before,
        words={alternatives(k)[0]: v for k, v in table["words"].items()},
        multiples={alternatives(k)[0]: v for k, v in table["multiples"].items()},
        counted=counted,
        n_between=table["between"]["words"],
        refused=frozenset(alternatives(table["between"]["refused"])),
        per_day=after["per_day"],
        out_of=after["out_of"],
        to=after["range"],
        part=after["part"],
        book=PhraseBook([*before, *counted, *(p for phrases in after.values() for p in phrases)]),
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number without its unit."""

    first: int
    past: int
    figure: str
    number: float | None  # None where it has no one reading
    is_word: bool = False  # not in digits: it counts only with a unit
    is_scaled: bool = False  # a multiple such as million stands with it


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: Sequence[Word]
    text: str
    finds: Finds

    def between(self, left: int, right: int) -> str:
        return self.text[self.words[left].end : self.words[right].begin]


def amounts_of(
    words: Sequence[Word], text: str, taken: Sequence[tuple[int, int]] = ()
) -> tuple[FoundAmount, ...]:
    """Return the amounts of a sentence in their order.

    Args:
        words: The sentence's words.
        text: The whole text, in which the words know their places.
        taken: Stretches of the text that are dates: their numbers count nothing.
    """
    if not any(word.is_number or _is_of_a_number(word) for word in words):
        return ()
    sentence = _Sentence(words, text, _rules().book.find(words))
    figures = [f for f in _figures(sentence) if not _is_taken(words[f.first], taken)]
    found: list[FoundAmount] = []
    for figure in _joined(figures, sentence):
        amount = _with_unit(figure, sentence)
        share = _share(found[-1], amount, sentence) if found and amount else None
        if share is not None:
            found[-1] = share
        elif amount is not None and not (found and _restates(found[-1], amount, sentence)):
            found.append(amount)
    return tuple(found)


def _share(whole: FoundAmount, part: FoundAmount, sentence: _Sentence) -> FoundAmount | None:
    """Return "of 21 centres, 18" as 18 of 21 centres, or None where it is not said so."""
    begin, phrase = sentence.finds.longest_before(whole.first, _rules().out_of)
    is_apart = begin == 0 or not sentence.words[begin - 1].is_number
    if not phrase or not is_apart or part.unit or not whole.unit or part.first - whole.past > _FAR:
        return None
    try:
        amount = parse_amount(f"{part.figure} of {whole.figure}", whole.unit)
    except ValueError:
        return None
    if (amount.number or 0) > (amount.out_of or 0):
        return None
    return FoundAmount(whole.first, part.past, amount.figure.replace(",", ""), whole.unit, amount)


def _is_taken(word: Word, taken: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= word.begin < end for begin, end in taken)


def _value(word: Word, table: Mapping[str, float]) -> float | None:
    return next((table[form] for form in word.forms if form in table), None)


def _is_of_a_number(word: Word) -> bool:
    return any(_value(word, table) for table in (_rules().words, _rules().multiples))


def _figures(sentence: _Sentence) -> Iterator[_Figure]:
    first, words = 0, sentence.words
    while first < len(words):
        figure = _digits(sentence, first) if words[first].is_number else _words(sentence, first)
        if figure is None:
            first += 1
        else:
            yield figure
            first = figure.past


def _digits(sentence: _Sentence, first: int) -> _Figure:
    words, past = sentence.words, first + 1
    written = words[first].text
    while past < len(words) and _is_next_group(sentence, past, written):
        written += words[past].text
        past += 1
    try:
        number = parse_amount(written, "items").low
    except ValueError:
        return _Figure(first, past, written, None)
    multiple = _multiple_at(sentence, past)
    if number is None or multiple is None:
        return _Figure(first, past, latin_digits(written), number)
    scaled = round(number * multiple, 6)
    return _Figure(first, past + 1, f"{scaled:.15g}", scaled, is_scaled=True)


def _is_next_group(sentence: _Sentence, past: int, written: str) -> bool:
    word = sentence.words[past]
    return (
        word.is_number
        and word.text.isdigit()
        and len(word.text) == _GROUP_DIGITS
        and written.isdigit()
        and (len(written) <= _GROUP_DIGITS or (past > 1 and sentence.words[past - 2].is_number))
        and sentence.between(past - 1, past) == " "
    )


def _multiple_at(sentence: _Sentence, place: int) -> float | None:
    if place >= len(sentence.words) or sentence.between(place - 1, place).strip(" -"):
        return None
    return _value(sentence.words[place], _rules().multiples)


def _words(sentence: _Sentence, first: int) -> _Figure | None:
    total, current, past = 0.0, 0.0, first
    while past < min(len(sentence.words), first + _LONGEST_NUMBER):
        if past > first and sentence.between(past - 1, past).strip(" -"):
            break
        word = sentence.words[past]
        number, multiple = _value(word, _rules().words), _value(word, _rules().multiples)
        if number is not None:
            current += number
        elif multiple is not None and multiple < _THOUSAND:
            current = (current or 1) * multiple
        elif multiple is not None:
            total, current = total + (current or 1) * multiple, 0.0
        elif not (word.norm == "and" and past > first and _is_number_word(sentence, past + 1)):
            break
        past += 1
    number = total + current
    return _Figure(first, past, f"{number:.15g}", number, is_word=True) if past > first else None


def _is_number_word(sentence: _Sentence, place: int) -> bool:
    return place < len(sentence.words) and _value(sentence.words[place], _rules().words) is not None


def _joined(figures: Sequence[_Figure], sentence: _Sentence) -> Iterator[_Figure]:
    """Join ranges and shares: "50 to 70", "between 50 and 70", "18 of 21"."""
    waiting: _Figure | None = None
    for figure in figures:
        joined = _pair(waiting, figure, sentence) if waiting else None
        if waiting and joined is None:
            yield waiting
        waiting = joined or figure
    if waiting:
        yield waiting


def _pair(one: _Figure, other: _Figure, sentence: _Sentence) -> _Figure | None:
    if one.number is None or other.number is None or one.number > other.number:
        return None
    if _is_range(one, other, sentence):
        scale = _scale_of(other, sentence) if other.is_scaled and not one.is_scaled else 1
        low = f"{one.number * scale:.15g}"
        return replace(other, first=one.first, figure=f"{low}-{other.figure}")
    past, _ = sentence.finds.longest_at(one.past, _rules().out_of)
    if one.past < past == other.first:
        return replace(other, first=one.first, figure=f"{one.figure} of {other.figure}")
    return None


def _is_range(one: _Figure, other: _Figure, sentence: _Sentence) -> bool:
    if one.past == other.first:
        return sentence.between(one.past - 1, other.first).strip() in _HYPHENS
    if one.past + 1 != other.first:
        return False
    before = sentence.words[one.first - 1].norm if one.first else ""
    word = sentence.words[one.past].norm
    return word in _rules().to or (word == "and" and before == "between")


def _scale_of(figure: _Figure, sentence: _Sentence) -> float:
    return _value(sentence.words[figure.past - 1], _rules().multiples) or 1


def _with_unit(figure: _Figure, sentence: _Sentence) -> FoundAmount | None:
    unit, past = _unit_after(figure.past, sentence)
    unit = unit or _currency_before(figure.first, sentence)
    if not unit and (figure.is_word or _is_year(figure)):
        return None
    first, written = _qualified(figure, sentence)
    try:
        amount = parse_amount(written, unit or "items")
    except ValueError:
        return FoundAmount(first, past, figure.figure, unit, None)
    is_part = bool(sentence.finds.longest_before(first, _rules().part)[1])
    said = amount.figure.replace(",", "")
    return FoundAmount(first, past, said, unit, amount if unit else None, is_part)


def _qualified(figure: _Figure, sentence: _Sentence) -> tuple[int, str]:
    first, phrase = sentence.finds.longest_before(figure.first, _rules().before)
    if not phrase:
        return figure.first, figure.figure
    return first, f"{_rules().before[phrase]} {figure.figure}"


def _is_year(figure: _Figure) -> bool:
    number = figure.number
    return number is not None and figure.figure.isdigit() and _EARLIEST <= number <= _LATEST


def _currency_before(first: int, sentence: _Sentence) -> str:
    begin = sentence.words[first].begin
    if first and sentence.words[first - 1].norm in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[sentence.words[first - 1].norm]
    return _CURRENCIES.get(sentence.text[begin - 1 : begin], "")


def _unit_after(place: int, sentence: _Sentence) -> tuple[str, int]:
    """Return the unit that follows a number and where it ends; "" where none does."""
    if sentence.text[sentence.words[place - 1].end :].lstrip(" ").startswith(_PERCENT):
        return "percent", place
    for skipped in range(_rules().n_between + 1):
        first = place + skipped
        if first >= len(sentence.words) or sentence.between(first - 1, first).strip(" -"):
            break
        unit, past = _unit_at(first, sentence, is_next=skipped == 0)
        if unit:
            return _per_day(unit, past, sentence)
        if sentence.words[first].norm in _rules().refused or sentence.words[first].is_number:
            break
    return "", place


def _unit_at(first: int, sentence: _Sentence, *, is_next: bool) -> tuple[str, int]:
    words = sentence.words
    past, phrase = sentence.finds.longest_at(first, _rules().counted)
    for end in range(min(first + _LONGEST_UNIT, len(words)), max(past, first), -1):
        written = " ".join(sentence.text[words[first].begin : words[end - 1].end].split())
        try:
            unit = find_unit(written)
        except KeyError:
            continue
        if is_next or _is_counted(unit.name, unit.dimension):
            return unit.name, end
    if not phrase:
        return "", first
    end, next_phrase = sentence.finds.longest_at(past, _rules().counted)
    if _rules().counted.get(next_phrase) == "families":  # displaced families, not people
        return "families", end
    return _rules().counted[phrase], past


def _is_counted(name: str, dimension: str) -> bool:
    return dimension in {name, "people", "families"}


def _per_day(unit: str, past: int, sentence: _Sentence) -> tuple[str, int]:
    end, phrase = sentence.finds.longest_at(past, _rules().per_day)
    try:
        return (find_unit(f"{unit}/day").name, end) if phrase else (unit, past)
    except KeyError:
        return unit, past


def _restates(one: FoundAmount, other: FoundAmount, sentence: _Sentence) -> bool:
    """Say whether the second only gives the first in another unit, in brackets."""
    if one.amount is None or other.amount is None:
        return False
    between = sentence.text[sentence.words[one.past - 1].end : sentence.words[other.first].begin]
    return between.strip() == "(" and is_same_dimension(one.amount, other.amount)
