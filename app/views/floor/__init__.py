"""The floor, which everybody has on a phone."""
