"""Bytes to our types and back: readers and writers, pure, with no store behind them."""
