"""Verification: render the Markdown with a renderer of another project, and compare its facts with the source's.

Nothing here imports the cleaner or the serializer: a check that shares code with what it checks shares its errors.
"""

from converter.verify.conservation import Balance, conservation
from converter.verify.fidelity import prove, verify
from converter.verify.renderers import RENDERERS, RendererError
from converter.verify.verdict import Difference, Verdict

__all__ = ["RENDERERS", "Balance", "Difference", "RendererError", "Verdict", "conservation", "prove", "verify"]
