"""Small engines that read one thing out of HTML: code, formulas, URLs, drawings, text."""
