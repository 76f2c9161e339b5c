"""What stands around a product, as lines: title, day, readers, maker, licence."""

from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.words import text_of


def about_lines(products: Products, language: str) -> list[tuple[str, str]]:
    """Return label and text of each line, in the language."""

    def said(word: str) -> str:
        return text_of("about", word, language)

    known = products.known.isoformat() if products.known else said("everything_received")
    return [
        (said("as_of"), products.as_of.isoformat()),
        (said("known"), known),
        (said("audience"), said(products.audience.value)),
        (said("made_by"), products.made_by.name),
        (said("licence"), products.licence),
        (said("n_rows"), str(len(products.frame))),
    ]


def about_json(products: Products) -> dict[str, object]:
    """Return the same as JSON values, in English words."""
    return {
        "title": products.title,
        "as_of": products.as_of.isoformat(),
        "known": products.known.isoformat() if products.known else None,
        "audience": products.audience.value,
        "made_by": products.made_by.name,
        "licence": products.licence,
        "n_rows": len(products.frame),
        "not_included": list(products.not_included),
    }
