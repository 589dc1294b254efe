"""``python -m schemadiff``: the command line."""

from .cli import main

main()
