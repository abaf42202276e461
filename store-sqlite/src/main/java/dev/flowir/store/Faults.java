package dev.flowir.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Maps what the driver throws to coded failures. */
final class Faults {

    private static final int PRIMARY_CODE_MASK = 0xff;

    private Faults() {}

    /** The coded form of {@code failure}; {@code what} says what was tried. */
    static StoreException of(String what, SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return new StoreException(StoreFault.SQL, what + text(failure.getMessage()), failure);
        }
        SQLiteErrorCode result = sqlite.getResultCode();
        StoreFault fault =
                switch (result.code & PRIMARY_CODE_MASK) {
                    case 5, 6 -> StoreFault.BUSY;
                    case 10, 14, 22 -> StoreFault.IO;
                    case 8 -> StoreFault.NOT_WRITABLE;
                    case 9 -> StoreFault.TIMED_OUT; // only a time limit interrupts a statement
                    case 11 -> StoreFault.CORRUPT;
                    case 13 -> StoreFault.DISK_FULL;
                    case 18 -> StoreFault.TOO_BIG;
                    case 19 -> StoreFault.CONSTRAINT;
                    case 25 -> StoreFault.PARAMETER;
                    case 26 -> StoreFault.NOT_A_STORE;
                    default -> StoreFault.SQL;
                };
        String reason = reason(sqlite);
        return new StoreException(fault, what + ": " + reason, result.name(), reason, failure);
    }

    /** True for failures after which nobody can say what is on the disk. */
    static boolean isDamage(StoreFault fault) {
        return fault == StoreFault.IO
                || fault == StoreFault.CORRUPT
                || fault == StoreFault.NOT_A_STORE
                || fault == StoreFault.NOT_WRITABLE;
    }

    /** SQLite's own words: the driver puts them in parentheses behind a general sentence. */
    private static String reason(SQLiteException failure) {
        String message = String.valueOf(failure.getMessage());
        int open = message.indexOf(" (");
        return open >= 0 && message.endsWith(")")
                ? message.substring(open + 2, message.length() - 1)
                : message;
    }

    private static String text(@org.jspecify.annotations.Nullable String reason) {
        return reason == null ? "" : ": " + reason;
    }
}
