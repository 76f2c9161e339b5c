"""Types of things and their properties, declared as data."""

from takatuf.vocabulary.things.loading import Vocabulary, load_vocabulary
from takatuf.vocabulary.things.schema import AllowedValue, Labels, Property, ThingType

__all__ = ["AllowedValue", "Labels", "Property", "ThingType", "Vocabulary", "load_vocabulary"]
