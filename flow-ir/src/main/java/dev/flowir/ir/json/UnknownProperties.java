package dev.flowir.ir.json;

/** What reading does with a member that the Java type does not have. */
public enum UnknownProperties {
    /** The payload is refused, so that a misspelt name is never silently lost. */
    REFUSE,
    /** The member is skipped: for readers that must accept what newer writers send. */
    IGNORE
}
