package dev.flowir.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that feed windows and are killed, on a real file. */
class FedKillTest {

    private static final int KILLS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void afterAnyKillEveryWindowIsToldOnceWithAllThatWasAcknowledged(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("bank.db");
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            store.execute(tx -> {
                tx.run(
                        "CREATE TABLE told (flow TEXT, start INTEGER, sum INTEGER, revision INTEGER)");
                tx.run("CREATE TABLE seen (number INTEGER)");
            });
        }
        Random random = new Random(4);
        int last = -1;
        for (int kill = 0; kill < KILLS; kill++) { // what was not acknowledged is offered again
            last = KillTest.startAndKill(FedChild.class, file, last + 1, 20 + random.nextInt(200));
        }
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = FedChild.open(store)) {
            int count = (last / FedChild.SIZE + 2) * FedChild.SIZE; // one more may have been taken
            for (Flow<Integer, Integer> flow : List.of(FedChild.SUMS, FedChild.STEPS)) {
                DurableFeed<Integer> feed = runtime.feed(flow, flow.name());
                for (int i = 0; i < count; i++) {
                    FedChild.offer(runtime, feed, i);
                }
                feed.finish();
                assertTrue(runtime.awaitIdle(PATIENCE));
                FeedView view = feed.view();
                assertEquals(FeedView.State.FINISHED, view.state(), view.toString());
                assertEquals(0, view.items() + view.runs() + view.late() + view.setAside());
                List<String> expected = new ArrayList<>();
                for (int start = 0; start < count; start += FedChild.SIZE) {
                    expected.add(start + " " + (10 * start + 45) + " #0");
                }
                assertEquals(expected, told(store, flow));
            }
            assertEquals(count, KillTest.count(store, "SELECT count(*) FROM seen"));
        }
    }

    private static List<String> told(Store store, Flow<Integer, Integer> flow) {
        return store.read(tx ->
                tx.query(
                        "SELECT start, sum, revision FROM told WHERE flow = ? ORDER BY start",
                        row -> row.getLong(1) + " " + row.getLong(2) + " #" + row.getLong(3),
                        flow.name()));
    }
}
