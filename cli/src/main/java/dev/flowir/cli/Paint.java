package dev.flowir.cli;

import picocli.CommandLine.Help.Ansi;

/** Words that stand out where output is a terminal that shows colours, and plain ones elsewhere. */
final class Paint {

    private Paint() {}

    /** Fixed words only: the text is read as markup. */
    static String good(String word) {
        return Ansi.AUTO.string("@|green " + word + "|@");
    }

    /** Fixed words only: the text is read as markup. */
    static String bad(String word) {
        return Ansi.AUTO.string("@|bold,red " + word + "|@");
    }
}
