"""Run the command line: ``python -m converter`` is the same as ``csdn2md``."""

from converter.cli.main import main

if __name__ == "__main__":
    main()
