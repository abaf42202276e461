package dev.flowir.object.log;

/** Which texts name something in a log. */
final class Words {

    /** As long as the request ids that the servlet host takes. */
    static final int MAX_CHARS = 128;

    private Words() {}

    static void check(String what, String word) {
        if (word.isEmpty() || word.length() > MAX_CHARS) {
            throw new LogException(
                    LogFault.BAD_EVENT,
                    what + " has " + word.length() + " characters, allowed are 1 to " + MAX_CHARS);
        }
        for (int i = 0; i < word.length(); i++) {
            if (!allowed(word.charAt(i))) {
                throw new LogException(
                        LogFault.BAD_EVENT,
                        what + " has another character than A-Za-z0-9_.:- at " + i);
            }
        }
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == ':'
                || c == '-';
    }
}
