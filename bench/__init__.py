"""What we claim about speed, as programs that print ratios."""
