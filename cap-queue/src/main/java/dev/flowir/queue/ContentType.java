package dev.flowir.queue;

/** What the bytes of a body are. (Cloudflare's {@code v8} has no meaning here.) */
public enum ContentType {
    /** JSON text in UTF-8. */
    JSON,
    /** Any text in UTF-8. */
    TEXT,
    /** Any bytes. */
    BYTES
}
