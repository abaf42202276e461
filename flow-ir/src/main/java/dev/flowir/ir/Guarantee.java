package dev.flowir.ir;

/**
 * A property of a capability's backend that a node may ask for. A token that asks for one is
 * refused before anything runs when the bound provider does not give it.
 */
public enum Guarantee {
    /** A read sees every write that was acknowledged before it began. */
    STRONG_CONSISTENCY("strong_consistency"),
    /** What was acknowledged survives the loss of the process. */
    DURABILITY("durability"),
    /** Entries vanish by themselves after a time to live. */
    EXPIRY("expiry"),
    /** Items with one key keep their order. */
    ORDER_PER_KEY("order_per_key"),
    /** Writes through several capabilities on the same store commit together or not at all. */
    SHARED_TRANSACTION("shared_transaction"),
    /** A write can depend on the value that it replaces. */
    COMPARE_AND_SET("compare_and_set"),
    /** A write that carries the idempotency key of an earlier one is not done again. */
    IDEMPOTENT_BY_KEY("idempotent_by_key");

    private final String wire;

    Guarantee(String wire) {
        this.wire = wire;
    }

    /** {@return the word used in descriptors and messages} */
    public String wire() {
        return wire;
    }
}
