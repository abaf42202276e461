package dev.flowir.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SQLite's write-ahead log, read for what the last transaction changed. Its format is part of
 * SQLite's documented file format (sections 4.1 and 4.2): a header of 32 bytes, then frames of 24
 * bytes and a page. The last frame of a transaction says how many pages the database has then.
 */
final class PageLog implements AutoCloseable {

    private static final int HEADER_BYTES = 32;
    private static final int FRAME_BYTES = 24;
    private static final int SALT_AT_HEADER = 16;
    private static final int SALT_AT_FRAME = 8;

    private final FileChannel channel;
    private final int pageBytes;
    private long taken;
    private long salt;

    PageLog(Path file, int pageBytes) throws IOException {
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        this.pageBytes = pageBytes;
    }

    /** How long it has grown; what is taken is in here still. */
    long bytes() {
        return taken;
    }

    /** The log was emptied; its next transaction stands at its start. */
    void emptied() {
        taken = 0;
    }

    /** The pages of the one transaction that was committed since; none when it changed none. */
    Map<Integer, byte[]> takeCommitted() throws IOException {
        long at = Math.max(taken, HEADER_BYTES);
        if (channel.size() < at + FRAME_BYTES) {
            return Map.of();
        }
        long now = read(0, HEADER_BYTES).getLong(SALT_AT_HEADER);
        if (taken > 0 && now != salt) {
            throw new IOException("the log of a database began anew, and nobody had emptied it");
        }
        salt = now;
        Map<Integer, byte[]> pages = new LinkedHashMap<>();
        while (channel.size() >= at + FRAME_BYTES + pageBytes) {
            ByteBuffer frame = read(at, FRAME_BYTES + pageBytes);
            if (frame.getLong(SALT_AT_FRAME) != salt) {
                return Map.of(); // left by an earlier round of the log
            }
            byte[] page = new byte[pageBytes];
            frame.get(FRAME_BYTES, page);
            pages.put(frame.getInt(0), page);
            at += FRAME_BYTES + pageBytes;
            if (frame.getInt(4) != 0) {
                taken = at;
                return pages;
            }
        }
        return Map.of(); // what a transaction left that was rolled back
    }

    private ByteBuffer read(long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the log of a database ends in the middle of a frame");
            }
        }
        return buffer;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
