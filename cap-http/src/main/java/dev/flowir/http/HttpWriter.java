package dev.flowir.http;

/**
 * Asks and changes a service. A change of an attempt that was given up is refused before a byte is
 * sent. As with {@link HttpReader}, each call is sent at most once.
 */
public interface HttpWriter extends HttpReader {

    /**
     * Sends a change, and reads the reply whole.
     *
     * @param call the change
     * @return the reply with any status; at most {@link HttpLimits#maxReplyBytes()} of body
     */
    HttpReply send(HttpWrite call);

    /**
     * Sends a change, and gives the reply's body as it comes.
     *
     * @param call the change
     * @return the reply with any status; close it, or it is closed when the attempt ends
     */
    HttpStream open(HttpWrite call);

    /**
     * Sends a change that is answered by a stream of events.
     *
     * @param call the change
     * @return the events; close it, or it is closed when the attempt ends
     */
    EventStream events(HttpWrite call);
}
