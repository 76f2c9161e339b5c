"""The services a neighbourhood waits for, in the order that arrays and tables have them."""

SERVICES = ("access", "water", "power", "health", "home")
