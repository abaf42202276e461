package dev.flowir.wasm;

import java.util.List;

/**
 * A step of a database's schema. It is written as a file of the worker's project, which the
 * platform's tool applies once, in the order of names; it does not run in the worker.
 *
 * @param name file name without its ending: lower-case letters, digits and underscores
 * @param statements one statement each, without the semicolon at its end
 */
public record EdgeMigration(String name, List<String> statements) {

    /** Refuses what could not be written as a file, or not be read again statement by statement. */
    public EdgeMigration {
        statements = List.copyOf(statements);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is no name of a migration; it has lower-case letters, digits and"
                            + " underscores, for example 0001_orders");
        }
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("migration '" + name + "' has no statement");
        }
        for (String statement : statements) {
            String text = statement.strip();
            if (text.isEmpty() || text.endsWith(";") || text.contains(";\n")) {
                throw new IllegalArgumentException(
                        "migration '"
                                + name
                                + "' has a statement that is empty, or has a semicolon at the end"
                                + " of a line; give each statement for itself");
            }
        }
    }

    /**
     * A step.
     *
     * @param name for example {@code 0001_orders}
     * @param statements one statement each
     * @return the step
     */
    public static EdgeMigration of(String name, String... statements) {
        return new EdgeMigration(name, List.of(statements));
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
