package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** What statements answered, each by its place; made by {@code sql.mjs}. */
interface JsTables extends JSObject {

    /** NULL. */
    int NOTHING = 0;

    /** A number that is whole and exact. */
    int WHOLE = 1;

    /** Any other number. */
    int REAL = 2;

    /** Text. */
    int TEXT = 3;

    /** Numbers are JavaScript's: beyond this, neighbours look the same. */
    long MOST_EXACT = (1L << 53) - 1;

    /** Takes tables. */
    @JSFunctor
    interface Done extends JSObject {
        void call(JsTables tables);
    }

    /** Takes bytes. */
    @JSFunctor
    interface Bytes extends JSObject {
        void call(byte[] value);
    }

    /** Parameters of a statement, in their order. */
    interface Parameters extends JSObject {
        void nothing();

        void number(double value);

        void text(String value);

        void bytes(byte[] value);
    }

    double changes(int statement);

    /** Not a number where there is none. */
    double lastRowId(int statement);

    int attempts(int statement);

    double durationMillis(int statement);

    int rows(int statement);

    int columns(int statement);

    String column(int statement, int column);

    /** One of the kinds above, or any other for bytes. */
    int kind(int statement, int row, int column);

    double number(int statement, int row, int column);

    String text(int statement, int row, int column);

    void bytes(int statement, int row, int column, Bytes taken);
}
