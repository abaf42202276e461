package dev.flowir.object.agent;

import java.time.Duration;

/**
 * The numbers of agents. Source of the interval and the retries: the page {@code
 * agents/api-reference/schedule-tasks} of Cloudflare's documentation. The others are ours.
 *
 * @param maxEvents most events kept for clients that come back; older ones go (1000, ours)
 * @param maxTasks most schedules of one agent (1000, ours)
 * @param maxFailed most failed tasks that are kept; older ones go (100, ours)
 * @param taskRetries how often a task that throws is tried again (3)
 * @param leastInterval shortest time between two runs of a repeated task (1 s)
 */
public record AgentLimits(
        int maxEvents, int maxTasks, int maxFailed, int taskRetries, Duration leastInterval) {

    private static final AgentLimits DEFAULT =
            new AgentLimits(1000, 1000, 100, 3, Duration.ofSeconds(1));

    /** Refuses bounds below 1 and an interval that is not positive. */
    public AgentLimits {
        if (maxEvents < 1 || maxTasks < 1 || maxFailed < 1 || taskRetries < 0) {
            throw new IllegalArgumentException("bounds of agents are at least 1");
        }
        if (!leastInterval.isPositive()) {
            throw new IllegalArgumentException("an interval is positive");
        }
    }

    /** {@return the numbers named above} */
    public static AgentLimits defaults() {
        return DEFAULT;
    }

    /**
     * Other bounds of what is kept.
     *
     * @param events most events
     * @param tasks most schedules
     * @param failed most failed tasks
     * @return the same but for these
     */
    public AgentLimits withBounds(int events, int tasks, int failed) {
        return new AgentLimits(events, tasks, failed, taskRetries, leastInterval);
    }
}
