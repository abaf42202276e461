package dev.flowir.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files in memory, in chunks: none needs one large array. */
final class MemoryContent implements Content {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final Map<String, List<byte[]>> files = new ConcurrentHashMap<>();

    @Override
    public Receiving receive() {
        return new Receiving() {
            private final List<byte[]> chunks = new ArrayList<>();
            private byte[] chunk = new byte[0];
            private int filled;

            @Override
            public void write(byte[] buffer, int offset, int length) {
                int done = 0;
                while (done < length) {
                    if (filled == chunk.length) {
                        next(length - done);
                    }
                    int some = Math.min(length - done, chunk.length - filled);
                    System.arraycopy(buffer, offset + done, chunk, filled, some);
                    filled += some;
                    done += some;
                }
            }

            private void next(int atLeast) {
                if (filled > 0) {
                    chunks.add(chunk);
                }
                chunk = new byte[Math.min(CHUNK_BYTES, Math.max(atLeast, 2 * chunk.length))];
                filled = 0;
            }

            @Override
            public String finish() {
                chunks.add(Arrays.copyOf(chunk, filled));
                String file = Ids.next();
                files.put(file, List.copyOf(chunks));
                return file;
            }

            @Override
            public void close() {
                chunks.clear();
            }
        };
    }

    @Override
    public InputStream open(String file, long offset) throws IOException {
        List<byte[]> chunks = files.get(file);
        if (chunks == null) {
            throw new NoSuchFileException(file);
        }
        InputStream stream =
                new SequenceInputStream(
                        Collections.enumeration(
                                chunks.stream().map(java.io.ByteArrayInputStream::new).toList()));
        stream.skipNBytes(offset);
        return stream;
    }

    @Override
    public void keep(Collection<String> kept) {
        // they are where they belong
    }

    @Override
    public void delete(String file) {
        files.remove(file);
    }

    @Override
    public void close() {
        files.clear();
    }
}
