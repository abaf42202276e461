package dev.flowir.ir;

/** What code that asks for places in sources gets in an isolate, whose stack traces name none. */
public record Site(String file, int line) {

    private static final Site UNKNOWN = new Site("unknown", 0);

    static Site ofCaller() {
        return UNKNOWN;
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
