"""The house's PostgreSQL engine over the embedded cluster (Django loads "<ENGINE>.base")."""

from pathlib import Path
from typing import Any

from django.utils.asyncio import async_unsafe
from psycopg import Connection, OperationalError

from coop.local_postgres.cluster import Cluster
from coop.local_postgres.programs import LocalDatabaseError
from coop.postgres import base


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def cluster(self) -> Cluster:
        return Cluster(
            Path(self.settings_dict["LOCAL_HOME"]), throwaway=self.settings_dict["LOCAL_THROWAWAY"]
        )

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"host": str(self.cluster.sockets), "port": "5432"}

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> "Connection[Any]":
        try:
            self.cluster.use()
            try:
                return super().get_new_connection(conn_params)
            except OperationalError:
                if self.cluster.ready():
                    raise
                self.cluster.revive()  # somebody killed the server under a process that was using it
                return super().get_new_connection(conn_params)
        except LocalDatabaseError as problem:
            raise OperationalError(str(problem)) from problem
