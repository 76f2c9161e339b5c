"""Digits and separators of the scripts our users write in, as Latin ones."""

_FROM = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬٪"
_TO = "01234567890123456789.,%"
_LATIN = str.maketrans(_FROM, _TO)


def latin_digits(text: str) -> str:
    """Return the text with Arabic-Indic and Persian digits, ``٫``, ``٬`` and ``٪`` made Latin."""
    return text.translate(_LATIN)
