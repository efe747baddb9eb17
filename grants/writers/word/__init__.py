"""Word files from a donor's template: compiled once by docxtpl, filled in often, with prose, charts and contents."""

from grants.writers.word.document import write_document
from grants.writers.word.template import CompiledTemplate, compile_template

__all__ = ["CompiledTemplate", "compile_template", "write_document"]
