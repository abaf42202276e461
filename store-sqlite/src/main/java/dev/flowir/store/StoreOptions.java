package dev.flowir.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * How a store is opened. {@link #defaults()} is right for most; every bound is here.
 *
 * @param clock where the time of {@link ReadTx#nowMillis()} comes from
 * @param writeBound most transactions waiting for the writer; 4096 by default
 * @param groupBound most transactions in one commit; 256 by default
 * @param readers read connections, each with its thread; 4 by default
 * @param readBound most reads waiting for a connection; 1024 by default
 * @param admissionWait how long a blocking write waits for room before it is refused; 1 s by
 *     default
 * @param closeWait how long closing waits for running reads before it cancels them; 5 s by default
 * @param check what is verified while opening
 * @param maxBytes most bytes that the main file may grow to, rounded to pages of 4096
 */
public record StoreOptions(
        InstantSource clock,
        int writeBound,
        int groupBound,
        int readers,
        int readBound,
        Duration admissionWait,
        Duration closeWait,
        Check check,
        OptionalLong maxBytes) {

    private static final StoreOptions DEFAULTS =
            new StoreOptions(
                    InstantSource.system(),
                    4096,
                    256,
                    4,
                    1024,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Check.NONE,
                    OptionalLong.empty());

    /** What is verified while opening. */
    public enum Check {
        /** The settings only. */
        NONE,
        /** Every page, without comparing indexes with tables. */
        QUICK,
        /** Every page and every index: reads the whole file. */
        FULL
    }

    /** Refuses bounds below 1 and negative waits. */
    public StoreOptions {
        if (writeBound < 1 || groupBound < 1 || readers < 1 || readBound < 1) {
            throw new IllegalArgumentException("bounds of a store are at least 1");
        }
        if (admissionWait.isNegative() || closeWait.isNegative()) {
            throw new IllegalArgumentException("waits of a store are not negative");
        }
    }

    /**
     * The defaults named above.
     *
     * @return the same options but for this
     */
    public static StoreOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Another clock.
     *
     * @param other what {@link ReadTx#nowMillis} asks
     * @return the same options but for this
     */
    public StoreOptions withClock(InstantSource other) {
        return new StoreOptions(
                other,
                writeBound,
                groupBound,
                readers,
                readBound,
                admissionWait,
                closeWait,
                check,
                maxBytes);
    }

    /**
     * Other bounds of writing.
     *
     * @param queue most transactions waiting
     * @param group most transactions in one commit
     * @param wait how long a blocking write waits for room; zero refuses at once
     * @return the same options but for this
     */
    public StoreOptions withWriteBounds(int queue, int group, Duration wait) {
        return new StoreOptions(
                clock, queue, group, readers, readBound, wait, closeWait, check, maxBytes);
    }

    /**
     * Other bounds of reading.
     *
     * @param connections read connections
     * @param queue most reads waiting
     * @return the same options but for this
     */
    public StoreOptions withReadBounds(int connections, int queue) {
        return new StoreOptions(
                clock,
                writeBound,
                groupBound,
                connections,
                queue,
                admissionWait,
                closeWait,
                check,
                maxBytes);
    }

    /**
     * Another time that closing waits for running reads.
     *
     * @param wait zero interrupts them at once
     * @return the same options but for this
     */
    public StoreOptions withCloseWait(Duration wait) {
        return new StoreOptions(
                clock,
                writeBound,
                groupBound,
                readers,
                readBound,
                admissionWait,
                wait,
                check,
                maxBytes);
    }

    /**
     * Another verification while opening.
     *
     * @param other how much to look at
     * @return the same options but for this
     */
    public StoreOptions withCheck(Check other) {
        return new StoreOptions(
                clock,
                writeBound,
                groupBound,
                readers,
                readBound,
                admissionWait,
                closeWait,
                other,
                maxBytes);
    }

    /**
     * A most size for the main file, in bytes.
     *
     * @param bytes most that the file may take; later writes are refused
     * @return the same options but for this
     */
    public StoreOptions withMaxBytes(long bytes) {
        return new StoreOptions(
                clock,
                writeBound,
                groupBound,
                readers,
                readBound,
                admissionWait,
                closeWait,
                check,
                OptionalLong.of(bytes));
    }
}
