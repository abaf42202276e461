package dev.flowir.benchmarks.durable;

import dev.flowir.benchmarks.processes.Going;
import dev.flowir.benchmarks.processes.GroupCommit;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/** Contenders that run in a process of ours: flows, and what bounds them. */
final class Contenders {

    private Contenders() {}

    /** A file to which records are added, flushed with fdatasync. */
    static Going.Counted file(Path folder, int callers, int seconds) throws Exception {
        return GroupCommit.toFile(
                folder.resolve("bare.log"), Chains.RECORD_BYTES, callers, seconds);
    }

    /** A table to which rows are added, in SQLite's log, fully synchronous. */
    static Going.Counted sqlite(Path folder, int callers, int seconds) throws Exception {
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
                Statement setting = database.createStatement()) {
            setting.execute("PRAGMA journal_mode=WAL");
            setting.execute("PRAGMA synchronous=FULL");
            setting.execute("CREATE TABLE log (n INTEGER PRIMARY KEY, b BLOB)");
            database.setAutoCommit(false);
            try (PreparedStatement insert =
                    database.prepareStatement("INSERT INTO log (b) VALUES (?)")) {
                byte[] bytes = new byte[Chains.RECORD_BYTES];
                return new GroupCommit(
                                records -> {
                                    for (int i = 0; i < records; i++) {
                                        insert.setBytes(1, bytes);
                                        insert.executeUpdate();
                                    }
                                    database.commit();
                                })
                        .measure(callers, seconds);
            }
        }
    }

    /** Durable runs. A step counts when the one after it may begin. */
    static Going.Counted flow(Path folder, int callers, int seconds) throws Exception {
        AtomicLong ids = new AtomicLong();
        try (Store store = Store.open(folder.resolve("flow.db"), StoreOptions.defaults());
                DurableRuntime runtime = Chains.open(store)) {
            return Going.on(
                    callers,
                    seconds,
                    done -> {
                        String id = "r" + ids.incrementAndGet();
                        runtime.start(Chains.CHAIN, id, Chains.PAYLOAD).await();
                        done.add(Chains.STEPS);
                    });
        }
    }
}
