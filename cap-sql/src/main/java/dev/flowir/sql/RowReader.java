package dev.flowir.sql;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one JDBC result, up to a number. */
final class RowReader {

    private final Engine.Fetch fetch;
    private final List<Row> rows = new ArrayList<>();
    private @Nullable List<String> columns;

    RowReader(Engine.Fetch fetch) {
        this.fetch = fetch;
    }

    /** Takes the current row; false when no more are wanted. */
    boolean take(ResultSet result) throws SQLException {
        if (rows.size() == fetch.most()) {
            if (fetch.refusing() == null) {
                return false;
            }
            throw Checks.tooManyRows(fetch.refusing());
        }
        List<String> names = columns;
        if (names == null) {
            names = names(result.getMetaData());
            columns = names;
        }
        List<SqlValue> values = new ArrayList<>(names.size());
        for (int i = 1; i <= names.size(); i++) {
            values.add(value(result.getObject(i)));
        }
        rows.add(new Row(names, values));
        return true;
    }

    List<Row> rows() {
        return rows;
    }

    private static List<String> names(ResultSetMetaData meta) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnLabel(i));
        }
        return List.copyOf(names);
    }

    private static SqlValue value(@Nullable Object seen) throws SQLException {
        return switch (seen) {
            case null -> new SqlValue.Null();
            case String text -> new SqlValue.Text(text);
            case Long number -> new SqlValue.Whole(number);
            case Integer number -> new SqlValue.Whole(number);
            case Short number -> new SqlValue.Whole(number);
            case Byte number -> new SqlValue.Whole(number);
            case Boolean truth -> new SqlValue.Whole(truth ? 1 : 0);
            case Double number -> new SqlValue.Real(number);
            case Float number -> new SqlValue.Real(number);
            case byte[] bytes -> new SqlValue.Bytes(bytes);
            case Blob blob -> new SqlValue.Bytes(blob.getBytes(1, Math.toIntExact(blob.length())));
            case Clob clob ->
                    new SqlValue.Text(clob.getSubString(1, Math.toIntExact(clob.length())));
            default -> new SqlValue.Text(seen.toString()); // dates, decimals, ids
        };
    }
}
