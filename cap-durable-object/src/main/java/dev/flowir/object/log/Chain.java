package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What ties each row to all before it: the SHA-256 of the link before and the row. A row that was
 * changed, left out or put in breaks it.
 */
final class Chain {

    /** Before the first row. */
    static final String START = "0".repeat(64);

    private Chain() {}

    static String next(String before, JsonValue row) {
        MessageDigest sha = sha256();
        sha.update(HexFormat.of().parseHex(before));
        sha.update(LogJson.text(row));
        return HexFormat.of().formatHex(sha.digest());
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
