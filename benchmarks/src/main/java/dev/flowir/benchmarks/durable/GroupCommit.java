package dev.flowir.benchmarks.durable;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;

/** One thread that writes what has come, makes it durable at once, and answers everybody. */
final class GroupCommit {

    /** Records of one flush, as many as our store takes. */
    private static final int MOST = 256;

    /** Makes so many records durable. */
    interface Flush {
        void of(int records) throws IOException, SQLException;
    }

    private final ArrayBlockingQueue<CompletableFuture<Boolean>> waiting =
            new ArrayBlockingQueue<>(4096);

    GroupCommit(Flush flush) {
        Thread.ofPlatform().daemon().start(() -> work(flush));
    }

    /** Returns when one more record is on the disk. */
    void append() throws InterruptedException {
        CompletableFuture<Boolean> durable = new CompletableFuture<>();
        waiting.put(durable);
        durable.join();
    }

    private void work(Flush flush) {
        List<CompletableFuture<Boolean>> group = new ArrayList<>();
        try {
            while (true) {
                group.add(waiting.take());
                waiting.drainTo(group, MOST - 1);
                flush.of(group.size());
                group.forEach(it -> it.complete(true));
                group.clear();
            }
        } catch (InterruptedException | IOException | SQLException e) {
            group.forEach(it -> it.completeExceptionally(e));
        }
    }
}
