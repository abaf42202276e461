package dev.flowir.ir.check;

import java.util.Collection;
import java.util.Optional;

/** Names in messages: quoted, bounded, and the nearest one that was perhaps meant. */
public final class Names {

    /** Most characters of a name that a message repeats. */
    static final int MAX_QUOTED = 80;

    /** Most candidates that are compared with a misspelt name. */
    static final int MAX_CANDIDATES = 1_000;

    /** Longest name that is compared; people do not misspell longer ones. */
    static final int MAX_COMPARED = 64;

    private Names() {}

    /**
     * Quotes a name for a message.
     *
     * @param name any text
     * @return {@code name} in quotes, on one line, cut after 80 characters
     */
    public static String quote(String name) {
        StringBuilder text = new StringBuilder(name.length() + 2).append('\'');
        for (int i = 0; i < name.length(); i++) {
            if (i == MAX_QUOTED) {
                text.append("...");
                break;
            }
            char c = name.charAt(i);
            boolean plain = c >= ' ' && c != 0x7F && !Character.isSurrogate(c);
            boolean cutsPair = Character.isHighSurrogate(c) && i == MAX_QUOTED - 1;
            if (plain || (Character.isSurrogate(c) && !cutsPair)) {
                text.append(c);
            } else {
                text.append('?');
            }
        }
        return text.append('\'').toString();
    }

    /**
     * Guesses which name was meant.
     *
     * @param name what was written
     * @param candidates the names that exist
     * @return the candidate most like {@code name}, when one is within a third of its length in
     *     edits (of one or two characters only another style counts); empty when none is, or when
     *     there are more than 1,000 to compare
     */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        if (name.length() > MAX_COMPARED || candidates.size() > MAX_CANDIDATES) {
            return Optional.empty();
        }
        Optional<String> best = Optional.empty();
        int bestEdits = (name.length() < 3 ? 0 : Math.max(1, name.length() / 3)) + 1;
        for (String candidate : candidates) {
            if (candidate.length() <= MAX_COMPARED && !candidate.equals(name)) {
                int edits = edits(fold(name), fold(candidate));
                if (edits < bestEdits) {
                    bestEdits = edits;
                    best = Optional.of(candidate);
                }
            }
        }
        return best;
    }

    /**
     * Compares two names without their style.
     *
     * @param a one name
     * @param b the other
     * @return whether they are the same but for case, underscores and hyphens
     */
    public static boolean differsOnlyInStyle(String a, String b) {
        return fold(a).equals(fold(b));
    }

    /**
     * Order of text by code point, which is its order as UTF-8 bytes.
     *
     * @param a one text
     * @param b the other
     * @return as {@link java.util.Comparator#compare} says
     */
    public static int compareByCodePoint(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
                return sameKind ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-') {
                folded.append(Character.toLowerCase(c));
            }
        }
        return folded.toString();
    }

    /** Edits from one to the other: insertions, deletions, replacements, swaps of neighbours. */
    private static int edits(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] reused = beforeLast;
            beforeLast = last;
            last = row;
            row = reused;
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + same, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }
}
