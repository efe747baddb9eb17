"""`make bench`: every ratio, in one run on the same data."""

import sys

from tests.bench.bench_build import measure_build
from tests.bench.bench_excel import measure_excel
from tests.bench.bench_form import measure_form
from tests.bench.bench_import import measure_import
from tests.bench.bench_rules import measure_rules
from tests.bench.bench_start import measure_start, measure_yaml
from tests.bench.bench_word import measure_word
from tests.bench.rows import print_rows

rows = [*measure_start(), *measure_yaml(), *measure_rules(), *measure_word(), *measure_excel(), *measure_form()]
rows += [*measure_import(), *measure_build()]
print_rows(rows)
sys.exit(0 if all(row.holds for row in rows) else 1)
