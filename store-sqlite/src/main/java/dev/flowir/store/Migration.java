package dev.flowir.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One step of a schema, applied once and never changed afterwards.
 *
 * @param name its name within the component, for example {@code 0001_create_tasks}
 * @param checksum what must stay the same once it was applied
 * @param action what it does, as one transaction
 */
public record Migration(String name, String checksum, WriteAction<RuntimeException> action) {

    /**
     * {@return a script of statements}
     *
     * @param name name within its component, kept for ever
     * @param script statements, separated by semicolons
     */
    public static Migration sql(String name, String script) {
        String lines = script.replace("\r\n", "\n").strip();
        return new Migration(name, sha256(lines), tx -> runScript(tx, script));
    }

    /**
     * {@return code, for what SQL cannot say}
     *
     * @param name name within its component, kept for ever
     * @param version stands for the code in the checksum: change it and the migration counts as
     *     changed
     * @param action what it does, inside its transaction
     */
    public static Migration code(
            String name, String version, WriteAction<RuntimeException> action) {
        return new Migration(name, "code:" + version, action);
    }

    private static void runScript(WriteTx tx, String script) {
        for (SqlScript.Statement statement : SqlScript.parse(script).statements()) {
            try {
                tx.run(statement.text());
            } catch (StoreException e) {
                throw new StoreException(
                        e.fault(), "line " + statement.line() + ": " + e.detail(), e);
            }
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
