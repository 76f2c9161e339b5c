"""What depends on what: roads, water, power and health as networks over a picture."""
