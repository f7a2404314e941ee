"""Runs migrations over the connection that the caller hands in; the caller begins and commits."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # Only for drawing up a new migration, which compares the models with the schema.
    target_metadata=context.config.attributes.get("metadata"),
)
context.run_migrations()
