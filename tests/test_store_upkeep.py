"""The store is locked by one writer, survives kills and full disks, and is opened, refused or brought up to date."""

import json
import os
import signal
import sqlite3
from importlib.util import find_spec
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import create_engine, inspect, text

from backchannel.errors import StoreError, StoreLocked, StoreNewer
from backchannel.store import locate, migrations, open_store
from backchannel.store.engine import Database
from store_samples import READER, claim, document, other_process, pair, place, store

__all__ = ["place", "store"]

HOLD = """
with open_store(place) as store, store.writing("read 3 documents"):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_lock_names_its_holder_and_ends_with_it(store, place):
    with other_process(place, HOLD) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked) as caught, store.writing("merge"):
            pass
        assert caught.value.holder.startswith(f"process {holder.pid} on ")
        assert "to read 3 documents, since 20" in str(caught.value)
        assert store.holder().pid == holder.pid
        store.put_document(document(), [claim()], reader=READER)
        holder.communicate("done\n", timeout=20)
    with store.writing("merge"):
        assert store.holder().pid == os.getpid()
    assert store.holder() is None


def test_lock_of_a_killed_holder_is_taken_over(store, place):
    with other_process(place, HOLD) as holder:
        assert holder.stdout.readline() == "held\n"
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    for _ in range(100):  # PostgreSQL takes a moment to see that the connection is gone
        if store.holder() is None:
            break
        sleep(0.05)
    with store.writing("merge"):
        assert store.holder().purpose == "merge"


def test_lock_may_be_asked_for_again_inside_but_not_beside(store, place):
    with store.writing("read"), store.writing("merge"), open_store(place) as other:
        with pytest.raises(StoreLocked, match="to read"), other.writing("merge"):
            pass
        store.put_document(document(), [], reader=READER)
    with open_store(place) as other, other.writing("merge"):
        pass


FILL = """
with open_store(place) as store, store.writing("fill"):
    for number in range(1, 121):
        store.put_document(*pair(number)[:2], signature=pair(number)[2], reader=READER)
        print(number, flush=True)
"""


def test_killed_and_run_again_gives_the_same_digest(place, tmp_path):
    with other_process(place, FILL) as writer:
        assert "25\n" in writer.stdout
        writer.kill()
        writer.wait()
    with open_store(place) as store:
        kept = store.counts()
        assert kept["documents"] == kept["readings"] == kept["claims"] / 2 == sum(c.read for c in store.coverage())
        store.put_documents([pair(n) for n in range(1, 121)], reader=READER)
        with open_store(tmp_path / "undisturbed.db") as other:
            other.put_documents([pair(n) for n in range(120, 0, -1)], reader=READER)
            assert other.digest() == store.digest()


FULL = """
import resource
from backchannel.errors import StoreFull
with open_store(place) as store, store.writing("fill"):
    store.put_document(*pair(1)[:2], reader=READER)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    try:
        for number in range(2, 400):
            store.put_document(document(number, text="They met again. " * 500), [], reader=READER)
            print(number, flush=True)
    except StoreFull as error:
        print(error)
"""


def test_full_disk_is_told_and_what_was_committed_stays(tmp_path):
    place = str(tmp_path / "store.db")
    with other_process(place, FULL) as writer:
        said, _ = writer.communicate(timeout=30)
    *numbers, last = said.splitlines()
    assert writer.returncode == 0
    assert "no room left to write" in last
    assert "free some space" in last
    with open_store(place) as store:
        assert [d.id for d in store.documents()] == ["d_001", *(f"d_{int(n):03}" for n in numbers)]
        assert list(store.claims()) == pair(1)[1]
        with store.writing("resume"):
            store.put_document(*pair(2)[:2], reader=READER)


def test_store_of_a_later_version_is_refused(store, place):
    store.close()
    engine = create_engine(locate(place))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO schema (number) VALUES (99)"))
    engine.dispose()
    with pytest.raises(StoreNewer, match="schema 99 is newer than this program's") as caught:
        open_store(place)
    assert (caught.value.found, caught.value.known) == (99, migrations.latest())


def of_schema_1(place):
    old = sqlite3.connect(place)
    old.executescript((Path(__file__).parent / "store_schema_1.sql").read_text())
    old.close()
    return place


def shape(place):
    """Columns, keys and indexes of every table, by its name."""
    database = Database(locate(place), create=False, read_only=True)
    with database.reading() as connection:
        seen = inspect(connection)
        found = {
            name: (
                {one["name"]: (str(one["type"]), one["nullable"]) for one in seen.get_columns(name)},
                seen.get_pk_constraint(name)["constrained_columns"],
                {one["name"]: (one["column_names"], one["unique"]) for one in seen.get_indexes(name)},
                sorted(one["column_names"] for one in seen.get_unique_constraints(name)),
                sorted((one["constrained_columns"], one["referred_table"]) for one in seen.get_foreign_keys(name)),
            )
            for name in seen.get_table_names()
        }
    database.close()
    return found


def test_store_of_schema_1_gets_the_tables_of_a_new_one(tmp_path):
    open_store(of_schema_1(tmp_path / "old.db")).close()
    open_store(tmp_path / "new.db").close()
    made = shape(tmp_path / "new.db")
    assert {"homes", "changes", "unmerged", "leaves", "reports", "blocks", "watches", "outbox"} < made.keys()
    assert shape(tmp_path / "old.db") == made


def test_store_of_schema_1_opens_with_all_it_holds(tmp_path):
    with open_store(of_schema_1(tmp_path / "old.db")) as store, open_store(tmp_path / "new.db") as new:
        assert list(store.documents()) == [document(1), document(2)]
        assert len(store.claim_history("c_001_0")) == 2
        assert [row[0] for row in store.search("vienna")] == ["d_001", "d_002"]
        assert store.conversation("v_001") is not None
        homes = store.history.homes()
        assert homes == store.merged.assignment("claim", homes) != {}
        assert [c.id for c in store.conversations(text="quietly")] == []
        store.put_documents([pair(1), pair(2), pair(3)], reader=READER)
        new.put_documents([pair(1), pair(2), pair(3)], reader=READER)
        assert list(store.claims()) == list(new.claims())


def test_missing_steps_are_taken_once_or_not_at_all(place):
    open_store(place).close()

    def add(connection):
        connection.execute(text("ALTER TABLE documents ADD COLUMN mood TEXT"))

    def fail(connection):
        connection.execute(text("ALTER TABLE documents ADD COLUMN tone TEXT"))
        raise StoreError("no")

    next_one = migrations.latest() + 1
    database = Database(locate(place), create=False, read_only=False)
    with pytest.raises(StoreError, match="no"), database.transaction() as connection:
        migrations.migrate(connection, place, steps={next_one: add, next_one + 1: fail})
    for _ in range(2):
        with database.transaction() as connection:
            migrations.migrate(connection, place, steps={next_one: add})
            assert migrations.found(connection, place) == next_one
            connection.execute(text("SELECT mood FROM documents"))
    database.close()


def test_file_of_another_kind_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, " * 100)
    with pytest.raises(StoreError, match=r"notes\.txt: is no store.*give another --store"):
        open_store(path)
    assert path.read_text() == "not a database, " * 100


def test_database_of_another_program_is_refused(tmp_path):
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE bookmarks (id)")
    other.close()
    with pytest.raises(StoreError, match=r"tables of another program \(bookmarks\)"):
        open_store(tmp_path / "other.db")


@pytest.mark.parametrize("options", [{"create": False}, {"read_only": True}])
def test_missing_store_is_told_not_made(tmp_path, options):
    with pytest.raises(StoreError, match="no store there"):
        open_store(tmp_path / "no.db", **options)
    assert list(tmp_path.iterdir()) == []


def test_read_only_store_is_read_and_never_written(store, place):
    store.put_document(document(), [claim()], reader=READER)
    with open_store(place, read_only=True) as reader:
        assert list(reader.claims()) == [claim()]
        store.put_document(document(2), [], reader=READER)
        assert reader.counts()["documents"] == 2
        with pytest.raises(StoreError, match="open for reading only"):
            reader.put_document(document(3), [], reader=READER)
        with pytest.raises(StoreError, match="open for reading only"), reader.writing("read"):
            pass


def test_location_is_the_argument_or_the_variable_or_the_data_folder(tmp_path):
    environ = {"BACKCHANNEL_STORE": str(tmp_path / "b.db")}
    assert locate(tmp_path / "a.db", environ=environ).database == str(tmp_path / "a.db")
    assert locate(environ=environ).database == str(tmp_path / "b.db")
    assert Path(locate(environ={}).database).name == "store.db"
    assert locate("sqlite:///x/y.db", environ={}).database == str(Path("x/y.db").absolute())
    with pytest.raises(StoreError, match="is a folder"):
        locate(tmp_path)
    with pytest.raises(StoreError, match="no store of the kind 'mysql'"):
        locate("mysql://a@b/c")


def test_password_is_in_no_message(tmp_path):
    told = "cannot be reached" if find_spec("psycopg") else r"backchannel\[postgres\]"
    with pytest.raises(StoreError, match=told) as caught:
        open_store(f"postgresql://ana:geheim@/talks?host={tmp_path}")
    assert "geheim" not in json.dumps(str(caught.value))
