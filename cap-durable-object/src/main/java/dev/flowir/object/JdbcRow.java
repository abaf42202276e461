package dev.flowir.object;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A row of the embedded store. */
record JdbcRow(ResultSet row) implements ObjectRow {

    private interface Look<T extends @Nullable Object> {
        T at(ResultSet row) throws SQLException;
    }

    /** A failure goes on to the store, which asked for the row and knows its statement. */
    private <T extends @Nullable Object> T look(Look<T> look) {
        try {
            return look.at(row);
        } catch (SQLException e) {
            throw Message.<RuntimeException>unchecked(e);
        }
    }

    @Override
    public long getLong(int column) {
        return look(it -> it.getLong(column));
    }

    @Override
    public double getDouble(int column) {
        return look(it -> it.getDouble(column));
    }

    @Override
    public @Nullable String getString(int column) {
        return this.<@Nullable String>look(it -> it.getString(column));
    }

    @Override
    public byte @Nullable [] getBytes(int column) {
        return this.<byte @Nullable []>look(it -> it.getBytes(column));
    }

    @Override
    public @Nullable Object getObject(int column) {
        return this.<@Nullable Object>look(it -> it.getObject(column));
    }
}
