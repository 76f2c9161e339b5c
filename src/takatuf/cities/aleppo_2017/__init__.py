"""Aleppo on 14 June 2017: what was said of it by then and since, and what the demo assumes."""
