"""The hooks of pre-commit and prek."""

from converter.hook.run import main, run_hook

__all__ = ["main", "run_hook"]
