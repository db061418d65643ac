"""Runs the command line as `python -m grantcalc`."""

from grantcalc.cli import main

if __name__ == "__main__":
    main()
