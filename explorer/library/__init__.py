"""The façade: open a folder, refresh it, search it. Both front ends speak only to this."""

from explorer.index.query.syntax import QueryError
from explorer.library.lock import BusyError

__all__ = ["BusyError", "QueryError"]
