package dev.flowir.durable;

import dev.flowir.kernel.journal.Turns;
import dev.flowir.store.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The lines of limited flows, as rows of a store. */
final class StoredTurns implements Turns {

    private final WriteTx tx;

    StoredTurns(WriteTx tx) {
        this.tx = tx;
    }

    @Override
    public void lineUp(long run, Line line) {
        tx.change(
                "INSERT INTO flowir_durable_turns (run, flow, key) VALUES (?, ?, ?)",
                run,
                line.flow(),
                line.key());
    }

    @Override
    public void begin(long run, long nowMillis) {
        tx.change("UPDATE flowir_durable_turns SET began_at = ? WHERE run = ?", nowMillis, run);
    }

    @Override
    public Optional<Line> leave(long run) {
        Optional<Line> line =
                tx.first(
                        "SELECT flow, key FROM flowir_durable_turns WHERE run = ?",
                        row -> new Line(row.getString(1), row.getString(2)),
                        run);
        tx.change("DELETE FROM flowir_durable_turns WHERE run = ? AND began_at IS NULL", run);
        tx.change("UPDATE flowir_durable_turns SET run = NULL WHERE run = ?", run);
        return line;
    }

    @Override
    public int underWay(Line line) {
        return (int)
                number(
                                "SELECT count(*) FROM flowir_durable_turns WHERE flow = ? AND key = ?"
                                        + " AND began_at IS NOT NULL AND run IS NOT NULL",
                                line.flow(),
                                line.key())
                        .orElse(0);
    }

    @Override
    public OptionalLong began(Line line, int back) {
        return number(
                "SELECT began_at FROM flowir_durable_turns WHERE flow = ? AND key = ?"
                        + " AND began_at IS NOT NULL ORDER BY began_at DESC LIMIT 1 OFFSET ?",
                line.flow(),
                line.key(),
                back);
    }

    @Override
    public OptionalLong head(Line line) {
        return number(
                "SELECT run FROM flowir_durable_turns WHERE flow = ? AND key = ?"
                        + " AND began_at IS NULL ORDER BY number LIMIT 1",
                line.flow(),
                line.key());
    }

    private OptionalLong number(String sql, Object... parameters) {
        return tx.first(sql, row -> OptionalLong.of(row.getLong(1)), parameters)
                .orElse(OptionalLong.empty());
    }

    @Override
    public List<Line> lines() {
        return tx.query(
                "SELECT DISTINCT flow, key FROM flowir_durable_turns WHERE began_at IS NULL",
                row -> new Line(row.getString(1), row.getString(2)));
    }

    @Override
    public void forget(String flow, long beforeMillis) {
        tx.change(
                "DELETE FROM flowir_durable_turns WHERE flow = ? AND run IS NULL AND began_at < ?",
                flow,
                beforeMillis);
    }
}
