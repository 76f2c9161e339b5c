"""Who says what: verbs of saying, speakers, quotations."""
