"""Proof: an engine that is not ours renders the Markdown, and its facts are held against the source's.

An oracle shares no code with the accused: nothing here imports the cleaner or the serializer.
"""

from converter.verify.conservation import Balance, conservation
from converter.verify.fidelity import prove, verify
from converter.verify.renderers import RENDERERS, RendererError
from converter.verify.values import Difference, Verdict

__all__ = ["RENDERERS", "Balance", "Difference", "RendererError", "Verdict", "conservation", "prove", "verify"]
