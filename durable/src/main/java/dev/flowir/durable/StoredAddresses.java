package dev.flowir.durable;

import dev.flowir.kernel.journal.Addresses;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.util.List;
import java.util.Optional;

/** Who waits for which signal, and signals that nobody waits for yet, as rows of a store. */
final class StoredAddresses implements Addresses {

    private final ReadTx tx;
    private final Optional<WriteTx> writing;

    /** In a read, which can only look. */
    StoredAddresses(ReadTx tx) {
        this.tx = tx;
        this.writing = Optional.empty();
    }

    StoredAddresses(WriteTx tx) {
        this.tx = tx;
        this.writing = Optional.of(tx);
    }

    private void change(String sql, Object... parameters) {
        writing.orElseThrow(() -> new IllegalStateException("a read cannot write"))
                .change(sql, parameters);
    }

    @Override
    public void awaits(long run, Address address) {
        change(
                "INSERT OR IGNORE INTO flowir_durable_awaiting VALUES (?, ?, ?)",
                address.flow(),
                address.signal(),
                run);
    }

    @Override
    public void awaitsNoMore(long run, Address address) {
        change(
                "DELETE FROM flowir_durable_awaiting WHERE flow = ? AND signal = ? AND run = ?",
                address.flow(),
                address.signal(),
                run);
    }

    @Override
    public void leave(long run) {
        change("DELETE FROM flowir_durable_awaiting WHERE run = ?", run);
    }

    @Override
    public List<Long> awaiting(Address address, int limit) {
        return tx.query(
                "SELECT run FROM flowir_durable_awaiting WHERE flow = ? AND signal = ?"
                        + " ORDER BY run LIMIT ?",
                row -> row.getLong(1),
                address.flow(),
                address.signal(),
                limit);
    }

    @Override
    public void keep(Address address, Payload payload, long nowMillis) {
        change(
                "INSERT INTO flowir_durable_early (flow, signal, kept_at, payload)"
                        + " VALUES (?, ?, ?, ?)",
                address.flow(),
                address.signal(),
                nowMillis,
                payload.bytes());
    }

    @Override
    public Optional<Kept> kept(Address address) {
        return tx.first(
                "SELECT number, payload FROM flowir_durable_early WHERE flow = ? AND signal = ?",
                row -> new Kept(row.getLong(1), Payload.of(row.getBytes(2))),
                address.flow(),
                address.signal());
    }

    @Override
    public void taken(long number) {
        change("DELETE FROM flowir_durable_early WHERE number = ?", number);
    }

    @Override
    public int keptInAll() {
        return tx.first("SELECT count(*) FROM flowir_durable_early", row -> row.getInt(1))
                .orElse(0);
    }

    @Override
    public void forget(long beforeMillis) {
        change("DELETE FROM flowir_durable_early WHERE kept_at < ?", beforeMillis);
    }
}
