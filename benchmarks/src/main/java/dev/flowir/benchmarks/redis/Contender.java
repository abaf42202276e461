package dev.flowir.benchmarks.redis;

import java.util.Arrays;
import java.util.Optional;

/**
 * Who does which work. The bare client sends without waiting for answers, on one thread: what users
 * would do at least, or plain commands that leave the same on the server's disk as ours.
 */
enum Contender {
    BARE_GET("get"),
    GET("get"),
    BARE_PUT("put"),
    SAME_PUT("put"),
    PUT("put"),
    BARE_SEND("send"),
    SAME_SEND("send"),
    SEND("send"),
    BARE_WORK("send, take and acknowledge"),
    WORK("send, take and acknowledge");

    private final String work;

    Contender(String work) {
        this.work = work;
    }

    String work() {
        return work;
    }

    boolean isOurs() {
        return !name().contains("_");
    }

    /** The bare client at the same work. */
    Contender bare() {
        return of("BARE_").orElseThrow();
    }

    /** The bare client with the same effect; empty where that is what it does anyway. */
    Optional<Contender> same() {
        return of("SAME_");
    }

    private Optional<Contender> of(String kind) {
        return Arrays.stream(values()).filter(each -> each.name().equals(kind + name())).findAny();
    }
}
