package dev.flowir.benchmarks.redis;

/** Who does which work. The bare client sends without waiting for answers, on one thread. */
enum Contender {
    BARE_GET("get"),
    GET("get"),
    BARE_PUT("put"),
    PUT("put"),
    BARE_SEND("send"),
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

    boolean isBare() {
        return name().startsWith("BARE");
    }

    /** The bare client at the same work. */
    Contender bare() {
        return isBare() ? this : valueOf("BARE_" + name());
    }
}
