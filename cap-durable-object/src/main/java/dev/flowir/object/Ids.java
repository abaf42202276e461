package dev.flowir.object;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes and recognises the ids of one class: a digest or random bytes, and a tag of the class. */
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String className;
    private final byte[] salt;
    private final int maxNameBytes;

    Ids(String className, int maxNameBytes) {
        this.className = className;
        this.salt = className.getBytes(StandardCharsets.UTF_8);
        this.maxNameBytes = maxNameBytes;
    }

    ObjectId of(String name) {
        byte[] bytes = ObjectId.checkName(name, maxNameBytes);
        ByteBuffer digest = digest((byte) 'n', bytes);
        return tagged(digest.getLong(), digest.getLong(), digest.getLong(), name);
    }

    ObjectId fresh() {
        return tagged(RANDOM.nextLong(), RANDOM.nextLong(), RANDOM.nextLong(), "");
    }

    ObjectId parse(String text) {
        if (!ObjectId.isDigits(text)) {
            throw new ObjectException(
                    ObjectFault.FOREIGN_ID, "an id has 64 hexadecimal digits in lower case");
        }
        return own(ObjectId.ofDigits(text, ""));
    }

    /** The same id, if it is one of this class. */
    ObjectId own(ObjectId id) {
        ByteBuffer parts = ByteBuffer.wrap(bytes(id));
        ObjectId right = tagged(parts.getLong(), parts.getLong(), parts.getLong(), "");
        if (!right.equals(id)) {
            throw new ObjectException(
                    ObjectFault.FOREIGN_ID, "the id is none of the class '" + className + "'");
        }
        return id;
    }

    /** The 32 bytes. */
    static byte[] bytes(ObjectId id) {
        return HexFormat.of().parseHex(id.toString());
    }

    private ObjectId tagged(long first, long second, long third, String name) {
        byte[] front =
                ByteBuffer.allocate(3 * Long.BYTES)
                        .putLong(first)
                        .putLong(second)
                        .putLong(third)
                        .array();
        return new ObjectId(first, second, third, digest((byte) 't', front).getLong(), name);
    }

    private ByteBuffer digest(byte purpose, byte[] bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(purpose);
            sha.update(salt);
            sha.update((byte) 0);
            return ByteBuffer.wrap(sha.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
