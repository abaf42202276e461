package dev.flowir.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads events out of bytes as the HTML standard has it in 9.2.6: lines end in CR, LF or both, a
 * byte order mark in front is skipped, an event is given at an empty line, and what is not ended by
 * one is dropped. Holds one event and one line at most.
 */
final class EventParser {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String id = "";
    private String lastId = "";
    private Optional<Duration> retry = Optional.empty();
    private int dataBytes;
    private boolean afterReturn;
    private boolean first = true;

    /** An event grew beyond the bound. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;
    }

    EventParser(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes a byte.
     *
     * @return the event that it ends
     */
    Optional<ServerEvent> take(int letter) throws TooLarge {
        boolean second = afterReturn && letter == '\n';
        afterReturn = letter == '\r';
        if (second) {
            return Optional.empty();
        }
        if (letter != '\r' && letter != '\n') {
            if (line.size() == maxBytes) {
                throw new TooLarge();
            }
            line.write(letter);
            return Optional.empty();
        }
        String text = text();
        int bytes = line.size();
        line.reset();
        if (text.isEmpty()) {
            return dispatch();
        }
        field(text, bytes);
        return Optional.empty();
    }

    /** The line as text; bytes that are no UTF-8 become U+FFFD. */
    private String text() {
        byte[] bytes = line.toByteArray();
        boolean marked =
                first
                        && bytes.length >= MARK.length
                        && bytes[0] == MARK[0]
                        && bytes[1] == MARK[1]
                        && bytes[2] == MARK[2];
        first = false;
        int from = marked ? MARK.length : 0;
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    private void field(String text, int bytes) throws TooLarge {
        int colon = text.indexOf(':');
        if (colon == 0) {
            return; // a comment: keeps the connection open
        }
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (name) {
            case "event" -> type = value;
            case "data" -> {
                data.append(value).append('\n');
                dataBytes += bytes;
                if (dataBytes > maxBytes) {
                    throw new TooLarge();
                }
            }
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            case "retry" -> retry = span(value).or(() -> retry);
            default -> {} // others are ignored, says the standard
        }
    }

    private static Optional<Duration> span(String digits) {
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= 15
                        && digits.chars().allMatch(d -> d >= '0' && d <= '9');
        return number ? Optional.of(Duration.ofMillis(Long.parseLong(digits))) : Optional.empty();
    }

    private Optional<ServerEvent> dispatch() {
        lastId = id;
        dataBytes = 0;
        String name = type.isEmpty() ? "message" : type;
        type = "";
        if (data.isEmpty()) {
            return Optional.empty();
        }
        ServerEvent event = new ServerEvent(name, data.substring(0, data.length() - 1), lastId);
        data.setLength(0);
        return Optional.of(event);
    }

    /** The id of the last event that was ended; empty when there was none. */
    String lastId() {
        return lastId;
    }

    /** What the service says about when to come back. */
    Optional<Duration> retry() {
        return retry;
    }
}
