"""How the table of confusions was measured: a tool that is run by hand, no test."""
