"""Run the command line: ``python -m csdn2md`` is the same as ``csdn2md``."""

import csdn2md  # noqa: F401  (first: it loads the package converter)
from converter.cli.main import main

if __name__ == "__main__":
    main()
