package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;
import java.util.Optional;

/**
 * How values of one type look as JSON: the same text as the JVM's codec gives, read just as
 * strictly.
 *
 * @param <T> type of the values
 */
public abstract class Form<T> {

    /** A form; stateless. */
    protected Form() {}

    /**
     * Reads a value.
     *
     * @param in stands before the value
     * @return the value
     * @throws CodecException when the text is not a {@code T}
     */
    public abstract T read(JsonIn in) throws CodecException;

    /**
     * Writes a value.
     *
     * @param value the value
     * @param out where it goes
     * @throws CodecException when it has no JSON
     */
    public abstract void write(T value, JsonOut out) throws CodecException;

    /** {@return what a reader is told to send, for example {@code an array}} */
    public abstract String article();

    /** {@return what is said to be expected where something else stands} */
    String wanted() {
        return article();
    }

    /** {@return how text of a query becomes this type} */
    public Parameter parameter() {
        return Parameter.TEXT;
    }

    /** {@return the form of what is in an array, an {@code Optional} or both; itself otherwise} */
    public Form<?> element() {
        return this;
    }

    /** {@return what stands for a member that is not there; empty when it must be there} */
    Optional<Absent> absent() {
        return Optional.empty();
    }

    /**
     * Says whether a member of this value is left out.
     *
     * @param value the value
     * @return true when nothing is written for it
     */
    @SuppressWarnings("ConstantValue") // a user's record can hold null whatever its type says
    boolean isLeftOut(T value) {
        return value == null;
    }

    /** {@return true when {@code null} is a value of the type} */
    boolean takesNull() {
        return false;
    }

    /**
     * What stands for a member that is not there.
     *
     * @param value the value; a box, because it can be {@code null}
     */
    record Absent(@org.jspecify.annotations.Nullable Object value) {}

    /** How the text of a parameter becomes JSON. */
    public enum Parameter {
        /** As text. */
        TEXT,
        /** As a number where it is one. */
        NUMBER,
        /** As a boolean where it is one. */
        BOOLEAN,
        /** As an array of texts. */
        TEXTS,
        /** As an array of numbers. */
        NUMBERS,
        /** As an array of booleans. */
        BOOLEANS;

        /** {@return true for arrays} */
        public boolean isList() {
            return this == listed();
        }

        /** {@return the same as an array} */
        public Parameter listed() {
            return switch (this) {
                case TEXT, TEXTS -> TEXTS;
                case NUMBER, NUMBERS -> NUMBERS;
                case BOOLEAN, BOOLEANS -> BOOLEANS;
            };
        }
    }
}
