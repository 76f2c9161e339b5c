"""Addresses of persons in columns where nobody expects them, such as comments.

What was found is never shown: a list of faults is mailed and printed.
"""

import polars as pl

SHOWN = "a text with an e-mail address or a telephone number"
_ADDRESS = r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}"
_TELEPHONE = r"\+\d{1,3}[ .()-]?\d(?:[ .()-]?\d){6,}"
_SAYS = ("cell.address-of-a-person", "no addresses or numbers of persons", "Take it out.")


def texts_with_addresses(texts: pl.Series) -> list[tuple[str, str, str, str]]:
    """Return the texts that hold an e-mail address or a telephone number, as faults."""
    maybe = texts.filter(texts.str.contains("[@+]"))
    held = maybe.filter(maybe.str.contains(f"{_ADDRESS}|{_TELEPHONE}"))
    return [(text, *_SAYS) for text in held.sort()]
