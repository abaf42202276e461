package dev.flowir.benchmarks;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.ActorSystem;

/** Ends what contenders started. */
public final class Closing {

    private Closing() {}

    /**
     * Remembers to close something.
     *
     * @param <T> what it is
     * @param opened where it is remembered
     * @param it what is closed later
     * @return the same
     */
    public static <T extends AutoCloseable> T later(List<AutoCloseable> opened, T it) {
        opened.add(it);
        return it;
    }

    /**
     * Closes all.
     *
     * @param opened what was remembered
     */
    public static void all(List<AutoCloseable> opened) {
        for (AutoCloseable it : opened) {
            try {
                it.close();
            } catch (Exception broken) {
                throw new IllegalStateException("could not be closed: " + it, broken);
            }
        }
    }

    /**
     * Ends an actor system and waits for its end.
     *
     * @param system the system
     */
    public static void end(ActorSystem system) throws InterruptedException, ExecutionException {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get();
    }
}
