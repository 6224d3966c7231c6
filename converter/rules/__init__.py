"""Tables of what is of no one site: HTML tags, highlighters, formula engines, SVG, URL schemes, metadata standards."""
