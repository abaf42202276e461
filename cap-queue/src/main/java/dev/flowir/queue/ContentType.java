package dev.flowir.queue;

/** What the bytes of a body are. (Cloudflare's {@code v8} has no meaning here.) */
public enum ContentType {
    /** JSON text in UTF-8. */
    JSON("json"),
    /** Any text in UTF-8. */
    TEXT("text"),
    /** Any bytes. */
    BYTES("bytes");

    private final String wire;

    ContentType(String wire) {
        this.wire = wire;
    }

    /**
     * The word that Cloudflare uses, and that is kept.
     *
     * @return for example {@code json}
     */
    public String wire() {
        return wire;
    }

    static ContentType of(String wire) {
        for (ContentType type : values()) {
            if (type.wire.equals(wire)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of content is called '" + wire + "'");
    }
}
