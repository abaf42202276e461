package dev.flowir.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Takes a body in: counts, sums and stores its bytes, and refuses what is not as was said. */
final class Intake {

    private static final int BUFFER_BYTES = 128 * 1024;

    private final Content content;
    private final Checks checks;

    Intake(Content content, Checks checks) {
        this.content = content;
        this.checks = checks;
    }

    /**
     * What was taken in.
     *
     * @param segments one, or none for no bytes
     * @param length bytes
     * @param sums MD5 and what was asked for, in hex
     */
    record Taken(List<Segment> segments, long length, Map<Checksum.Algorithm, String> sums) {

        String md5() {
            return sums.getOrDefault(Checksum.Algorithm.MD5, "");
        }

        List<String> files() {
            return segments.stream().map(Segment::file).toList();
        }
    }

    Taken take(BlobBody body, Optional<Checksum> expected) {
        checks.length(body.length());
        Map<Checksum.Algorithm, MessageDigest> digests = new EnumMap<>(Checksum.Algorithm.class);
        digests.put(Checksum.Algorithm.MD5, digest(Checksum.Algorithm.MD5));
        expected.map(Checksum::algorithm)
                .ifPresent(a -> digests.computeIfAbsent(a, Intake::digest));
        try (InputStream source = open(body)) {
            return pump(source, body.length(), digests, expected);
        } catch (IOException e) {
            throw bodyFailed(e); // closing it
        }
    }

    static InputStream open(BlobBody body) {
        try {
            return body.open();
        } catch (IOException e) {
            throw bodyFailed(e);
        }
    }

    private Taken pump(
            InputStream source,
            OptionalLong said,
            Map<Checksum.Algorithm, MessageDigest> digests,
            Optional<Checksum> expected) {
        int size = (int) Math.min(BUFFER_BYTES, Math.max(1024, said.orElse(BUFFER_BYTES) + 1));
        Summing summing = new Summing(digests.values(), size);
        CRC32C crc = new CRC32C();
        long length = 0;
        try (Content.Receiving file = content.receive()) {
            byte[] buffer = summing.buffer();
            for (int got = read(source, buffer); got > 0; got = read(source, buffer)) {
                length += got;
                if (said.isPresent() && length > said.getAsLong()) {
                    throw wrongLength("more than ", said.getAsLong());
                }
                checks.size(length);
                summing.sum(got);
                crc.update(buffer, 0, got);
                file.write(buffer, 0, got);
                buffer = summing.buffer();
            }
            summing.await();
            if (said.isPresent() && length < said.getAsLong()) {
                throw wrongLength(length + " instead of ", said.getAsLong());
            }
            Map<Checksum.Algorithm, String> sums = new EnumMap<>(Checksum.Algorithm.class);
            digests.forEach((algorithm, digest) ->
                    sums.put(algorithm, HexFormat.of().formatHex(digest.digest())));
            expected.ifPresent(sum -> verify(sum, sums.getOrDefault(sum.algorithm(), "")));
            return length == 0
                    ? new Taken(List.of(), 0, sums)
                    : new Taken(
                            List.of(new Segment(file.finish(), length, (int) crc.getValue())),
                            length,
                            sums);
        } catch (IOException e) {
            throw storing(e);
        }
    }

    private static int read(InputStream source, byte[] buffer) {
        try {
            // Fills the buffer: a source of many small reads must not become many small writes.
            return source.readNBytes(buffer, 0, buffer.length);
        } catch (IOException | RuntimeException e) {
            throw bodyFailed(e);
        }
    }

    /** Refuses bytes that do not add up. */
    static void verify(Checksum expected, String actual) {
        if (!actual.equals(expected.hex())) {
            throw new BlobException(
                    BlobFault.BAD_DIGEST,
                    "the "
                            + expected.algorithm().javaName()
                            + " of the bytes is "
                            + actual
                            + ", not "
                            + expected.hex());
        }
    }

    static BlobException wrongLength(String seen, long said) {
        return new BlobException(
                BlobFault.WRONG_LENGTH, "the body has " + seen + said + " bytes, as was said");
    }

    static BlobException bodyFailed(Exception cause) {
        return new BlobException(BlobFault.BODY_FAILED, "reading the body failed: " + cause, cause);
    }

    /** What a failure to store means. */
    static BlobException storing(IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return new BlobException(
                    BlobFault.INTERRUPTED, "interrupted while storing; nothing was written", cause);
        }
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof FileSystemException reasoned && reasoned.getReason() != null) {
            text = reasoned.getReason().toLowerCase(Locale.ROOT);
        }
        boolean full =
                text.contains("no space left")
                        || text.contains("quota exceeded")
                        || text.contains("file too large")
                        || text.contains("not enough space");
        return full
                ? new BlobException(
                        BlobFault.DISK_FULL,
                        "no room on the disk; what was there is still there",
                        cause)
                : new BlobException(BlobFault.IO, "storing failed: " + cause, cause);
    }

    static MessageDigest digest(Checksum.Algorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.javaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm.javaName(), e);
        }
    }
}
