package dev.flowir.queue;

/**
 * A queue as it is kept.
 *
 * @param id stands for it in rows of messages
 * @param name its name
 * @param settings as last declared
 * @param paused whether delivery is paused
 * @param revision of its settings, where processes share it: settings and their revision go
 *     together, so that nobody says the newest revision and keeps to older settings
 */
record QueueRow(int id, String name, QueueSettings settings, boolean paused, long revision) {

    /** A queue of this process alone. */
    QueueRow(int id, String name, QueueSettings settings, boolean paused) {
        this(id, name, settings, paused, 0);
    }
}
