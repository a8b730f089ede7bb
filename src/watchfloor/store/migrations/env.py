"""Run the migrations on the connection that is handed over."""

from alembic import context

import watchfloor.store.access_tables
import watchfloor.store.audit_tables
import watchfloor.store.desk_tables
import watchfloor.store.response_tables
import watchfloor.store.watch_tables  # noqa: F401 - the whole schema
from watchfloor.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
