package dev.flowir.ir;

/**
 * A place in source code.
 *
 * @param file file name without folders; {@code unknown} where the platform cannot tell
 * @param line line, counted from 1; 0 where the platform cannot tell
 */
public record Site(String file, int line) {

    private static final String OWN_PACKAGE = "dev.flowir.ir.";

    /** The first caller outside this package: where a definition was written. */
    static Site ofCaller() {
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            String type = frame.getClassName();
            boolean own =
                    type.startsWith(OWN_PACKAGE)
                            && type.indexOf('.', OWN_PACKAGE.length()) < 0
                            && AUTHORING.contains(type.substring(OWN_PACKAGE.length()));
            String file = frame.getFileName();
            if (!own && file != null) {
                return new Site(file, Math.max(0, frame.getLineNumber()));
            }
        }
        return new Site("unknown", 0);
    }

    private static final java.util.Set<String> AUTHORING =
            java.util.Set.of("Site", "Node", "Flow", "Graph", "Choice", "FlowDraft", "Branch");

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
