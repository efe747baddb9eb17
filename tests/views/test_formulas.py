"""The formulas of a budget, as text."""

from grants.views.formulas import check_formula, equal, quote, share_formula, split_formula, sum_cells


def test_a_part_is_the_difference_of_two_rounded_running_totals():
    weights = ["$I12", "$J12", "$K12"]
    assert split_formula("$F12", weights, 0) == "=IF(SUM($I12:$K12)=0,0,ROUND($F12*SUM($I12:$I12)/SUM($I12:$K12),2))"
    assert split_formula("$F12", weights, 2) == (
        "=IF(SUM($I12:$K12)=0,0,ROUND($F12*SUM($I12:$K12)/SUM($I12:$K12),2)"
        "-ROUND($F12*SUM($I12:$J12)/SUM($I12:$K12),2))"
    )


def test_sums_of_single_cells_have_no_limit_of_arguments():
    assert sum_cells([4, 9], 5) == "F5+F10"
    assert sum_cells(range(400), 0).count("+") == 399
    assert sum_cells([], 0) == "0"


def test_checks():
    assert check_formula([equal("A1", "B1")], "OK", "no") == '=IF(ROUND(A1-(B1),2)=0,"OK","no")'
    assert check_formula(["A1=1", "B1=2"], "OK", "no", "C1=0") == '=IF(C1=0,"",IF(AND(A1=1,B1=2),"OK","no"))'


def test_a_share_of_nothing_is_nothing():
    assert share_formula("A1", "A9") == "=IF(A9=0,0,A1/A9)"


def test_a_quotation_mark_inside_a_text_is_doubled():
    assert quote('a "b"') == '"a ""b"""'
