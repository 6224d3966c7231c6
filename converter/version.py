"""The version of the package: read by the build, ``csdn2md --version`` and the manifest."""

__version__ = "0.2.0"
