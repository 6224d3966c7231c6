"""Small readers of HTML, one file for each: code, formulas, URLs, addresses of articles, drawings, text, whitespace."""
