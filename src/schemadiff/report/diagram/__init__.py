"""A schema as a picture: catalogs → a diagram → SVG, HTML, Mermaid or DOT. Pure, opens nothing.

``model`` is the value, ``build`` makes it of one catalog, ``compare`` of two, ``select`` leaves out of it; ``boxes`` and
``layout`` give everything its place; each of ``svg``, ``html``, ``mermaid`` and ``dot`` writes one format.
"""
