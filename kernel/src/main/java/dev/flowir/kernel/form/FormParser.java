package dev.flowir.kernel.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a body of {@code multipart/form-data} (RFC 7578, RFC 2046) apart while it comes: one part
 * after the other, 64 KiB of it in memory. What is no such body is refused with the byte where that
 * shows.
 */
public final class FormParser {

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final String LINES = "lines of a form end with CR LF";

    private final InputStream in;
    private final FormLimits limits;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int pos;
    private int end;

    /** Byte of the body that is the buffer's first. */
    private long base;

    /** Up to here no delimiter begins. */
    private int clear;

    private boolean delimiterAtClear;
    private boolean inContent = true;
    private int parts;

    /**
     * A body.
     *
     * @param in its bytes; not closed
     * @param boundary what is between its parts, without dashes in front
     * @param limits its bounds, of which parts, headers and the whole count here
     */
    public FormParser(InputStream in, String boundary, FormLimits limits) {
        this.in = in;
        this.limits = limits;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        // the first delimiter may be the first of the body: as if a line ended before it
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
        base = -2;
    }

    /**
     * Goes to the next part, over what is left of the one before.
     *
     * @return its head; null when there is none, and the body was read to its end
     * @throws FormException when the body is broken or too large
     * @throws IOException what the body failed with
     */
    public @Nullable PartHead next() throws IOException {
        skipContent();
        if (isClosed()) {
            while (fill()) {
                pos = end; // what comes after the last delimiter means nothing
            }
            return null;
        }
        if (parts == limits.maxParts()) {
            throw new FormException(
                            413,
                            FormException.TOO_LARGE,
                            "a form has at most " + limits.maxParts() + " parts",
                            "send several forms")
                    .at(at())
                    .inPart(parts + 1);
        }
        parts++;
        PartHead head = PartHead.read(headers(), parts, at());
        inContent = true;
        return head;
    }

    /** {@return the part that was told last, from 1; 0 before the first} */
    public int part() {
        return parts;
    }

    /** {@return the byte of the body that is next, from 0} */
    public long at() {
        return Math.max(0, base + pos);
    }

    /**
     * Reads on in the content of the part.
     *
     * @param into takes them
     * @param offset where the first goes
     * @param length how many at most, 1 at least
     * @return bytes read, -1 at its end
     * @throws FormException when the body is broken or too large
     * @throws IOException what the body failed with
     */
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!inContent) {
            return -1;
        }
        while (pos == clear) {
            if (delimiterAtClear) {
                pos += delimiter.length;
                inContent = false;
                return -1;
            }
            if (!search() && !fill()) {
                throw broken(
                        parts == 0 ? "there is no delimiter" : "it ends before its last delimiter",
                        "end with the boundary between two pairs of dashes");
            }
        }
        int count = Math.min(length, clear - pos);
        System.arraycopy(buffer, pos, into, offset, count);
        pos += count;
        return count;
    }

    /** Looks for the next delimiter in what is there; false when more has to come first. */
    private boolean search() {
        int last = end - delimiter.length;
        for (int i = pos; i <= last; i++) {
            if (buffer[i] == '\r' && isDelimiter(i)) {
                clear = i;
                delimiterAtClear = true;
                return true;
            }
        }
        clear = Math.max(pos, last + 1);
        return clear > pos;
    }

    private boolean isDelimiter(int from) {
        for (int i = 1; i < delimiter.length; i++) {
            if (buffer[from + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void skipContent() throws IOException {
        byte[] nowhere = new byte[8 * 1024];
        int count = 0;
        while (count >= 0) {
            count = read(nowhere, 0, nowhere.length);
        }
        delimiterAtClear = false;
    }

    /** Reads what stands behind a delimiter: true for the last one. */
    private boolean isClosed() throws IOException {
        int next = one();
        if (next == '-' && one() == '-') {
            return true;
        }
        while (next == ' ' || next == '\t') {
            next = one();
        }
        if (next != '\r' || one() != '\n') {
            throw broken(
                    "something follows a delimiter on its line",
                    "take a boundary that is nowhere in the content; " + LINES);
        }
        return false;
    }

    /** The header fields of a part, as they came, without the empty line. */
    private byte[] headers() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(256);
        int line = 0;
        while (true) {
            int next = one();
            if (next == '\n') {
                throw broken("a line of its header fields ends without CR", LINES);
            }
            if (next != '\r') {
                line++;
                add(all, next);
                continue;
            }
            if (one() != '\n') {
                throw broken("there is a CR in its header fields", LINES);
            }
            if (line == 0) {
                clear = pos;
                return all.toByteArray();
            }
            line = 0;
            add(all, '\n');
        }
    }

    private void add(ByteArrayOutputStream headers, int next) throws FormException {
        if (headers.size() == limits.maxHeaderBytes()) {
            throw FormException.tooLarge("the head of a part", limits.maxHeaderBytes())
                    .at(at())
                    .inPart(parts);
        }
        headers.write(next);
    }

    private int one() throws IOException {
        if (pos == end && !fill()) {
            throw broken(
                    "it ends before its last delimiter",
                    "end with the boundary between two pairs of dashes");
        }
        return buffer[pos++];
    }

    /** Gets more; false at the end of the body. */
    private boolean fill() throws IOException {
        if (pos > 0) {
            System.arraycopy(buffer, pos, buffer, 0, end - pos);
            base += pos;
            clear -= pos;
            end -= pos;
            pos = 0;
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        if (base + end > limits.maxBytes()) {
            throw FormException.tooLarge("the form", limits.maxBytes()).at(limits.maxBytes());
        }
        return true;
    }

    private FormException broken(String what, String suggestion) {
        return new FormException(
                        400, FormException.BROKEN, "the form is broken: " + what, suggestion)
                .at(at())
                .inPart(parts);
    }
}
