"""The reader: a small encoder in a process of its own, which reads every stored post once more."""
