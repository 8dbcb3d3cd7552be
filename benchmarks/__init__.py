"""The measured comparisons with other readers: ``python -m benchmarks``. Ratios count, not seconds."""
