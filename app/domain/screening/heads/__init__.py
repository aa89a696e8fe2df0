"""Learned heads: one reading of a post, a calibrated score for every category that words alone cannot carry."""
