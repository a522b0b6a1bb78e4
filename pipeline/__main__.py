"""`python -m pipeline` is `jixiao`."""

from pipeline.cli import main

main(prog_name="jixiao")
