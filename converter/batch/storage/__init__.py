"""Reads and writes files: on this machine, and in stores that are reached by URL."""
