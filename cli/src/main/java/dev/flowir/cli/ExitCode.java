package dev.flowir.cli;

/** What a command tells the shell. */
final class ExitCode {

    /** Done; everything checked is valid. */
    static final int OK = 0;

    /** A flow is invalid, or its run failed. */
    static final int INVALID = 1;

    /** Something could not be read: a file, its JSON, an option. */
    static final int UNREADABLE = 2;

    /** The command itself broke. */
    static final int BROKEN = 3;

    private ExitCode() {}
}
