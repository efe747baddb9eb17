"""Pages for a browser: one file each, with everything in it, that opens from a USB stick."""

from grants.writers.web.status_page import write_status_page

__all__ = ["write_status_page"]
