"""Finds and reads sources: folders, lists, archives."""
