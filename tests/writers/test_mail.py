"""A message as bytes: headers and file names arrive as they were meant, and no header can be smuggled in."""

from __future__ import annotations

import datetime
import email
import email.policy
import re
import urllib.parse
from dataclasses import replace
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grants.model.message import AttachedFile, Message, Person
from grants.views.message import fill_line
from grants.writers.mail.mime import build_message, name_message_id

NOW = datetime.datetime(2008, 8, 20, 9, tzinfo=datetime.UTC)
FILE = "Έκθεση προόδου, Đorđe (τελική).docx"
MESSAGE = Message(
    "K-1",
    "2008-H1",
    "el",
    Person("ΚΛΙΜΑΚΑ", "reports@klimaka.example.org"),
    (Person("ΥΔΑΣ", "ngo@donor.example.org"),),
    (),
    (Person("Αρχείο", "archive@klimaka.example.org"),),
    (),
    "Ενδιάμεση έκθεση",
    "Αξιότιμοι\n.\nκύριοι\n",
    "<p>Αξιότιμοι</p>\n",
    (AttachedFile(FILE, 4, "0"),),
)
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x45F, exclude_characters="\x7f"), max_size=90)


def build(message: Message, *, unsent: bool = False) -> bytes:
    return build_message(message, {FILE: b"\0\r\n."}, "ab" * 32, NOW, unsent=unsent)


@given(WORDS, WORDS)
@example("", "000000000 ¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡0 ¡")
@example("=?utf-8?q?x?=", "=?utf-8?q?Mar=C3=ADa?=")
@example("Έκθεση A, Đorđe (τελική) 2008 " * 8, 'Τμήμα "ΜΚΟ", ΥΔΑΣ')
@example(
    "a plain subject that is much longer than a line of an e-mail should be, and has no letters beyond ASCII", "x, y"
)
def test_subject_and_names_arrive_as_they_were_meant(subject: str, name: str) -> None:
    subject, name = fill_line(subject, {}), fill_line(name, {})
    data = build(replace(MESSAGE, subject=subject, to=(Person(name, "ngo@donor.example.org"),)))
    mail = email.message_from_bytes(data)
    # the library's newer parser puts a blank of its own between two encoded words of a name; RFC 2047 has none there
    ((display, address),) = getaddresses([mail["To"].replace("\r\n", "")])
    assert address == "ngo@donor.example.org"
    assert str(make_header(decode_header(display))) == name
    modern = email.message_from_bytes(data, policy=email.policy.default)
    assert modern["Subject"] == subject


def test_a_file_arrives_with_its_name_and_bytes() -> None:
    mail = email.message_from_bytes(build(MESSAGE), policy=email.policy.default)
    ((name, data),) = [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()]
    assert (name, data) == (FILE, b"\0\r\n.")


def test_every_byte_is_ascii_and_no_line_too_long() -> None:
    lines = build(MESSAGE).split(b"\r\n")
    assert all((line.isascii() and len(line) < 79) or b"Content-Type" in line for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)


@pytest.mark.parametrize("mark", ["\n", "\r", "\r\n"])
def test_a_line_break_in_a_header_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="a line break"):
        build(replace(MESSAGE, subject=f"x{mark}Bcc: thief@example.org"))
    with pytest.raises(ValueError, match="a line break"):
        build(replace(MESSAGE, to=(Person(f"x{mark}y", "ngo@donor.example.org"),)))


def test_the_hidden_recipient_stands_in_the_draft_alone() -> None:
    assert b"archive@" not in build(MESSAGE)
    assert b"archive@" in build(MESSAGE, unsent=True)


def test_the_same_message_has_the_same_bytes_and_the_same_name() -> None:
    assert build(MESSAGE) == build(MESSAGE)
    assert name_message_id(MESSAGE, "ab" * 32) == "<grants.2008-h1.abababababababababababab@klimaka.example.org>"


def test_an_address_is_named_once_in_the_first_place_that_names_it() -> None:
    ngo, other = Person("ΥΔΑΣ", "ngo@donor.example.org"), Person("", "project@astra.example.org")
    again = Person("Hellenic Aid", "NGO@donor.example.org")
    mail = email.message_from_bytes(build(replace(MESSAGE, to=(ngo, again), cc=(again, other), bcc=(other, ngo))))
    assert [address for _, address in getaddresses([mail["To"].replace("\r\n", "")])] == ["ngo@donor.example.org"]
    assert [address for _, address in getaddresses([mail["Cc"]])] == ["project@astra.example.org"]
    assert mail["Bcc"] is None
    draft = email.message_from_bytes(build(replace(MESSAGE, to=(ngo,), bcc=(ngo, other)), unsent=True))
    assert [address for _, address in getaddresses([draft["Bcc"]])] == ["project@astra.example.org"]


LONG_NAMES = [
    FILE,
    "Ενδιάμεση αφηγηματική έκθεση για το πρώτο εξάμηνο του έτους 2008 – ξενώνας και πρόληψη στη Σερβία.docx",
    "Završni finansijski izveštaj za prvu polovinu godine – šđčćž, i još duže ime datoteke.xlsx",
    "Завршни извештај (коначни).pdf",
    'with "quotes"; and = signs.docx',
]


@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_long_name_of_a_file_is_read_back_by_any_program(name: str) -> None:
    attached = replace(MESSAGE, attachments=(AttachedFile(name, 4, "0"),))
    data = build_message(attached, {name: b"\0\r\n."}, "ab" * 32, NOW)
    assert max(map(len, data.split(b"\r\n"))) < 100
    for policy in (email.policy.default, email.policy.compat32):
        (found,) = filter(None, (part.get_filename() for part in email.message_from_bytes(data, policy=policy).walk()))
        assert found == name
    if not name.isascii():  # as RFC 2231 is read by hand: the pieces in their order, then the character set
        (header,) = re.findall(rb"Content-Disposition: (attachment.*?)\r\n(?![ \t])", data, re.DOTALL)
        pieces = sorted(
            (int(n), piece) for n, piece in re.findall(r"filename\*(\d+)\*=([^;\s]*)", header.decode("ascii"))
        )
        charset, _, words = "".join(piece for _, piece in pieces).split("'", 2)
        assert urllib.parse.unquote(words, charset, errors="strict") == name
        assert all(piece.count("%") == len(re.findall("%[0-9A-F]{2}", piece)) for _, piece in pieces)
