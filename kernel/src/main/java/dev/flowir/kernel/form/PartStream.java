package dev.flowir.kernel.form;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file of a form as whoever stores it reads it: counted, summed, and bounded. */
final class PartStream extends InputStream {

    private final FormParser parser;
    private final String field;
    private final long maxBytes;
    private final FormHost.Sum sum;
    private long size;
    private @Nullable IOException failure;

    PartStream(FormParser parser, String field, long maxBytes, FormHost.Sum sum) {
        this.parser = parser;
        this.field = field;
        this.maxBytes = maxBytes;
        this.sum = sum;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        IOException earlier = failure;
        if (earlier != null) {
            throw earlier;
        }
        try {
            int count = parser.read(into, offset, length);
            if (count > 0) {
                size += count;
                sum.add(into, offset, count);
                if (size > maxBytes) {
                    throw FormException.tooLarge("a file", maxBytes)
                            .at(parser.at())
                            .inPart(parser.part())
                            .inField(field);
                }
            }
            return count;
        } catch (IOException broken) {
            failure = broken;
            throw broken;
        }
    }

    /** Why the bytes did not come; null when they did. */
    @Nullable IOException failure() {
        return failure;
    }

    long size() {
        return size;
    }

    String sha256() throws IOException {
        return sum.hex();
    }
}
