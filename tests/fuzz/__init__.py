"""Random damage to small good files: whatever comes in, the reader answers in words."""
