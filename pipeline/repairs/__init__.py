"""Repairs: a second value beside what was read, with its rule, its score and its reasons.

Only values that were recognised from a picture and count as flagged are ever repaired; what a text layer says
stands, typing errors included. Receipts keep the text as recognised and their confidence, so a repaired value still
counts as flagged.
"""
