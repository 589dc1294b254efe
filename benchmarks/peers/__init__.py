"""The same pairs of databases, given to every tool of this field that installs from a package registry.

    python -m benchmarks.peers [--only TOOL,…] [--pairs PAIR,…] [--write benchmarks/peers.md]

`tools` says which, and how each is installed and called; `pairs` what each is given; `judge` what holds
afterwards; `page` how that reads. No tool of others is a dependency: each gets an environment of its own.
"""
