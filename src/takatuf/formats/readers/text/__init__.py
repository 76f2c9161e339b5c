"""From a text somebody wrote to statements that a person may keep; rules only, no model."""
