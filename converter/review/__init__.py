"""The review page: originals and their Markdown side by side, the worst first."""
