"""The report of a city as one HTML file that works offline and without scripts."""

from takatuf.formats.writers.city_page.page import write_city_page
from takatuf.formats.writers.city_page.words import Words

__all__ = ["Words", "write_city_page"]
