package dev.flowir.durable;

import dev.flowir.kernel.journal.LargePayloads;
import dev.flowir.store.Store;
import dev.flowir.store.WriteTx;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which run names which large payload, as one transaction sees it. A payload that nothing names any
 * more is deleted once that is on the disk, and not before.
 */
final class LargeNames {

    private static final Logger LOG = LoggerFactory.getLogger(LargeNames.class);

    private final WriteTx tx;
    private final Optional<LargePayloads> large;

    /** What nothing names any more, unless something does before the commit. */
    private final Set<String> unnamed = new HashSet<>();

    LargeNames(WriteTx tx, Optional<LargePayloads> large) {
        this.tx = tx;
        this.large = large;
    }

    /** A record or the output of {@code run} names {@code payload}. */
    void add(long run, String payload) {
        unnamed.remove(payload);
        tx.run("INSERT OR IGNORE INTO flowir_durable_large VALUES (?, ?)", run, payload);
    }

    /** Neither records nor output of {@code run} are any more. */
    void removeAll(long run) {
        if (large.isEmpty()) {
            return;
        }
        List<String> names =
                tx.query(
                        "DELETE FROM flowir_durable_large WHERE run = ? RETURNING name",
                        row -> row.getString(1),
                        run);
        names.stream().filter(name -> !isNamed(name)).forEach(unnamed::add);
        if (!names.isEmpty()) {
            tx.afterCommit(() -> {
                unnamed.forEach(name -> delete(large.get(), name));
                unnamed.clear();
            });
        }
    }

    private boolean isNamed(String payload) {
        return tx.first(
                        "SELECT 1 FROM flowir_durable_large WHERE name = ?",
                        row -> row.getInt(1),
                        payload)
                .isPresent();
    }

    private static void delete(LargePayloads from, String name) {
        try {
            from.delete(name);
        } catch (IOException e) {
            LOG.warn("payload {} is deleted when the journal is next opened", name, e);
        }
    }

    /** Deletes payloads whose record was never written, or whose run went just before a crash. */
    static void deleteUnnamed(Store store, LargePayloads from) {
        try {
            Set<String> found = new HashSet<>(from.names());
            if (!found.isEmpty()) {
                store.read(tx ->
                                tx.query(
                                        "SELECT name FROM flowir_durable_large",
                                        row -> row.getString(1)))
                        .forEach(found::remove);
            }
            found.forEach(name -> delete(from, name));
        } catch (IOException e) {
            LOG.warn("{}: what nothing names is not deleted now", from, e);
        }
    }
}
