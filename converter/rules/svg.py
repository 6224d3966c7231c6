"""What of SVG may stand in a drawing that is kept: elements and attributes (SVG 1.1, appendices).

HTML parsers hand names over in lower case (HTML, 13.2.6.5 "adjust SVG attributes"); they get the case
back that they have here.
"""

from __future__ import annotations

import re

SHAPES = frozenset("path rect circle ellipse line polyline polygon text image use".split())
"""Elements that draw something."""
UNDRAWN = frozenset("defs symbol marker clipPath mask pattern".split())
"""Elements whose content is drawn only where something refers to it."""

ELEMENTS = frozenset(
    """svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath marker linearGradient
    radialGradient stop clipPath mask pattern title desc image style switch""".split()
)
"""Elements that stay; of ``a`` and unknown ones the children stay, SILENT ones go with all they hold."""

WORDS = frozenset("title desc".split())
"""Elements of which only the text stays: parsers of HTML make HTML of elements in them (HTML, 13.2.6.5)."""
SILENT = frozenset("script handler iframe object embed audio video set animate animatetransform animatemotion".split())

ATTRIBUTES = frozenset(
    """alignment-baseline baseline-shift class clip-path clip-rule clipPathUnits color cx cy d direction display
    dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-stretch font-style font-variant
    font-weight fx fy gradientTransform gradientUnits height id lengthAdjust letter-spacing marker-end marker-mid
    marker-start markerHeight markerUnits markerWidth mask maskContentUnits maskUnits offset opacity orient overflow
    paint-order pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY
    rotate rx ry shape-rendering spreadMethod startOffset stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style text-anchor
    text-decoration text-rendering textLength transform type vector-effect version viewBox visibility width
    word-spacing writing-mode x x1 x2 y y1 y2""".split()
)
"""Attributes that stay.  ``href`` stays too, if it points into the drawing or is a harmless data: image."""

LOCAL_REFERENCE = re.compile(r"url\(\s*+[\"']?+[^()\"'#]*+#([\w:.\-]++)[\"']?+\s*+\)")
"""A reference to a part of a drawing; mermaid writes the page's address before the ``#``."""
STYLE_ESCAPES = re.compile(
    r"\\|@import|@font-face|@namespace|expression\(|image(?:-set)?\(|src\(|javascript:|<", re.IGNORECASE
)
"""What no style of a drawing needs, and what could hide a foreign address."""

STUB = "raphael-marker"
"""Start of the id of the arrow head that CSDN's Markdown editor (2017-) puts before every article, used or not."""

MERMAID_ID = "mermaid"
"""Start of the id of a drawing that mermaid made."""
MERMAID_STYLE = (
    "text{font-family:sans-serif;font-size:16px;fill:#333}.node rect,.node circle,.node ellipse,.node polygon,"
    ".node path,.actor{fill:#ececff;stroke:#9370db}text.actor,.actor tspan{fill:#333;stroke:none}"
    ".edgePath path,.path,.messageLine0,.messageLine1,.actor-line,.tick line,.relation,.domain{stroke:#333;fill:none}"
    ".messageLine1{stroke-dasharray:2,2}.arrowheadPath{fill:#333}.cluster rect{fill:#ffffde;stroke:#aaaa33}"
    ".note{fill:#fff5ad;stroke:#aaaa33}.section{stroke:none;opacity:.2;fill:#6666ff}.task{fill:#8a90dd;stroke:#534fbc}"
    ".tick text,.taskText,.taskTextOutsideRight,.taskTextOutsideLeft,.sectionTitle{font-size:11px}"
    ".taskText{text-anchor:middle}.tick line,.domain{opacity:.3}.edgeLabel rect{fill:#e8e8e8;opacity:.5}"
)
"""Colours of mermaid's default theme, for drawings (CSDN's editor, 2018 to 2020) whose page held the style."""

DATA_START = "data:image/svg+xml"
"""Start of the URL of a drawing."""
DRAWING_RULE = "image/drawing"
"""The rule of each drawing that stays in an article."""
WORDLESS = frozenset("style title desc script defs metadata".split())
"""Elements of a drawing whose text is not shown."""
ICON_SIZE = 48
"""Drawings no larger than this in both directions are buttons and icons."""
ICON_CLASS = re.compile(
    r"(?:^|[\s_-])(?:icon|ico|octicon|anticon|iconfont|logo|emoji|arrow)(?:$|[\s_-])", re.IGNORECASE
)
"""Classes of signs."""
FORMULA_HOLDER = "mjx-container"
"""The element in which MathJax 3 draws a formula; a drawing in it is as large as its text, in ``ex``."""
ICON_HOLDERS = frozenset("a button label summary nav h1 h2 h3 h4 h5 h6".split())
"""Elements in which a drawing without a word is a sign."""
