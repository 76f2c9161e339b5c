"""Problems with reference values, and what our engine makes of them."""
