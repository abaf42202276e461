package dev.flowir.http;

/** Texts looked at letter by letter; by loops, because an isolate would have to carry streams. */
final class Letters {

    private Letters() {}

    /** What a letter may be. */
    @FunctionalInterface
    interface Rule {

        /** {@return whether this one may be there} */
        boolean allows(char letter);
    }

    /** Whether each letter may be there; true when there is none. */
    static boolean all(String text, Rule rule) {
        for (int i = 0; i < text.length(); i++) {
            if (!rule.allows(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
