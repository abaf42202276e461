package dev.flowir.store;

/**
 * Knows whether the schema has constraints that SQLite checks at the commit only. A violation of
 * one would fail everybody in a group, so with such a schema each transaction commits alone.
 */
final class DeferredKeys {

    private long seenVersion = -1;
    private boolean present;

    /** Whether there is one now. Cheap while the schema does not change. */
    boolean present(Statements statements) {
        Object[] none = new Object[0];
        long version =
                statements.first("PRAGMA schema_version", row -> row.getLong(1), none).orElse(0L);
        if (version != seenVersion) {
            present =
                    statements
                            .first(
                                    "SELECT 1 FROM sqlite_schema WHERE sql LIKE"
                                            + " '%INITIALLY%DEFERRED%' LIMIT 1",
                                    row -> true, none)
                            .isPresent();
            seenVersion = version;
        }
        return present;
    }
}
