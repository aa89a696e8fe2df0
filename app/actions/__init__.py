"""Verbs: one thing that a person or a source can do is one function and one transaction.

Each takes the session first and the time as `at`, and ends with `publish()` when it changed something.
"""
