"""What points to a person is found, in Greek, English and Serbian; what only looks like it is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from grants.ledger.totals import add_up
from grants.model.records import AccountBalance, Finance
from grants.model.scalars import Text
from grants.rules.persons import check_personal_data
from grants.rules.report_case import ReportCase
from tests.base_project import find_faults, load_base, load_donor, with_text
from tests.ledger.cases import DAY, make_project, make_records

NUMBERS = [
    "Call +30 210 123 4567.",
    "Call 0030 210-123-4567.",
    "Τηλ. 210 1234567",
    "Κιν.: 6971234567",
    "tel. 011/3347-817",
    "She has (011) 3347 817.",
    "Mob: 064 123 45 67",
    "Write to maria.k@example.org, please.",
    "[Mail](mailto:maria@example.org)",
    "Paid on 08/05/2008 2101234567",
    "She was born on 3 May 1989.",
    "born 03/05/1989",
    "Date of birth: 03.05.1989",
    "Γεννήθηκε στις 3 Μαΐου 1989.",
    "ημερομηνία γέννησης: 3/5/1989",
    "Rođena je 3.5.1989.",
    "rođena 3. maja 1989.",
    "Passport no. AB 1234567",
    "Αριθμός διαβατηρίου ΑΒ1234567",
    "Δελτίο ταυτότητας ΑΕ 123456",
    "pasoš br. 001234567",
    "AMKA 03058912345",
    "JMBG 0305989123456",
]
NO_NUMBERS = [
    "In 2005-2006 and 2007/2008.",
    "From 2008-01-01 to 2008-12-31.",
    "King Action 05/02/2008 3 10 150.00",
    "Persons 0 20 11 11 55",
    "Persons 0 0 20 118 98",
    "From 1 January 2008 to 31 December 2008.",
    "It costs EUR 107,615.25 or 107.615,25 €.",
    "There were 1 200 000 crossings and 14,594 calls.",
    "Law 2731/1999 (Government Gazette A 138, 5 July 1999)",
    "See https://example.org/2008/2101234567/page?id=6971234567 for more.",
    "[A page](https://example.org/2101234567)",
    "Project KLI-HA-2008-01, line 1.1.1, code 15180.",
    "Born of a long co-operation, the project began in 2007.",
    "Η ταυτότητα του θύματος δεν δημοσιεύεται.",
    "The identity cards of 400 women were checked.",
    "12 x 1,500.00 + 12 x 1,200.00",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_and_dates_of_a_person_are_found(text: str) -> None:
    assert len(find_faults("personal_data", with_text(text), allowed=())) == 1


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_other_numbers_are_not(text: str) -> None:
    assert find_faults("personal_data", with_text(text), allowed=()) == []


NAMES = [
    "Ms Maria K. came back.",
    "It was told by Mrs. Petrovic.",
    "(Mr John Miller)",
    "Then Ana P. left.",
    "Η κα Μαρία Παππά είπε.",
    "Μίλησε ο κ. Παπαδόπουλος.",
    "Η κυρία Ελένη επέστρεψε.",
    "Έφυγε η Μαρία Π. και γύρισε.",
    "Gospođa Jovanović je došla.",
    "Rekla je gđa Ana Marković.",
    "Rekao je gospodin Petrović.",
    "Rekla je g-đa Marković.",
    "Рекла је госпођа Јовановић.",
    "Eleni Deigmatidou keeps the lists.",
    "**Ms Maria** came back.",
]
NO_NAMES = [
    "See Annex B. It is long.",
    "Hepatitis C. is common.",
    "Βλ. Παράρτημα Β. του νόμου.",
    "κ.λπ. Και άλλα.",
    "Η ομάδα Α. και η ομάδα Β.",
    "The systems (MS Word) are old.",
    "A social worker and a psychologist.",
    "The U.N. and the I.P.A. took part.",
    "It is 10 ms Later.",
]


@pytest.mark.parametrize("text", NAMES)
def test_names_are_found_once(text: str) -> None:
    assert len(find_faults("named_persons", with_text(text), allowed=())) == 1


@pytest.mark.parametrize("text", NO_NAMES)
def test_other_capitals_are_not_names(text: str) -> None:
    assert find_faults("named_persons", with_text(text), allowed=()) == []


def test_a_contact_that_is_a_function_is_no_name() -> None:
    base = load_base()
    contact = base.sheet.applicant.contacts[0].model_copy(update={"name": Text({"": "Shelter co-ordinator"})})
    applicant = base.sheet.applicant.model_copy(update={"contacts": (contact,)})
    project = replace(
        with_text("Shelter co-ordinator and accountant."),
        sheet=base.sheet.model_copy(update={"applicant": applicant}),
    )
    assert find_faults("named_persons", project, allowed=()) == []


PERSONS = [
    "A 19-year-old woman from Moldova.",
    "She was 19 years old and came from a village.",
    "A girl aged 16 from Albania came.",
    "A girl from a village in Romania.",
    "Μια 17χρονη από τη Σερβία.",
    "Κοπέλα 17 ετών από τη Μολδαβία.",
    "Κοπέλα 17 ετών από ένα χωριό.",
    "Devojka, 17 godina stara, iz Srbije.",
    "Devojka iz sela u Rumuniji.",
]
NO_PERSONS = [
    "Women aged 18 to 25 from Serbia.",
    "Women aged 18-25 from Serbia.",
    "Girls under 18 years old from Serbia.",
    "Παιδιά κάτω των 18 ετών από τη Σερβία.",
    "Γυναίκες άνω των 18 ετών στη Σερβία.",
    "A 19-year-old woman came. Serbia is another matter.",
    "The organisation is 19 years old.",
    "Villages have no police.",
    "Officers from Serbia and Moldova.",
]


@pytest.mark.parametrize("text", PERSONS)
def test_facts_that_together_point_to_one_person_are_found_once(text: str) -> None:
    assert len(find_faults("described_persons", with_text(text))) == 1


@pytest.mark.parametrize("text", NO_PERSONS)
def test_groups_and_limits_are_no_persons(text: str) -> None:
    assert find_faults("described_persons", with_text(text)) == []


def test_what_the_call_allows_may_be_printed() -> None:
    project = with_text("Call +381 11 785 0000, or ask Mr John Miller.")
    assert find_faults("personal_data", project, allowed=("+381 11 785 0000",)) == []
    assert find_faults("named_persons", project, allowed=("John Miller",)) == []


def test_a_finding_shows_only_the_beginning() -> None:
    (fault,) = find_faults("personal_data", with_text("Write to maria.k@example.org."), allowed=())
    assert fault.found == "mari…"
    assert fault.place.file == "narrative/context.en.md"
    assert (fault.place.line, fault.place.column) == (1, 10)


def test_fields_for_contacts_may_hold_what_they_are_for() -> None:
    base = load_base()
    assert base.sheet.applicant.contacts[0].phone
    assert find_faults("personal_data", base, allowed=()) == []
    assert find_faults("named_persons", base, allowed=()) == []


ACCOUNTS = [
    ("GR16 0110 1250 0000 0001 2300 695", True),
    ("GR1601101250000000012300695", True),
    ("Alpha GB29 NWBK 6016 1331 9268 19", True),
    ("160-5400123456-82", True),
    ("Λογαριασμός 011/480123-45", True),
    ("Project account", False),
    ("Λογαριασμός έργου (…0695)", False),
    ("Account of 2008-2009, from 01/02/2008", False),
    ("Cash box 2, Belgrade", False),
]


@pytest.mark.parametrize(("name", "is_number"), ACCOUNTS)
def test_an_account_has_a_name_and_not_its_number(name: str, is_number: bool) -> None:
    balance = AccountBalance(account=name, date=DAY(2008, 6, 30), amount=Decimal(5), currency="EUR")
    records = make_records([], finances=(Finance(balances=(balance,)), Finance()))
    project = make_project()
    case = ReportCase(project, add_up(project), load_donor(), {}, records=records)
    faults = [x for x in check_personal_data(case, allowed=()) if x.place.path[-1:] == ("account",)]
    assert [x.message for x in faults] == ["The number of an account stands where its name should."] * is_number
    assert not any(name in str(fault) for fault in faults), "it is not repeated"
