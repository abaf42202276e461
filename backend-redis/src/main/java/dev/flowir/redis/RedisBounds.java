package dev.flowir.redis;

/**
 * How much may be under way to a server at once: sent or about to be, and not answered. It is what
 * a server that is slow or away costs in memory; what is more is refused by {@link
 * RedisFault#TOO_MUCH_UNDER_WAY} at once. Not from Redis, which has no such limit.
 *
 * @param commands most commands, 1 at least
 * @param bytes most bytes of keys and values in them, 1 at least; one command alone may be larger
 */
public record RedisBounds(int commands, long bytes) {

    private static final RedisBounds DEFAULTS = new RedisBounds(10_000, 64L * 1024 * 1024);

    /** Refuses bounds that nothing fits in. */
    public RedisBounds {
        if (commands < 1 || bytes < 1) {
            throw new IllegalArgumentException("bounds are 1 at least");
        }
    }

    /** {@return 10,000 commands with 64 MiB} */
    public static RedisBounds defaults() {
        return DEFAULTS;
    }
}
