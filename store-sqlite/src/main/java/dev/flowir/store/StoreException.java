package dev.flowir.store;

import java.util.Optional;

/** A coded failure of the store. Its message starts with the code. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Which kind. */
    private final StoreFault fault;

    /** The message without its code. */
    private final String detail;

    /** SQLite's name for it; empty where SQLite is not the source. */
    private final String sqliteName;

    /** SQLite's own words; empty where SQLite is not the source. */
    private final String sqliteText;

    StoreException(StoreFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
        this.detail = detail;
        this.sqliteName = "";
        this.sqliteText = "";
    }

    StoreException(StoreFault fault, String detail, Throwable cause) {
        this(fault, detail, "", "", cause);
    }

    StoreException(
            StoreFault fault,
            String detail,
            String sqliteName,
            String sqliteText,
            Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
        this.detail = detail;
        this.sqliteName = sqliteName;
        this.sqliteText = sqliteText;
    }

    /** {@return what went wrong} */
    public StoreFault fault() {
        return fault;
    }

    /** {@return the message without the code} */
    public String detail() {
        return detail;
    }

    /**
     * {@return SQLite's extended result code where SQLite is the source, for example {@code
     * SQLITE_CONSTRAINT_UNIQUE}}
     */
    public Optional<String> sqliteName() {
        return sqliteName.isEmpty() ? Optional.empty() : Optional.of(sqliteName);
    }

    /**
     * {@return SQLite's own words where SQLite is the source, for example {@code UNIQUE constraint
     * failed: t.k}}
     */
    public Optional<String> sqliteText() {
        return sqliteText.isEmpty() ? Optional.empty() : Optional.of(sqliteText);
    }
}
