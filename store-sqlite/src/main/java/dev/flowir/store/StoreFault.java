package dev.flowir.store;

/** What can go wrong with a store. Codes are stable; texts are not. */
public enum StoreFault {
    /** Another process, or another opening in this one, has the store. */
    LOCKED("STORE101", false),
    /** The file or its directory cannot be written. */
    NOT_WRITABLE("STORE102", false),
    /** The file is no SQLite database, or one of another application. */
    NOT_A_STORE("STORE103", false),
    /** SQLite did not grant a setting that the guarantees need, such as WAL. */
    SETTING_REFUSED("STORE104", false),
    /** The file is damaged. */
    CORRUPT("STORE105", false),

    /** A bound is reached: the write queue or the read queue has no room. Nothing was written. */
    FULL("STORE201", true),
    /** The store is closed or closing. Nothing was written. */
    CLOSED("STORE202", false),
    /** An earlier I/O failure stopped all writing. Nothing was written. */
    READ_ONLY("STORE203", false),
    /** The caller was interrupted, and its transaction was withdrawn. Nothing was written. */
    WITHDRAWN("STORE204", true),
    /** The time given to the transaction is over. Nothing was written. */
    TIMED_OUT("STORE205", true),
    /** A call from a place where it cannot mean what it says, for example a second store. */
    MISPLACED("STORE206", false),

    /** The commit failed; whether the transaction survives a restart is unknown. */
    COMMIT_FAILED("STORE301", false),
    /** A neighbour in the same group commit ended it. Nothing was written. */
    GROUP_ROLLED_BACK("STORE302", true),
    /** The disk, or the size given to the store, is used up. Nothing was written. */
    DISK_FULL("STORE303", true),
    /** Reading or writing the file failed. */
    IO("STORE304", false),
    /** A constraint of the schema refused a row. */
    CONSTRAINT("STORE305", false),
    /** SQLite refused a statement. */
    SQL("STORE306", false),
    /** A text or blob is longer than SQLite takes. */
    TOO_BIG("STORE307", false),
    /** Another program holds SQLite's own lock on the file. */
    BUSY("STORE308", true),
    /** The statement is not allowed here: transactions belong to the store. */
    NOT_ALLOWED("STORE309", false),
    /** A parameter has a type that SQLite does not know, or there are too many or too few. */
    PARAMETER("STORE310", false),

    /** A migration that was applied has another text now. */
    MIGRATION_CHANGED("STORE401", false),
    /** A migration failed; it left nothing, the ones before it stay. */
    MIGRATION_FAILED("STORE402", false),
    /** The file has migrations that this program does not know: it is from a newer version. */
    MIGRATION_UNKNOWN("STORE403", false);

    private final String code;
    private final boolean retryable;

    StoreFault(String code, boolean retryable) {
        this.code = code;
        this.retryable = retryable;
    }

    /** {@return the stable code, for example {@code STORE201}} */
    public String code() {
        return code;
    }

    /** {@return true when nothing was written and the same call may succeed later} */
    public boolean retryable() {
        return retryable;
    }
}
