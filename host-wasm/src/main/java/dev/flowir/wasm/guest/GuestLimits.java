package dev.flowir.wasm.guest;

import java.time.Duration;

/**
 * What a guest may take. The platform's isolates have 128 MB and, where nothing else is said, 30 s
 * of processor time; a node inside somebody's JVM gets less.
 *
 * @param cpuTime processor time of one call, that of its ports not counted; 1 ms to 10 min
 * @param allocatedBytes bytes that one call may make, what became garbage counted too; 1 MiB to 64
 *     GiB
 * @param messageBytes UTF-8 bytes of an input, of an answer and of each message through a port; 1
 *     KiB to 1 GiB
 * @param contexts calls that run at once, each in a context of its own on a thread of its own; one
 *     more waits; 1 to 1,024
 * @param callsPerContext calls after which a context is thrown away, with all that the guest keeps
 *     in variables; 1 to 1,000,000. With 1 nothing of a call is seen by another
 */
public record GuestLimits(
        Duration cpuTime,
        long allocatedBytes,
        int messageBytes,
        int contexts,
        int callsPerContext) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** 1 s, 256 MiB made, 1 MiB a message, 4 contexts, 1,000 calls each. All are ours. */
    public static final GuestLimits DEFAULT =
            new GuestLimits(Duration.ofSeconds(1), 256L << 20, 1 << 20, 4, 1000);

    /** Refuses what is out of bounds with {@link GuestFault#BAD_LIMIT}. */
    public GuestLimits {
        if (cpuTime.compareTo(Duration.ofMillis(1)) < 0 || cpuTime.compareTo(LONGEST) > 0) {
            throw refused("cpuTime", "1 ms to 10 min", cpuTime);
        }
        bounded("allocatedBytes", allocatedBytes, 1L << 20, 64L << 30);
        bounded("messageBytes", messageBytes, 1 << 10, 1 << 30);
        bounded("contexts", contexts, 1, 1024);
        bounded("callsPerContext", callsPerContext, 1, 1_000_000);
    }

    private static void bounded(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw refused(name, least + " to " + most, value);
        }
    }

    private static GuestException refused(String name, String bounds, Object value) {
        return new GuestException(GuestFault.BAD_LIMIT, name + " is " + bounds + ", not " + value);
    }

    /**
     * {@return the same with another}
     *
     * @param limit processor time of one call
     */
    public GuestLimits withCpuTime(Duration limit) {
        return new GuestLimits(limit, allocatedBytes, messageBytes, contexts, callsPerContext);
    }

    /**
     * {@return the same with another}
     *
     * @param limit bytes that one call may make
     */
    public GuestLimits withAllocatedBytes(long limit) {
        return new GuestLimits(cpuTime, limit, messageBytes, contexts, callsPerContext);
    }

    /**
     * {@return the same with another}
     *
     * @param limit bytes of a message
     */
    public GuestLimits withMessageBytes(int limit) {
        return new GuestLimits(cpuTime, allocatedBytes, limit, contexts, callsPerContext);
    }

    /**
     * {@return the same with another}
     *
     * @param limit calls that run at once
     */
    public GuestLimits withContexts(int limit) {
        return new GuestLimits(cpuTime, allocatedBytes, messageBytes, limit, callsPerContext);
    }

    /**
     * {@return the same with another}
     *
     * @param limit calls after which a context is thrown away
     */
    public GuestLimits withCallsPerContext(int limit) {
        return new GuestLimits(cpuTime, allocatedBytes, messageBytes, contexts, limit);
    }
}
