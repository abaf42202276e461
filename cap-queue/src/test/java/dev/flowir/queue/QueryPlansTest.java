package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.RowMapper;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.store.WriteTx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No statement of a queue reads a whole table, or sorts: its cost does not grow with the queue. */
class QueryPlansTest {

    /** Runs statements and asks how each would be run. */
    private record Explaining(WriteTx tx, Map<String, List<String>> plans) implements WriteTx {

        private void explain(String sql, @Nullable Object... parameters) {
            plans.put(
                    sql,
                    tx.query(
                            "EXPLAIN QUERY PLAN " + sql,
                            row -> row.getString("detail"),
                            parameters));
        }

        @Override
        public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
            explain(sql, parameters);
            return tx.query(sql, mapper, parameters);
        }

        @Override
        public <T> Optional<T> first(
                String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
            explain(sql, parameters);
            return tx.first(sql, mapper, parameters);
        }

        @Override
        public long nowMillis() {
            return tx.nowMillis();
        }

        @Override
        public Change run(String sql, @Nullable Object... parameters) {
            explain(sql, parameters);
            return tx.run(sql, parameters);
        }

        @Override
        public void afterCommit(Runnable hook) {
            tx.afterCommit(hook);
        }
    }

    @Test
    void noStatementReadsAWholeTable() {
        Map<String, List<String>> plans = new TreeMap<>();
        try (Store store = Store.inMemory(StoreOptions.defaults());
                Broker broker = Broker.sqlite(store, BrokerOptions.defaults())) {
            broker.declare("q", QueueSettings.defaults());
            broker.sender("q", Scope.outside("test")).send(Body.text("m"));
            store.execute(tx -> useAll(new SqliteRows(new Explaining(tx, plans))));
        }
        assertTrue(plans.size() >= 18, "statements: " + plans.keySet());
        plans.keySet().removeIf(sql -> sql.endsWith("FROM flowir_queue_queues ORDER BY name"));
        plans.values()
                .removeIf(plan ->
                        plan.stream()
                                .noneMatch(step ->
                                        step.startsWith("SCAN") || step.contains("TEMP B-TREE")));
        assertEquals(Map.of(), plans);
    }

    private static void useAll(Rows rows) {
        QueueRow queue = rows.queue("q").orElseThrow();
        int id = queue.id();
        rows.queues();
        rows.updateQueue(queue);
        rows.addTally(id, rows.tally(id).plus(Tally.delivered()));
        rows.oldestArrivalMillis(id);
        rows.oldestFreeMillis(id);
        rows.heads(id, Long.MAX_VALUE, 10);
        rows.nextDueMillis(id, 0);
        rows.free(id, 10);
        rows.page(id, 0, 10);
        rows.lastPlace(id);
        Stored message = rows.due(id, Long.MAX_VALUE, 10).get(0);
        assertTrue(rows.find(id, message.place()).isPresent());
        rows.update(message);
        rows.abandonHandlers(0);
        rows.saveRedrive(new RedriveRow("t", id, 0, 0));
        assertTrue(rows.redrive("t").isPresent());
        rows.insert(id, message.envelope(), message.progress());
        rows.delete(message);
    }
}
