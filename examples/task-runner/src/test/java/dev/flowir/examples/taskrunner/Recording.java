package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A task runner as a process that writes down which tasks it begins to work on. With {@link #HOLD}
 * among its variables it never gets done with one.
 */
final class Recording {

    static final String HOLD = "HOLD_WORK";

    private Recording() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.from(System.getenv());
        boolean holds = System.getenv().containsKey(HOLD);
        Node<Claimed, Worked> work =
                Node.pure(
                        "work",
                        Claimed.class,
                        Worked.class,
                        task -> {
                            record(settings.data(), task.taskId());
                            if (holds) {
                                new CountDownLatch(1).await();
                            }
                            return new Worked(task.taskId());
                        });
        TaskRunner runner =
                TaskRunner.start(
                        settings,
                        InstantSource.system(),
                        List.of((claim, usual, finish) -> Steps.process(claim, work, finish)));
        System.out.println("listening on " + runner.url());
    }

    private static synchronized void record(Path data, String taskId) throws IOException {
        Files.writeString(
                file(data), taskId + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Path file(Path data) {
        return data.resolve("work.log");
    }

    /** The tasks that a process began to work on, in that order. */
    static List<String> begun(Path data) throws IOException {
        return Files.exists(file(data)) ? Files.readAllLines(file(data)) : List.of();
    }
}
