"""Measurements: speed, hostile shapes, attack vectors."""
