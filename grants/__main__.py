"""`python -m grants` does what the command `grants` does."""

from grants.cli import main

if __name__ == "__main__":
    main()
