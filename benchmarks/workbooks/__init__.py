"""Reading partners' workbooks measured: ``python -m benchmarks.workbooks files`` and others."""
