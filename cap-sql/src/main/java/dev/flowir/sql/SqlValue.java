package dev.flowir.sql;

import java.util.Arrays;

/** A value in a row: SQLite's five kinds, to which those of other databases are mapped. */
public sealed interface SqlValue {

    /** NULL. */
    record Null() implements SqlValue {}

    /**
     * A whole number; booleans are 1 and 0.
     *
     * @param value the number
     */
    record Whole(long value) implements SqlValue {}

    /**
     * A number that need not be whole.
     *
     * @param value the number
     */
    record Real(double value) implements SqlValue {}

    /**
     * Text; also dates and long decimals of databases that have them.
     *
     * @param value the text
     */
    record Text(String value) implements SqlValue {}

    /**
     * Bytes.
     *
     * @param value the bytes; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // its own equals compares what the array holds
    record Bytes(byte[] value) implements SqlValue {

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            StringBuilder hex = new StringBuilder("Bytes["); // no HexFormat in an isolate
            for (byte one : value) {
                hex.append(Character.forDigit((one >> 4) & 15, 16));
                hex.append(Character.forDigit(one & 15, 16));
            }
            return hex.append(']').toString();
        }
    }
}
