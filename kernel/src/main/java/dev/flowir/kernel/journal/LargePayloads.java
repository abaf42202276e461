package dev.flowir.kernel.journal;

import java.io.IOException;
import java.util.List;

/**
 * Where payloads are kept that are too long for a record, which then only names them. A payload is
 * stored before the record that names it is written, so that no record names what is not there; one
 * that no record names after all is deleted when the journal is next opened. Called from many
 * threads.
 */
public interface LargePayloads {

    /**
     * Stores bytes.
     *
     * @param bytes what to store
     * @return a name that nothing else stored here has, now or before, of at most 100 ASCII
     *     characters; the bytes survive the process once it is returned
     * @throws IOException when they could not be stored; then nothing of them is left
     */
    String store(byte[] bytes) throws IOException;

    /**
     * {@return stored bytes}
     *
     * @param name what {@link #store} answered
     * @throws IOException when they could not be read; {@link java.nio.file.NoSuchFileException}
     *     when they are not there
     */
    byte[] load(String name) throws IOException;

    /**
     * Deletes stored bytes. Does nothing when they are not there.
     *
     * @param name what {@link #store} answered
     * @throws IOException when they could not be deleted
     */
    void delete(String name) throws IOException;

    /**
     * {@return names of all that is stored}
     *
     * @throws IOException when they could not be listed
     */
    List<String> names() throws IOException;
}
