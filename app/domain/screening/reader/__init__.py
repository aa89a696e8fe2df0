"""The second tier of screening: what the encoder that reads after the door is given, and what follows from its scores.

The encoder itself runs elsewhere (`app/jobs/reader/`); everything here is pure.
"""
