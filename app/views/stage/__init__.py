"""The stage, which a speaker holds."""
