package dev.flowir.ir.check;

/** JSON pointers (RFC 6901) as surfaces hold them. */
final class Pointers {

    private Pointers() {}

    /** What the reference asks of a pointer: empty, or a slash in front. */
    static boolean isLegal(String pointer) {
        return pointer.isEmpty() || pointer.charAt(0) == '/';
    }

    /** Whether each tilde is part of {@code ~0} or {@code ~1}. */
    static boolean isFollowable(String pointer) {
        for (int i = pointer.indexOf('~'); i >= 0; i = pointer.indexOf('~', i + 1)) {
            char next = i + 1 < pointer.length() ? pointer.charAt(i + 1) : ' ';
            if (next != '0' && next != '1') {
                return false;
            }
        }
        return true;
    }
}
