package dev.flowir.http;

import dev.flowir.kernel.cap.Secret;
import java.net.URI;
import java.util.List;

/** What messages and logs say of a call: enough to find it, and nothing secret. */
final class Shown {

    private static final int MOST = 300;

    private Shown() {}

    /** An address without user name, query and fragment. */
    static String address(URI uri) {
        String authority = uri.getRawAuthority();
        String host = authority == null ? "" : authority.substring(authority.indexOf('@') + 1);
        String path = uri.getRawPath();
        return uri.getScheme() + "://" + host + (path == null ? "" : path);
    }

    /** A target as the caller wrote it, cut where a query or fragment begins, without a name. */
    static String target(String target) {
        int end = target.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = target.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        String shown = target.substring(0, end);
        int name = shown.lastIndexOf('@');
        int slashes = shown.indexOf("//");
        return name > slashes && slashes >= 0
                ? shown.substring(0, slashes + 2) + shown.substring(name + 1)
                : shown;
    }

    /** A text without secrets. */
    static String without(String text, List<Secret> secrets) {
        String clean = text;
        for (Secret secret : secrets) {
            clean = secret.hideIn(clean);
        }
        return clean;
    }

    /** Text from outside, one line, secrets taken out before it is cut. */
    static String text(String text, List<Secret> secrets) {
        StringBuilder line = new StringBuilder();
        String clean = without(text, secrets);
        int shown = 0;
        for (int i = 0; i < clean.length() && shown < MOST; shown++) {
            int letter = clean.codePointAt(i);
            line.appendCodePoint(Character.isISOControl(letter) ? ' ' : letter);
            i += Character.charCount(letter);
        }
        return line.toString();
    }
}
