package dev.flowir.s3;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Ranges of an object as headers, and the bytes that come for them. */
final class Ranges {

    private Ranges() {}

    static Optional<String> header(BlobRange range) {
        return switch (range) {
            case BlobRange.All() -> Optional.empty();
            case BlobRange.From(long offset) -> Optional.of("bytes=" + offset + "-");
            case BlobRange.Bytes(long offset, long length) ->
                    Optional.of("bytes=" + offset + "-" + last(offset, length));
            case BlobRange.Last(long suffix) -> Optional.of("bytes=-" + suffix);
        };
    }

    private static String last(long offset, long length) {
        return length - 1 > Long.MAX_VALUE - offset ? "" : Long.toString(offset + length - 1);
    }

    static Blob blob(
            Calls calls,
            String key,
            BlobRange range,
            ResponseInputStream<GetObjectResponse> stream) {
        GetObjectResponse answer = stream.response();
        long length = Optional.ofNullable(answer.contentLength()).orElse(0L);
        long offset = 0;
        long size = length;
        String said = Optional.ofNullable(answer.contentRange()).orElse("");
        String[] numbers = said.replaceFirst("^bytes ", "").split("[-/]", -1);
        if (numbers.length == 3 && said.matches("bytes \\d+-\\d+/\\d+")) {
            offset = Long.parseLong(numbers[0]);
            size = Long.parseLong(numbers[2]);
        } else if (!(range instanceof BlobRange.All)) {
            stream.abort();
            throw new BlobException(
                    BlobFault.INVALID_RANGE, range + " has no byte of an object of " + length);
        }
        BlobInfo info = Properties.of(answer).info(key, size);
        return Blob.of(info, offset, length, new Body(calls, stream, length));
    }

    /** Bytes as they come. What ends early or breaks says so by a code. */
    private static final class Body extends InputStream {
        private final Calls calls;
        private final ResponseInputStream<GetObjectResponse> in;
        private long left;
        private boolean over;
        private boolean released;

        Body(Calls calls, ResponseInputStream<GetObjectResponse> in, long left) {
            this.calls = calls;
            this.in = in;
            this.left = left;
            calls.objectOpened();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (over) {
                throw new IOException("the stream is closed");
            }
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int got;
            try {
                got = in.read(into, offset, (int) Math.min(length, left));
            } catch (IOException e) {
                throw Faults.reading(e);
            } catch (SdkException e) {
                throw Faults.reading(new IOException(e.getMessage(), e));
            }
            if (got < 0) {
                throw Faults.reading(new IOException(left + " bytes are missing"));
            }
            left -= got;
            if (left == 0) {
                release();
            }
            return got;
        }

        @Override
        public void close() throws IOException {
            over = true;
            release();
        }

        /** One that was read to its end leaves its connection to others; else it is cut. */
        private void release() throws IOException {
            if (released) {
                return;
            }
            released = true;
            calls.objectEnded();
            if (left > 0) {
                in.abort();
            } else {
                in.close();
            }
        }
    }
}
