"""Actions that say why a plan is as it is, and how firm it is."""
