package dev.flowir.kernel.cap;

import java.io.IOException;

/**
 * Where items go that do not fit on an edge that spills. Holds bytes for as long as the run that
 * stored them lasts; nothing needs to survive the process. The kernel frames what it stores with a
 * CRC32C checksum and checks it on the way back, so a store need not. Called from many threads.
 */
public interface SpillStore {

    /**
     * Stores bytes.
     *
     * @param tier label of the tier that the edge asks for
     * @param bytes what to store
     * @return a reference that no other stored item has
     * @throws IOException when the bytes could not be stored
     */
    String store(String tier, byte[] bytes) throws IOException;

    /**
     * Brings bytes back.
     *
     * @param reference what {@link #store} answered
     * @return the bytes
     * @throws IOException when they could not be read, or are not there
     */
    byte[] load(String reference) throws IOException;

    /**
     * Forgets stored bytes. Does nothing when they are not there.
     *
     * @param reference what {@link #store} answered
     * @throws IOException when they could not be deleted
     */
    void delete(String reference) throws IOException;
}
