"""Planning measured: ``python -m benchmarks.planning joint`` and its neighbours."""
