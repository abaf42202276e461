package dev.flowir.queue;

/**
 * A queue as it is kept.
 *
 * @param id stands for it in rows of messages
 * @param name its name
 * @param settings as last declared
 * @param paused whether delivery is paused
 */
record QueueRow(int id, String name, QueueSettings settings, boolean paused) {}
