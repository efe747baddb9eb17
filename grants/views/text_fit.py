"""How high a row must be for its wrapped texts. Excel and LibreOffice do not measure rows of a file they did not make.

The widths are those of Arial (and of Liberation Sans, which has the same), in thousandths of the font's size.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

_GROUPS = {
    220: "ijlΐίιϊіј|’'",
    280: " !,./:;I[\\]ft·ΙΪІЇї*Ί",
    340: '()-`r{}"“”„гѓ•τ°',
    460: "έεζξкќ^зтςJ",
    500: "cksvxyzγκλνЈсухčćšžçχчьэє",
    560: "#$0123456789?L_abdeghnopquΓήδηθορόаеийнорђћџđéèêàüöä€–«»ΰυϋύЃГвпя",
    620: "+<=>~άαβμЌКбдлцFTZΖΣΤЗТъŽßΞφЎУ",
    660: "&ABEKPSVXYΆΑΒΔΕΚΛΡΥΧЁЅАБВЕРХЧЬжŠÉπДм",
    720: "CDHNRUwΗΝΠψЄИЙНПСЭЯыČĆĐΩЦΏФюЛ",
    780: "GOQΈΌΘΟωώОΦЪш",
    840: "MmΉΜΨМфщњЂЋ%Ы",
    940: "љЖШWЩ",
    1030: "—…@ЊЮЉ",
}
_WIDTHS = {character: width for width, characters in _GROUPS.items() for character in characters}
_OTHER = 700
_WORD, _WORD_AND_GAP = re.compile(r"[^\s-]+-?"), re.compile(r"[^\s-]*-?\s*")
_BOLD = 1.08
_PIXELS_PER_POINT = 96 / 72
_PIXELS_PER_CHARACTER = 7
_PADDING = 4
_SAFETY = 1.02
"""Excel wraps a little earlier on some screens than on others."""


@lru_cache(maxsize=8192)
def measure(text: str, size: float = 10, bold: bool = False) -> float:
    """Width of a text in pixels."""
    thousandths = sum(_WIDTHS.get(character, _OTHER) for character in text)
    return thousandths / 1000 * size * _PIXELS_PER_POINT * (_BOLD if bold else 1.0) * _SAFETY


@lru_cache(maxsize=4096)
def count_lines(text: str, width: float, size: float = 10, bold: bool = False) -> int:
    """Lines a text takes in a column of that many characters; words longer than a line are broken."""
    room = max(width * _PIXELS_PER_CHARACTER - _PADDING, 10)
    return sum(_count_lines(paragraph, room, size, bold) for paragraph in text.split("\n"))


def fit_word(text: str, size: float = 10, bold: bool = False) -> float:
    """Characters that a column needs so that no word of a text is broken."""
    longest = max((measure(word, size, bold) for word in _WORD.findall(text)), default=0.0)
    return math.ceil((longest + _PADDING) / _PIXELS_PER_CHARACTER * 10) / 10


def _count_lines(paragraph: str, room: float, size: float, bold: bool) -> int:
    lines, used = 1, 0.0
    for word in _WORD_AND_GAP.findall(paragraph):
        long = measure(word.rstrip(), size, bold)
        if used and used + long > room:
            lines, used = lines + 1, 0.0
        while long > room:
            lines, long = lines + 1, long - room
        used += long + measure(word[len(word.rstrip()) :], size, bold)
    return lines


def row_height(lines: int, size: float = 10) -> float:
    """Points for that many lines, never above Excel's limit of 409."""
    return min(round(max(lines, 1) * size * 1.28 + 3.5, 2), 409.0)
