package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;

/**
 * The wire form of one Java type: how it is read, how it is written, and its JSON Schema.
 *
 * @param <T> the Java type
 */
interface Shape<T> {

    /** Reads the value that the cursor stands on and leaves the cursor on its last token. */
    T read(Cursor in) throws RefusedText;

    JsonValue write(T value);

    /** The schema of the value; shapes that it refers to by name are put into {@code named}. */
    JsonValue schema(SchemaBook named);
}
