"""A PostgreSQL cluster of the tests' own, on loopback, and in it a new ledger for each test that asks for one."""

import importlib.util
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

SUPERUSER = "postgres"
LOCALE = ("--locale=C", "--encoding=UTF8")
UNSAFE = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB")  # and fast
ROOM = 4_000_000_000  # in memory, for the clusters of several processes
_NAMES = itertools.count(1)


class Cluster(NamedTuple):
    """A running PostgreSQL: where its programs and its data are, and the port it listens on."""

    programs: Path
    data: Path
    port: int
    settings: tuple[str, ...] = UNSAFE

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        settings = (*self.settings, f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        options = " ".join(f"-c {one}" for one in settings)
        log = self.data.parent / "log"
        as_server(self.programs / "pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", options)

    def address(self, database: str, user: str = SUPERUSER) -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"


def as_server(*argv: object, **options) -> subprocess.CompletedProcess:
    """Runs a program of PostgreSQL, which refuses to run as root."""
    user = ("runuser", "-u", SUPERUSER, "--") if os.name != "nt" and os.getuid() == 0 else ()
    return subprocess.run([*user, *map(str, argv)], check=True, cwd="/", stdout=subprocess.DEVNULL, **options)


def programs() -> Path:
    """Where initdb and pg_ctl are, of the newest PostgreSQL; skips where there is none, or no psycopg."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("needs psycopg: pip install 'ntmtrack[server]'")
    of_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    on_path = shutil.which("initdb")
    if not of_debian and not on_path:
        pytest.skip("needs PostgreSQL: apt install postgresql")
    return (of_debian[-1] if of_debian else Path(on_path)).parent


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def in_memory() -> str | None:
    """A folder of the system's that no disk holds, where a database is copied ten times as fast; None without."""
    folder = "/dev/shm"
    return folder if Path(folder).is_dir() and shutil.disk_usage(folder).free > ROOM else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Each process of tests has its own: it is made in a second, and nobody waits for another."""
    with started(in_memory(), UNSAFE) as running:
        yield running


@contextmanager
def started(beside: str | None, settings: tuple[str, ...] = ()) -> Iterator[Cluster]:
    """A new cluster in a folder of its own, until it is left."""
    found = programs()
    folder = Path(tempfile.mkdtemp(prefix="ntmtrack-postgresql-", dir=beside))
    if os.getuid() == 0:
        shutil.chown(folder, SUPERUSER)
    running = Cluster(found, folder / "data", free_port(), settings)
    try:
        as_server(found / "initdb", "-D", running.data, "-U", SUPERUSER, "--auth=trust", "--no-sync", *LOCALE)
        running.start()
        yield running
    finally:
        if (running.data / "postmaster.pid").exists():
            as_server(found / "pg_ctl", "stop", "-m", "immediate", "-D", running.data)
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """A database with a ledger without facts, of which others are copies."""
    return made_ledger(cluster, "template_ledger")


def made_ledger(cluster: Cluster, name: str) -> str:
    """A new database with a ledger without facts, by its name."""
    from sqlalchemy import NullPool, create_engine

    from ntmtrack.storage.server.schema import make_schema

    execute(cluster, f"CREATE DATABASE {name}")
    engine = create_engine(cluster.address(name).replace("://", "+psycopg://"), poolclass=NullPool)
    with engine.begin() as connection:
        make_schema(connection)
    return name


@pytest.fixture
def database(cluster: Cluster, template: str) -> Iterator[str]:
    """The address of a new ledger without facts."""
    name = f"ledger_{next(_NAMES)}"
    execute(cluster, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield cluster.address(name)
    execute(cluster, f"DROP DATABASE {name} WITH (FORCE)")


def execute(cluster: Cluster, statement: str) -> None:
    import psycopg

    with psycopg.connect(cluster.address("postgres"), autocommit=True) as connection:
        connection.execute(statement)
