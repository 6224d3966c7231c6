"""The page where people look: originals and their Markdown side by side, worst first."""
