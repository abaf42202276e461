package dev.flowir.blob;

import java.util.List;

/**
 * Where changes are told, for example a queue. Connected with {@link BlobEvents#connect}.
 *
 * <p>What it returns from is forgotten, what it throws at comes again: so every change is told at
 * least once, also when the process is killed in between. It is called by one thread at a time, and
 * not inside of a transaction.
 */
@FunctionalInterface
public interface BlobEventSink {

    /**
     * Takes changes on, all or none of them.
     *
     * @param events 1 to 100, mostly in the order they happened
     * @throws Exception when it cannot now; they come again
     */
    void deliver(List<BlobEvent> events) throws Exception;
}
