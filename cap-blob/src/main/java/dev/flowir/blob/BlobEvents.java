package dev.flowir.blob;

import java.time.Duration;
import java.util.List;

/**
 * Tells of changes of a bucket. A change that matches a rule is noted in the transaction that makes
 * it and delivered to the rule's sink afterwards, by a thread of the bucket. Rules hold for this
 * process: connect them before anything is written.
 */
public interface BlobEvents {

    /**
     * Notes changes for a rule from now on and delivers them, those that an earlier process noted
     * under its id first.
     *
     * @param rule which changes
     * @param sink where to
     * @throws BlobException {@link BlobFault#RULES_OVERLAP} when a change could match it and
     *     another rule, or its id is taken
     */
    void connect(EventRule rule, BlobEventSink sink);

    /**
     * Notes no more changes for a rule and stops delivering. What was noted stays.
     *
     * @param ruleId id of the rule
     */
    void disconnect(String ruleId);

    /** {@return the rules that are connected} */
    List<EventRule> rules();

    /** {@return how many changes are noted and not yet delivered} */
    long pending();

    /**
     * Waits until everything that is noted for connected rules is delivered.
     *
     * @param limit how long at most
     * @return whether it is
     * @throws InterruptedException when interrupted
     */
    boolean awaitDelivered(Duration limit) throws InterruptedException;
}
