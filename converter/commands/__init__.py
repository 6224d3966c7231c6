"""Commands that stand in modules of their own; ``cli`` adds them to its group."""
