"""Evaluation reports: cover, contents, prose with tables, annexes. ``flow`` lays one out, ``golden`` answers."""
