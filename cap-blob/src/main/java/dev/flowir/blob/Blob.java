package dev.flowir.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An object that is open for reading, once. It stays whole while it is open, also when it is
 * overwritten or deleted meanwhile. Close it; one that a flow's node opened is closed with its
 * attempt. For use by one thread at a time.
 */
public final class Blob implements AutoCloseable {

    private final BlobInfo info;
    private final long offset;
    private final long length;
    private final InputStream stream;

    Blob(BlobInfo info, long offset, long length, InputStream stream) {
        this.info = info;
        this.offset = offset;
        this.length = length;
        this.stream = stream;
    }

    /**
     * An object of a provider elsewhere, or one that changes what another gives.
     *
     * @param info its properties
     * @param offset where the bytes start in the object
     * @param length how many bytes there are from there
     * @param stream the bytes
     * @return the open object
     */
    public static Blob of(BlobInfo info, long offset, long length, InputStream stream) {
        return new Blob(info, offset, length, stream);
    }

    /** {@return the properties of the whole object} */
    public BlobInfo info() {
        return info;
    }

    /** {@return where the bytes start in the object; 0 unless a range was asked for} */
    public long offset() {
        return offset;
    }

    /** {@return how many bytes there are to read: those of the range} */
    public long length() {
        return length;
    }

    /**
     * The bytes, read as they are asked for. A whole read compares the checksum and throws an
     * {@link IOException} caused by {@link BlobFault#CORRUPT} instead of telling the end.
     *
     * @return always the same stream
     */
    public InputStream stream() {
        return stream;
    }

    /**
     * Writes the bytes to {@code sink} and closes this.
     *
     * @param sink where they go; not closed
     * @return how many there were
     * @throws IOException when reading or writing failed
     */
    public long transferTo(OutputStream sink) throws IOException {
        try (this) {
            return stream.transferTo(sink);
        }
    }

    /**
     * All bytes, and closes this. For small objects: they are in memory at once.
     *
     * @return the bytes
     * @throws BlobException when reading failed
     */
    public byte[] bytes() {
        try {
            ByteArrayOutputStream all =
                    new ByteArrayOutputStream((int) Math.min(length, Integer.MAX_VALUE - 8));
            transferTo(all);
            return all.toByteArray();
        } catch (IOException e) {
            throw e.getCause() instanceof BlobException coded
                    ? coded
                    : new BlobException(BlobFault.IO, "reading failed: " + e.getMessage(), e);
        }
    }

    /**
     * All bytes as UTF-8, and closes this.
     *
     * @return the text
     * @throws BlobException when reading failed
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Gives the object free. Closing twice is fine. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new BlobException(BlobFault.IO, "closing failed: " + e.getMessage(), e);
        }
    }
}
