"""``python -m converter`` is ``csdn2md``."""

from converter.cli.main import main

if __name__ == "__main__":
    main()
