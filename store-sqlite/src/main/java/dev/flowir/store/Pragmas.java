package dev.flowir.store;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which PRAGMA statements work may run. Those that only ask may; those that set something may not,
 * since the setting would outlive the transaction and could end the guarantees of the store.
 */
final class Pragmas {

    private static final Pattern SHAPE =
            Pattern.compile("pragma\\s+(?:main\\s*\\.\\s*)?(\\w+)\\s*(.*)", Pattern.DOTALL);

    /** Their argument says what to ask about. */
    private static final Set<String> ASKING =
            Set.of(
                    "table_info",
                    "table_xinfo",
                    "table_list",
                    "index_list",
                    "index_info",
                    "index_xinfo",
                    "foreign_key_list",
                    "foreign_key_check",
                    "integrity_check",
                    "quick_check");

    /** They do something even without an argument. */
    private static final Set<String> DOING =
            Set.of("incremental_vacuum", "shrink_memory", "wal_checkpoint");

    private Pragmas() {}

    static boolean mayRun(String text) {
        Matcher matcher = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group(1);
        return matcher.group(2).isBlank() ? !DOING.contains(name) : ASKING.contains(name);
    }
}
