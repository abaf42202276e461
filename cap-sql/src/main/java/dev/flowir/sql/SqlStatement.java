package dev.flowir.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement with its parameters. Made by {@link Sql#statement} and {@link Sql#bindMany}.
 *
 * @param sql its text, with {@code ?} for each parameter
 * @param parameters values in order of their question marks; null stands for NULL
 */
public record SqlStatement(String sql, List<@Nullable Object> parameters) {

    /** Copies the list. */
    public SqlStatement {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters)); // nulls are values
    }
}
