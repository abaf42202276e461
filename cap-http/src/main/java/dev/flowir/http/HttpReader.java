package dev.flowir.http;

/**
 * Asks a service. Each call is sent at most once: nothing here repeats it, and no redirect is
 * followed unless {@link HttpSettings#redirects()} says so. Whether to ask again is the flow's
 * decision; {@link HttpException#isRetriable()} tells it what can help.
 *
 * <p>For one attempt, on its thread. Every method throws {@link HttpException} when the call is
 * refused, breaks, or takes longer than allowed; an interrupt ends it at once.
 */
public interface HttpReader {

    /**
     * Asks, and reads the reply whole.
     *
     * @param call what to ask
     * @return the reply with any status; at most {@link HttpLimits#maxReplyBytes()} of body
     */
    HttpReply send(HttpRead call);

    /**
     * Asks, and gives the reply's body as it comes.
     *
     * @param call what to ask
     * @return the reply with any status; close it, or it is closed when the attempt ends
     */
    HttpStream open(HttpRead call);

    /**
     * Asks for a stream of events.
     *
     * @param call what to ask; {@link HttpRead#resumingAfter} says where an earlier stream ended
     * @return the events; close it, or it is closed when the attempt ends
     */
    EventStream events(HttpRead call);
}
