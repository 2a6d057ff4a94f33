"""``python -m pamit`` is ``pamit``."""

from pamit.surfaces.cli import main

if __name__ == "__main__":
    main()
