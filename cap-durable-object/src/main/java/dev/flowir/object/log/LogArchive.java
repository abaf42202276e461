package dev.flowir.object.log;

import java.io.IOException;
import java.util.Optional;

/**
 * Where events go that a log no longer keeps, such as a bucket of blobs. Called while no other call
 * of the object waits for it. Thread-safe.
 */
public interface LogArchive {

    /**
     * Keeps bytes under a key; durable when it returns. The same bytes may come again under the
     * same key.
     *
     * @param key letters, digits, {@code -} and {@code /}
     * @param bytes what to keep
     * @throws IOException to have it tried again later
     */
    void put(String key, byte[] bytes) throws IOException;

    /**
     * What is kept under a key.
     *
     * @param key as it was given to {@link #put}
     * @return the bytes, empty when there are none
     * @throws IOException when that cannot be said
     */
    Optional<byte[]> get(String key) throws IOException;
}
