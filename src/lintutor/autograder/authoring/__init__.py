"""For those who write exercises: what is missing, what is new, and whether the checks miss a mistake."""
