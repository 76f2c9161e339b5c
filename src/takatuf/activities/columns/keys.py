"""Keys: words as they are compared, whatever their case, accents, punctuation and letter forms.

A key is for comparing only. What was entered is never changed by it.
"""

import re
import unicodedata
from functools import lru_cache

from takatuf.vocabulary.digits import latin_digits

_ARABIC_FORMS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        "ک": "ك", "ـ": "",
    }
)  # fmt: skip
_LATIN_FORMS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ø": "o", "ł": "l"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLE_MIN_LETTERS = 5  # so that short words are not cut to pieces


@lru_cache(maxsize=16384)
def key_of(text: str) -> str:
    """Return the words of a text in small letters, without accents, marks and punctuation.

    Words that stand together are parted where the case or a digit says so: ``admin1Pcode`` is
    ``admin 1 pcode``. Arabic letters are brought to one form and lose the article.
    """
    plain = unicodedata.normalize("NFKD", latin_digits(text))
    plain = "".join(c for c in plain if not unicodedata.combining(c) and _is_shown(c))
    parted = _CAMEL.sub(" ", plain)
    words = _NOT_WORD.sub(" ", parted.casefold().translate(_LATIN_FORMS)).split()
    return " ".join(_without_article(word.translate(_ARABIC_FORMS)) for word in words)


def _is_shown(character: str) -> bool:
    return unicodedata.category(character) != "Cf"  # zero-width and direction marks


def _without_article(word: str) -> str:
    if word.startswith("ال") and len(word) >= _ARTICLE_MIN_LETTERS:
        return word[2:]
    return word
