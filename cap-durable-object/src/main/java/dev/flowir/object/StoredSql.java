package dev.flowir.object;

import dev.flowir.store.PagedDatabase;
import dev.flowir.store.StoreException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an object may do with its tables in its turn. */
record StoredSql(Context<?> context, OwnTables tables) implements ObjectSql {

    /** How SQLite says that a number of its own was passed, besides by a code. */
    private static final List<String> LIMIT_WORDS =
            List.of("too many", "too large", "too complex", "too long", "variable number must be");

    @Override
    public ObjectRows exec(String statements, @Nullable Object... bindings) {
        Turn turn = context.turn();
        try {
            PagedDatabase database = turn.use(tables);
            database.readOnly(!turn.mayWrite());
            return new StoredRows(context, database.execute(statements, bindings));
        } catch (StoreException e) {
            throw refusal(e);
        }
    }

    @Override
    public long databaseBytes() {
        context.turn();
        return tables.bytes();
    }

    /** What the statement is refused for; failures of the disk stay what they are. */
    static RuntimeException refusal(StoreException e) {
        String text = e.detail().toLowerCase(Locale.ROOT);
        return switch (e.fault()) {
            case TOO_BIG -> refusal(ObjectFault.SQL_LIMIT, e.detail(), e);
            case SQL ->
                    refusal(
                            LIMIT_WORDS.stream().anyMatch(text::contains)
                                    ? ObjectFault.SQL_LIMIT
                                    : ObjectFault.BAD_SQL,
                            e.detail(),
                            e);
            case PARAMETER -> refusal(ObjectFault.BAD_SQL, e.detail(), e);
            case CONSTRAINT -> refusal(ObjectFault.SQL_CONSTRAINT, e.detail(), e);
            case NOT_ALLOWED ->
                    refusal(
                            ObjectFault.SQL_NOT_ALLOWED,
                            e.detail() + "; use transaction(…) for what is undone together",
                            e);
            case NOT_WRITABLE ->
                    refusal(
                            ObjectFault.READ_ONLY,
                            "a call that only reads writes nothing; use call(…)",
                            e);
            case DISK_FULL ->
                    refusal(
                            ObjectFault.OBJECT_TOO_LARGE,
                            "the tables are as large as they may be: " + e.detail(),
                            e);
            case MISPLACED -> refusal(ObjectFault.MISPLACED, e.detail(), e);
            case TIMED_OUT -> refusal(ObjectFault.WITHDRAWN, "the statement was interrupted", e);
            case CLOSED -> Shelf.reset(e);
            default -> e;
        };
    }

    private static ObjectException refusal(ObjectFault fault, String detail, StoreException cause) {
        return new ObjectException(fault, detail, cause);
    }
}
