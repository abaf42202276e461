package dev.flowir.ir.json;

import tools.jackson.core.JacksonException;

/** What the parser says about broken text, without what it says about itself. */
final class Syntax {

    private static final String[] OWN_AFFAIRS = {
        " (start marker at",
        " (for Array starting at",
        " (for Object starting at",
        ": enable `",
        " (consider enabling",
        ": maybe a (non-standard) comment?",
        ": JSON spec does not allow numbers to have plus signs",
        ": hexadecimal number literals require",
        ", from `"
    };

    private Syntax() {}

    static String message(JacksonException failure) {
        String message = failure.getOriginalMessage();
        int end = message.length();
        for (String affair : OWN_AFFAIRS) {
            int at = message.indexOf(affair);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        String kept = message.substring(0, end).strip();
        boolean open = kept.lastIndexOf('(') > kept.lastIndexOf(')');
        return open ? kept + ")" : kept;
    }
}
