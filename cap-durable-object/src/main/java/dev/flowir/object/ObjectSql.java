package dev.flowir.object;

import org.jspecify.annotations.Nullable;

/**
 * The SQL tables of one object: a SQLite database that nobody else sees. What a call writes in it
 * becomes durable together with its entries and its alarm, and is undone with them. Used inside the
 * object's turn only.
 */
public interface ObjectSql {

    /**
     * Runs statements one after the other.
     *
     * @param statements one or more, separated by semicolons
     * @param bindings values of the last one's question marks: null, {@link String}, {@code
     *     byte[]}, {@link Boolean} (as 1 or 0), {@link Integer}, {@link Long}, {@link Short},
     *     {@link Byte}, {@link Double}, {@link Float}
     * @return the answer of the last one
     * @throws ObjectException {@link ObjectFault#BAD_SQL}, {@link ObjectFault#SQL_CONSTRAINT},
     *     {@link ObjectFault#SQL_LIMIT}, {@link ObjectFault#SQL_NOT_ALLOWED}, {@link
     *     ObjectFault#READ_ONLY}, {@link ObjectFault#OBJECT_TOO_LARGE}
     */
    ObjectRows exec(String statements, @Nullable Object... bindings);

    /** {@return the size of the database; 0 before its first table} */
    long databaseBytes();
}
