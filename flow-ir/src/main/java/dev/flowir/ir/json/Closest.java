package dev.flowir.ir.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Closest {

    /** Longer names are not compared, so that a hostile one costs nothing. */
    private static final int MAX_LENGTH = 64;

    private Closest() {}

    /** The name at most two edits, and less than half of its length, away from {@code written}. */
    static Optional<String> to(String written, List<String> names) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            if (name.length() > MAX_LENGTH) {
                continue;
            }
            int edits = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (edits < least && edits <= 2 && edits * 2 < Math.max(name.length(), 3)) {
                least = edits;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int next = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[to.length()];
    }
}
