package dev.flowir.blob;

import dev.flowir.kernel.cap.Fence;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way elsewhere, as long as was said. Its last bytes are held back until all of it is
 * what was promised and the attempt still counts, so that whoever takes it never has the whole of
 * something wrong.
 */
final class VerifiedBody extends InputStream {

    private static final int BUFFER_BYTES = 128 * 1024;

    private final InputStream source;
    private final long said;
    private final Fence fence;
    private final Optional<Checksum> expected;
    private final Optional<Sums.Sum> sum;
    private final byte[] buffer;
    private int at;
    private int end;
    private long taken;
    private boolean verified;
    private @Nullable RuntimeException failure;

    VerifiedBody(
            InputStream source, long said, Optional<Checksum> expected, Sums sums, Fence fence) {
        this.source = source;
        this.said = said;
        this.fence = fence;
        this.expected = expected;
        this.sum = expected.flatMap(it -> sums.of(it.algorithm()));
        this.buffer = new byte[(int) Math.max(1, Math.min(BUFFER_BYTES, said))];
    }

    /** Reads ahead, so that a short body is verified before anything leaves. */
    void begin() {
        try {
            fill();
        } catch (IOException e) {
            throw failure().orElseThrow(() -> Intake.bodyFailed(e));
        }
    }

    /** Why it broke off. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (at == end && !verified) {
            fill();
        }
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, end - at);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(buffer, at, into, offset, count);
        at += count;
        return count;
    }

    private void fill() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            at = 0;
            end = 0; // until it is known to be right
            int wanted = (int) Math.min(buffer.length, said - taken);
            int got = read(source, buffer, wanted);
            if (got < wanted) {
                throw Intake.wrongLength((taken + got) + " instead of ", said);
            }
            sum.ifPresent(it -> it.add(buffer, got));
            taken += got;
            if (taken == said) {
                verify();
            }
            end = got;
        } catch (RuntimeException e) {
            failure = e;
            throw new IOException(e.getMessage(), e);
        }
    }

    private void verify() {
        if (read(source, new byte[1], 1) > 0) {
            throw Intake.wrongLength("more than ", said);
        }
        if (expected.isPresent() && sum.isPresent()) {
            Intake.verify(expected.get(), sum.get().hex());
        }
        fence.ensureCurrent();
        verified = true;
    }

    private static int read(InputStream source, byte[] into, int wanted) {
        try {
            return Filling.fill(source, into, 0, wanted);
        } catch (IOException | RuntimeException e) {
            throw Intake.bodyFailed(e);
        }
    }
}
