"""The version: read by the build, by ``csdn2md --version`` and by the manifest."""

__version__ = "0.1.0"
