"""What was said: sources, claims, reports, and the register that keeps them."""
