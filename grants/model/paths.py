"""How a folder of a computer or a server looks in a text: it tells the names of people, clients and cases."""

from __future__ import annotations

import re

PATH = re.compile(r"(?:(?<![A-Za-z])[A-Za-z]:[\\/]|\\\\|\bfile:|(?<!\w)/(?:home|Users|media|mnt|Volumes)/)[^\s<>\"]*")
