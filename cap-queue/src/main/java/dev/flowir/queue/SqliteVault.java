package dev.flowir.queue;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import dev.flowir.store.StoreHealth;
import java.util.Set;
import java.util.function.Function;

/** Rows in an embedded store. */
final class SqliteVault implements Vault {

    /**
     * {@code flowir_queue_due} is the one timer structure for delays, retries and leases. The body
     * is the last column, so that looking at the others reads no page of it. Places are never used
     * again (AUTOINCREMENT): a lease id of a message that is gone means no other.
     */
    private static final Migrations SCHEMA =
            Migrations.of(
                    "queue",
                    Migration.sql(
                            "0001_queues",
                            """
                            CREATE TABLE flowir_queue_queues (
                              id INTEGER PRIMARY KEY,
                              name TEXT NOT NULL UNIQUE,
                              settings TEXT NOT NULL,
                              paused INTEGER NOT NULL
                            );
                            CREATE TABLE flowir_queue_tallies (
                              queue INTEGER PRIMARY KEY,
                              backlog INTEGER NOT NULL DEFAULT 0,
                              bytes INTEGER NOT NULL DEFAULT 0,
                              sent INTEGER NOT NULL DEFAULT 0,
                              arrived INTEGER NOT NULL DEFAULT 0,
                              deliveries INTEGER NOT NULL DEFAULT 0,
                              acked INTEGER NOT NULL DEFAULT 0,
                              dead_lettered INTEGER NOT NULL DEFAULT 0,
                              dropped INTEGER NOT NULL DEFAULT 0,
                              expired INTEGER NOT NULL DEFAULT 0,
                              purged INTEGER NOT NULL DEFAULT 0,
                              redriven INTEGER NOT NULL DEFAULT 0
                            );
                            CREATE TABLE flowir_queue_messages (
                              place INTEGER PRIMARY KEY AUTOINCREMENT,
                              queue INTEGER NOT NULL,
                              visible_at INTEGER NOT NULL,
                              holder INTEGER NOT NULL,
                              alone INTEGER NOT NULL,
                              attempts INTEGER NOT NULL,
                              leases INTEGER NOT NULL,
                              first_seen_at INTEGER,
                              id TEXT NOT NULL,
                              sent_at INTEGER NOT NULL,
                              arrived_at INTEGER NOT NULL,
                              size INTEGER NOT NULL,
                              redriven_from TEXT,
                              failures TEXT,
                              letter TEXT,
                              content TEXT NOT NULL,
                              body BLOB NOT NULL
                            );
                            CREATE INDEX flowir_queue_due
                              ON flowir_queue_messages (queue, visible_at, place, alone, holder);
                            CREATE INDEX flowir_queue_arrival
                              ON flowir_queue_messages (queue, place);
                            CREATE INDEX flowir_queue_held
                              ON flowir_queue_messages (holder) WHERE holder = 1;
                            CREATE TABLE flowir_queue_redrives (
                              token TEXT PRIMARY KEY,
                              queue INTEGER NOT NULL,
                              last_place INTEGER NOT NULL,
                              next_visible_at INTEGER NOT NULL
                            ) WITHOUT ROWID;
                            """));

    private final Store store;

    private SqliteVault(Store store) {
        this.store = store;
    }

    static SqliteVault open(Store store) {
        store.migrate(SCHEMA);
        return new SqliteVault(store);
    }

    @Override
    public <T> T write(Function<Rows, T> work) {
        try {
            return store.write(tx -> work.apply(new SqliteRows(tx)));
        } catch (StoreException e) {
            throw translated(e);
        }
    }

    @Override
    public <T> T read(Function<Rows, T> work) {
        try {
            return store.read(tx -> work.apply(new SqliteRows(tx)));
        } catch (StoreException e) {
            throw translated(e);
        }
    }

    /**
     * Whether an interrupt finds a caller waiting for room or for the disk is one to the caller.
     */
    private static RuntimeException translated(StoreException e) {
        return e.fault() == StoreFault.WITHDRAWN
                ? new QueueException(QueueFault.INTERRUPTED, e.detail(), e)
                : e;
    }

    @Override
    public boolean inTransaction() {
        return store.inTransaction();
    }

    @Override
    public boolean isIn(AutoCloseable other) {
        return store.equals(other);
    }

    @Override
    public boolean isOpen() {
        return !(store.health() instanceof StoreHealth.Closed);
    }

    @Override
    public Descriptor.Durability durability() {
        return Descriptor.Durability.LOCAL_DISK;
    }

    @Override
    public Set<Guarantee> extras() {
        return Set.of(Guarantee.SHARED_TRANSACTION);
    }
}
