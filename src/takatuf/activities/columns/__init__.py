"""Columns: which column of a partner's table means what.

By its HXL tag, by the words of its header, by its values; a doubt is asked, once per layout.
"""
