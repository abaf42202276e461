package dev.flowir.queue;

/**
 * A redrive as it is kept, so that its token moves nothing twice.
 *
 * @param token its token
 * @param queue id of the dead-letter queue
 * @param lastPlace last place that it is about
 * @param nextVisibleAtMillis when the next letter may become visible
 */
record RedriveRow(String token, int queue, long lastPlace, long nextVisibleAtMillis) {}
