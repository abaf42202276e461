package dev.flowir.wasm;

import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectRows;
import dev.flowir.object.ObjectSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tables of an object in the platform's storage. */
record EdgeObjectSql(EdgeContext context, JsObject js) implements ObjectSql {

    /** How the platform says that a number of its own was passed, besides by a code. */
    private static final List<String> LIMIT_WORDS =
            List.of("too many", "too large", "too complex", "too long", "toobig", "too big");

    @Override
    public ObjectRows exec(String statements, @Nullable Object... bindings) {
        context.ensureTurn();
        JsObject.Statement statement = js.statement(statements);
        for (Object value : bindings) {
            bind(statement, value);
        }
        List<EdgeRows> answered = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        statement.run(tables -> answered.add(new EdgeRows(context, tables)), refused::add);
        if (!refused.isEmpty()) {
            throw refusal(refused.get(0));
        }
        EdgeRows rows = answered.get(0);
        if (rows.written() > 0 && context.isReading()) {
            throw context.doomedToRead();
        }
        return rows;
    }

    private static void bind(JsObject.Statement statement, @Nullable Object value) {
        boolean exact;
        try {
            exact = EdgeTables.bind(statement, value);
        } catch (IllegalArgumentException other) {
            throw new ObjectException(
                    ObjectFault.BAD_SQL, String.valueOf(other.getMessage()), other);
        }
        if (!exact) {
            throw new ObjectException(
                    ObjectFault.NOT_STORABLE,
                    value
                            + " is beyond "
                            + JsTables.MOST_EXACT
                            + ": numbers lose digits there at the edge; bind text");
        }
    }

    @Override
    public long databaseBytes() {
        context.ensureTurn();
        return (long) js.databaseBytes();
    }

    /** What the statement is refused for. */
    static ObjectException refusal(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("sqlite_constraint")) {
            return new ObjectException(ObjectFault.SQL_CONSTRAINT, message);
        }
        if (text.contains("sqlite_auth")
                || text.contains("not authorized")
                || text.contains("storage.transaction")) {
            return new ObjectException(
                    ObjectFault.SQL_NOT_ALLOWED,
                    message + "; use transaction(…) for what is undone together");
        }
        if (text.contains("sqlite_full")) {
            return new ObjectException(ObjectFault.OBJECT_TOO_LARGE, message);
        }
        for (String words : LIMIT_WORDS) {
            if (text.contains(words)) {
                return new ObjectException(ObjectFault.SQL_LIMIT, message);
            }
        }
        return new ObjectException(ObjectFault.BAD_SQL, message);
    }
}
