package dev.flowir.redis;

import java.util.Arrays;

/** Names of the keys of a broker's queues. */
final class QueueKeys {

    private final String names;

    /**
     * The keys of a broker.
     *
     * @param names what all of them begin with
     */
    QueueKeys(String names) {
        this.names = names;
    }

    byte[] queues() {
        return key("queues");
    }

    byte[] bell() {
        return key("bell");
    }

    byte[] redrives() {
        return key("redrives");
    }

    byte[] numbers(String queue) {
        return key("q:" + queue + ":numbers");
    }

    private byte[] messages(String queue) {
        return key("q:" + queue + ":messages");
    }

    private byte[] due(String queue) {
        return key("q:" + queue + ":due");
    }

    /** Those that every script gets. */
    byte[][] of(String queue) {
        return new byte[][] {
            queues(),
            messages(queue),
            due(queue),
            key("q:" + queue + ":standing"),
            numbers(queue),
            bell()
        };
    }

    /** With those of a queue that messages move to. */
    byte[][] of(String queue, String to) {
        byte[][] own = of(queue);
        byte[][] all = Arrays.copyOf(own, own.length + 3);
        all[own.length] = messages(to);
        all[own.length + 1] = due(to);
        all[own.length + 2] = numbers(to);
        return all;
    }

    private byte[] key(String rest) {
        return Server.utf8(names + ":" + rest);
    }
}
