package dev.flowir.examples.tiletar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes entries of an archive without its trailer: parts that are written one after the other are
 * one archive, whoever wrote them. One entry is open at a time. What stands in an entry follows
 * from its name and bytes alone: no time, no owner.
 */
final class TarWriter {

    /** Two blocks of zeros end an archive. */
    static final int TRAILER_BYTES = 2 * TarConstants.DEFAULT_RCDSIZE;

    /** Longest name that an entry has without an extension of the format. */
    static final int MAX_NAME_BYTES = TarConstants.NAMELEN - 1;

    private final Bytes bytes;
    private final TarArchiveOutputStream tar;
    private String open = "";

    /**
     * A part.
     *
     * @param size bytes it will have, as {@link #entryBytes} says
     */
    TarWriter(int size) {
        bytes = new Bytes(size);
        tar =
                new TarArchiveOutputStream(
                        bytes, TarConstants.DEFAULT_RCDSIZE, StandardCharsets.UTF_8.name());
    }

    /** Bytes that a tile takes in an archive: a header, and itself in whole blocks. */
    static long entryBytes(TileRef tile) {
        return entryBytes(tile.size());
    }

    /** Bytes that content of a length takes. */
    static long entryBytes(long size) {
        long block = TarConstants.DEFAULT_RCDSIZE;
        return block + (size + block - 1) / block * block;
    }

    /** Two blocks of zeros. */
    static byte[] trailer() {
        return new byte[TRAILER_BYTES];
    }

    /**
     * Begins an entry.
     *
     * @throws IllegalStateException when another one is open
     * @throws IllegalArgumentException when the name is longer than {@link #MAX_NAME_BYTES}
     */
    void begin(String name, long size) throws IOException {
        if (!open.isEmpty()) {
            throw new IllegalStateException(
                    "'" + open + "' is open; end it before '" + name + "' begins");
        }
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(size);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        open = name;
    }

    void write(byte[] content) throws IOException {
        tar.write(content);
    }

    /**
     * Ends the entry.
     *
     * @throws IOException when it has fewer bytes than were said
     */
    void end() throws IOException {
        tar.closeArchiveEntry();
        open = "";
    }

    /** What was written: whole entries. */
    byte[] part() throws IOException {
        if (!open.isEmpty()) {
            throw new IllegalStateException("'" + open + "' is open");
        }
        tar.flush();
        return bytes.whole();
    }

    /** As long as was said: then it is not copied at the end. */
    private static final class Bytes extends ByteArrayOutputStream {

        Bytes(int size) {
            super(size);
        }

        synchronized byte[] whole() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
