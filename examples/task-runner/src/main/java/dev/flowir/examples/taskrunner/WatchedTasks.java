package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.queue.QueueSender;
import java.time.InstantSource;
import java.util.List;

/**
 * Tasks whose changes are told within this process as they happen.
 *
 * @param <R> what reads the store
 * @param <W> what writes it
 */
abstract class WatchedTasks<R, W extends R> extends StoredTasks<R, W> {

    private final TaskFeed feed;

    WatchedTasks(
            Settings settings,
            TaskFeed feed,
            InstantSource clock,
            ReadToken<R> reader,
            WriteToken<W> writer,
            WriteToken<QueueSender> queue) {
        super(Steps.work(settings), () -> clock.instant().getEpochSecond(), reader, writer, queue);
        this.feed = feed;
    }

    /** Recent tasks, oldest first. */
    abstract List<TaskFeed.Change> recent(R store) throws Exception;

    TaskFeed feed() {
        return feed;
    }

    @Override
    public Flow<Nothing, ItemStream<TaskFeed.Change>> events() {
        Node<Nothing, ItemStream<TaskFeed.Change>> watch =
                Node.streams(
                        "watch",
                        Nothing.class,
                        TaskFeed.Change.class,
                        reader(),
                        (store, nothing, out, context) -> {
                            try (TaskFeed.Watcher watcher = feed.watch()) {
                                Steps.tell(watcher, () -> recent(store), out);
                            }
                        });
        return Flow.define(
                "task-events", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, watch));
    }
}
