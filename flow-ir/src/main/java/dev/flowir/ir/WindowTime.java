package dev.flowir.ir;

import java.util.Optional;

/** Which time puts an item into its window, and moves windows on. */
public enum WindowTime {
    /** A time that the item carries; moves on as items come. */
    EVENT("event"),
    /** When the item came into the flow; moves on as items come. */
    INGEST("ingest"),
    /** When the item came to the window; moves on by itself. */
    PROCESSING("processing");

    private final String wire;

    WindowTime(String wire) {
        this.wire = wire;
    }

    /** {@return the word used in JSON} */
    public String wire() {
        return wire;
    }

    /**
     * {@return the time with that word; empty when there is none}
     *
     * @param wire the word used in JSON
     */
    public static Optional<WindowTime> of(String wire) {
        for (WindowTime time : values()) {
            if (time.wire.equals(wire)) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }
}
