package dev.flowir.benchmarks.processes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;

/** One thread that writes what has come, makes it durable at once, and answers everybody. */
public final class GroupCommit {

    /** Records of one flush, as many as our store takes. */
    private static final int MOST = 256;

    /** Makes so many records durable. */
    public interface Flush {
        /**
         * Makes them durable.
         *
         * @param records how many
         * @throws IOException when the disk fails
         * @throws SQLException when the database fails
         */
        void of(int records) throws IOException, SQLException;
    }

    private final ArrayBlockingQueue<CompletableFuture<Boolean>> waiting =
            new ArrayBlockingQueue<>(4096);

    /**
     * Starts its thread.
     *
     * @param flush makes records durable
     */
    public GroupCommit(Flush flush) {
        Thread.ofPlatform().daemon().start(() -> work(flush));
    }

    /**
     * Measures a file to which records are added, flushed with fdatasync.
     *
     * @param file made new
     * @param recordBytes size of each
     * @param callers who add
     * @param seconds how long
     * @return what the second half gave
     * @throws Exception when it fails
     */
    public static Going.Counted toFile(Path file, int recordBytes, int callers, int seconds)
            throws Exception {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(recordBytes * MOST);
            return new GroupCommit(
                            records -> {
                                bytes.clear().limit(records * recordBytes);
                                channel.write(bytes);
                                channel.force(false);
                            })
                    .measure(callers, seconds);
        }
    }

    /**
     * Measures callers that add one record after the other.
     *
     * @param callers how many
     * @param seconds how long
     * @return what the second half gave
     * @throws InterruptedException when interrupted
     */
    public Going.Counted measure(int callers, int seconds) throws InterruptedException {
        return Going.on(
                callers,
                seconds,
                done -> {
                    append();
                    done.increment();
                });
    }

    /** Returns when one more record is on the disk. */
    private void append() throws InterruptedException {
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
