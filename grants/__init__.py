"""grants: one validated definition of a project becomes everything its donor wants."""

__version__ = "0.1.0"
