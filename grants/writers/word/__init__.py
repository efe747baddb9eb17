"""Word files from a donor's template: compiled once by docxtpl, filled in often, with prose, charts and contents."""

from grants.writers.word.proposal import write_proposal
from grants.writers.word.template import CompiledTemplate, compile_template

__all__ = ["CompiledTemplate", "compile_template", "write_proposal"]
