"""How it shows that the database is not there, as against a mistake of ours that it points out."""

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

STORE_AWAY = (DBAPIError, PoolTimeout, ConnectionError, TimeoutError)
OUR_MISTAKE = (DataError, IntegrityError, ProgrammingError)


def is_away(trouble: Exception) -> bool:
    """Whether the same is worth trying again later."""
    return isinstance(trouble, STORE_AWAY) and not isinstance(trouble, OUR_MISTAKE)
