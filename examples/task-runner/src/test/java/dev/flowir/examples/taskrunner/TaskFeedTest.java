package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.examples.taskrunner.TaskFeed.Change;
import dev.flowir.examples.taskrunner.TaskFeed.Watcher;
import org.junit.jupiter.api.Test;

class TaskFeedTest {

    @Test
    void aWatcherSeesChangesFromThenOnInOrder() throws InterruptedException {
        TaskFeed feed = new TaskFeed();
        feed.publish("a", Task.Status.PENDING);
        try (Watcher watcher = feed.watch()) {
            feed.publish("a", Task.Status.PROCESSING);
            feed.publish("a", Task.Status.COMPLETED);
            assertEquals(new Watcher.Changed(new Change("a", "processing")), watcher.next());
            assertEquals(new Watcher.Changed(new Change("a", "completed")), watcher.next());
        }
    }

    @Test
    void aSlowWatcherIsToldThatItMissedSomething() throws InterruptedException {
        TaskFeed feed = new TaskFeed();
        try (Watcher slow = feed.watch()) {
            for (int i = 0; i < TaskFeed.BOUND; i++) {
                feed.publish("t" + i, Task.Status.PENDING);
            }
            assertEquals(new Watcher.Changed(new Change("t0", "pending")), slow.next());
            feed.publish("last", Task.Status.PENDING);
            feed.publish("one more", Task.Status.PENDING);
            assertEquals(new Watcher.Missed(), slow.next());
            assertEquals(new Watcher.Changed(new Change("one more", "pending")), slow.next());
        }
    }
}
