"""What all models share: they are frozen, read strictly, and refuse keys they do not know."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A part of a definition. Its field names are the keys of the YAML files."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
