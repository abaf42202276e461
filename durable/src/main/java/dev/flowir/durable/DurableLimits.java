package dev.flowir.durable;

import dev.flowir.kernel.journal.PinnedFlow;
import java.time.Duration;

/**
 * Bounds of durable runs. Numbers for payloads, ids, steps and retention are those of Cloudflare
 * Workflows (paid), so that what runs here also fits there.
 *
 * @param maxRunning runs that work at a time; waiting ones do not count
 * @param maxPayloadBytes an input, a step's result, a signal's payload or an output, encoded
 * @param maxLargeBytes a step's result or an output, encoded, where it is longer than that and kept
 *     beside the journal
 * @param maxSteps steps of one run
 * @param lostAttempts how often an item is repeated because its process was lost, where its node
 *     asks for no more retries
 * @param retention how long a run that is over is kept and its id reserved
 */
public record DurableLimits(
        int maxRunning,
        int maxPayloadBytes,
        int maxLargeBytes,
        int maxSteps,
        int lostAttempts,
        Duration retention) {

    /** Characters of an id. */
    public static final int MAX_ID_LENGTH = 100;

    /** Runs that are started at once, as Cloudflare Workflows' {@code createBatch} allows. */
    public static final int MAX_BATCH = 100;

    /** Characters of a signal's name. */
    public static final int MAX_SIGNAL_NAME_LENGTH = 100;

    /** Signals to keys that are kept before any run waits for them, in one journal. */
    public static final int MAX_EARLY_SIGNALS = 10_000;

    /** Refuses numbers that allow nothing. */
    public DurableLimits {
        if (maxRunning < 1
                || maxPayloadBytes < 1
                || maxLargeBytes < 1
                || maxSteps < 1
                || lostAttempts < 0) {
            throw new IllegalArgumentException("limits of durable runs allow at least one of each");
        }
    }

    /** {@return 10,000 running, 1 MiB, 64 MiB, 10,000 steps, 5 lost attempts, 30 days} */
    public static DurableLimits defaults() {
        return new DurableLimits(10_000, 1 << 20, 64 << 20, 10_000, 5, Duration.ofDays(30));
    }

    /** Bytes of a step's result or an output of {@code flow}, wherever they are kept. */
    int mostBytes(PinnedFlow flow) {
        return flow.keepsLarge() ? Math.max(maxPayloadBytes, maxLargeBytes) : maxPayloadBytes;
    }

    /**
     * {@return the same with another bound of runs that work at a time}
     *
     * @param runs how many
     */
    public DurableLimits withMaxRunning(int runs) {
        return new DurableLimits(
                runs, maxPayloadBytes, maxLargeBytes, maxSteps, lostAttempts, retention);
    }

    /**
     * {@return the same with other bounds of payloads}
     *
     * @param payloadBytes of one that is recorded
     * @param largeBytes of one that is kept beside the journal
     */
    public DurableLimits withMaxBytes(int payloadBytes, int largeBytes) {
        return new DurableLimits(
                maxRunning, payloadBytes, largeBytes, maxSteps, lostAttempts, retention);
    }

    /**
     * {@return the same with another bound of steps}
     *
     * @param steps how many a run may take
     */
    public DurableLimits withMaxSteps(int steps) {
        return new DurableLimits(
                maxRunning, maxPayloadBytes, maxLargeBytes, steps, lostAttempts, retention);
    }

    /**
     * {@return the same with another retention}
     *
     * @param keep how long a run that is over is kept
     */
    public DurableLimits withRetention(Duration keep) {
        return new DurableLimits(
                maxRunning, maxPayloadBytes, maxLargeBytes, maxSteps, lostAttempts, keep);
    }
}
