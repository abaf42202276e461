package dev.flowir.wasm.build;

/** Modules as an isolate reads them: without what is there for people. */
final class Lean {

    private Lean() {}

    /**
     * Leaves out lines that are a comment, and the space that lines begin with. A module with a
     * template over several lines stays as it is: there both are part of a text.
     */
    static String of(String module) {
        StringBuilder lean = new StringBuilder();
        for (String line : module.lines().toList()) {
            if (line.chars().filter(c -> c == '`').count() % 2 == 1) {
                return module;
            }
            String code = line.strip();
            if (!code.isEmpty() && !code.startsWith("//")) {
                lean.append(code).append('\n');
            }
        }
        return lean.toString();
    }
}
