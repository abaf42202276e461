package dev.flowir.queue;

/** What becomes of a delivered message. */
sealed interface Verdict {

    /** It is done. */
    record Ack() implements Verdict {}

    /**
     * It is delivered again, if an attempt is left.
     *
     * @param retry when, and why
     * @param alone whether by itself
     */
    record Again(Retry retry, boolean alone) implements Verdict {}

    /**
     * It is given up.
     *
     * @param why what went wrong
     */
    record GiveUp(Retry why) implements Verdict {}

    /** It goes back as if it had not been delivered. */
    record Release() implements Verdict {}

    /**
     * A verdict on one delivery.
     *
     * @param message as it was delivered
     * @param verdict what becomes of it
     */
    record On(Stored message, Verdict verdict) {

        String id() {
            return message.envelope().id();
        }
    }
}
