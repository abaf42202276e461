package dev.flowir.queue;

/**
 * Numbers of a queue, or how they change.
 *
 * @param backlog messages in it
 * @param bytes bytes of those
 * @param counts what became of messages
 */
record Tally(long backlog, long bytes, QueueCounts counts) {

    static final Tally ZERO = new Tally(0, 0, QueueCounts.ZERO);

    Tally plus(Tally other) {
        QueueCounts a = counts;
        QueueCounts b = other.counts;
        return new Tally(
                backlog + other.backlog,
                bytes + other.bytes,
                new QueueCounts(
                        a.sent() + b.sent(),
                        a.arrived() + b.arrived(),
                        a.deliveries() + b.deliveries(),
                        a.acked() + b.acked(),
                        a.deadLettered() + b.deadLettered(),
                        a.dropped() + b.dropped(),
                        a.expired() + b.expired(),
                        a.purged() + b.purged(),
                        a.redriven() + b.redriven()));
    }

    private static Tally entering(Stored message, QueueCounts counts) {
        return new Tally(1, message.envelope().size(), counts);
    }

    private static Tally leaving(Stored message, QueueCounts counts) {
        return new Tally(-1, -message.envelope().size(), counts);
    }

    static Tally sent(Stored message) {
        return entering(message, new QueueCounts(1, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    static Tally arrived(Stored message) {
        return entering(message, new QueueCounts(0, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    static Tally delivered() {
        return new Tally(0, 0, new QueueCounts(0, 0, 1, 0, 0, 0, 0, 0, 0));
    }

    static Tally takenBack() {
        return new Tally(0, 0, new QueueCounts(0, 0, -1, 0, 0, 0, 0, 0, 0));
    }

    static Tally acked(Stored message) {
        return leaving(message, new QueueCounts(0, 0, 0, 1, 0, 0, 0, 0, 0));
    }

    static Tally deadLettered(Stored message) {
        return leaving(message, new QueueCounts(0, 0, 0, 0, 1, 0, 0, 0, 0));
    }

    static Tally dropped(Stored message) {
        return leaving(message, new QueueCounts(0, 0, 0, 0, 0, 1, 0, 0, 0));
    }

    static Tally expired(Stored message) {
        return leaving(message, new QueueCounts(0, 0, 0, 0, 0, 0, 1, 0, 0));
    }

    static Tally purged(Stored message) {
        return leaving(message, new QueueCounts(0, 0, 0, 0, 0, 0, 0, 1, 0));
    }

    static Tally redriven(Stored message) {
        return leaving(message, new QueueCounts(0, 0, 0, 0, 0, 0, 0, 0, 1));
    }
}
