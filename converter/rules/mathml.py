"""MathML to TeX: the TeX of operators and names; a character that has no row stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NAMES = """αalpha βbeta γgamma δdelta ϵepsilon εvarepsilon ζzeta ηeta θtheta ϑvartheta ιiota κkappa λlambda μmu νnu ξxi
πpi ρrho σsigma τtau υupsilon ϕphi φvarphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΦPhi ΨPsi
ΩOmega ∑sum ∏prod ∫int ∮oint ⋃bigcup ⋂bigcap ∂partial ∇nabla ∞infty ×times ÷div ·cdot ⋅cdot ±pm ∓mp ≤le ≥ge ≠ne ≈approx
≡equiv ∼sim ∝propto ≪ll ≫gg ∈in ∉notin ⊂subset ⊆subseteq ⊃supset ∪cup ∩cap ∅emptyset ∀forall ∃exists ¬neg ∧wedge ∨vee
⊕oplus ⊗otimes →to ←leftarrow ↔leftrightarrow ⇒Rightarrow ⇐Leftarrow ⇔Leftrightarrow ↦mapsto …ldots ⋯cdots ⋮vdots ⋱ddots
∘circ ∗ast ⟨langle ⟩rangle ‖Vert ∥parallel ⊥perp ∠angle ⌊lfloor ⌋rfloor ⌈lceil ⌉rceil ℓell ℏhbar ′prime"""
MATHML_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        **{word[0]: f"\\{word[1:]}" for word in _NAMES.split()},
        **{sign: f"\\{sign}" for sign in "%#&$_{}"},
        "−": "-",
        "\\": "\\backslash",
    }
)
"""The TeX of one character."""
MATHML_FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log max min sec sin sinh"
    " sup tan tanh Pr".split()
)
"""Names of functions that TeX knows; any other name of several letters is upright text."""
MATHML_ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        "^": "\\hat", "~": "\\tilde", "¯": "\\bar", "‾": "\\overline", "―": "\\overline", "→": "\\vec", "˙": "\\dot",
        "¨": "\\ddot", "⏞": "\\overbrace",
    }
)  # fmt: skip
"""What stands over a base, and the command that puts it there."""
MATHML_UNDERS: Mapping[str, str] = MappingProxyType({"_": "\\underline", "―": "\\underline", "⏟": "\\underbrace"})
"""What stands under a base, and the command that puts it there."""
MATHML_VARIANTS: Mapping[str, str] = MappingProxyType(
    {
        "normal": "\\mathrm", "bold": "\\mathbf", "bold-italic": "\\boldsymbol", "double-struck": "\\mathbb",
        "script": "\\mathcal", "fraktur": "\\mathfrak", "sans-serif": "\\mathsf", "monospace": "\\mathtt",
    }
)  # fmt: skip
"""The command of each ``mathvariant``."""
