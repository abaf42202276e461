package dev.flowir.redis;

import java.time.Duration;

/** Whether a server answers now. */
public sealed interface RedisHealth {

    /**
     * It does.
     *
     * @param roundTrip how long that took
     */
    record Answers(Duration roundTrip) implements RedisHealth {}

    /**
     * It does not.
     *
     * @param reason what a call ends in
     */
    record Silent(RedisException reason) implements RedisHealth {}
}
