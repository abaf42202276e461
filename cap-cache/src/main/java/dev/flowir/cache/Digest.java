package dev.flowir.cache;

import dev.flowir.ir.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A short text for a sequence of parts, another one for any other sequence. Halves of surrogate
 * pairs, which UTF-8 does not have, count as any character does.
 */
final class Digest {

    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    Digest add(String part) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * part.length());
        bytes.putInt(part.length()).asCharBuffer().put(part);
        sha256.update(bytes.array());
        return this;
    }

    private void add(int count) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
    }

    Digest add(Type<?> type) {
        add(type.raw().getName());
        add(type.arguments().size());
        type.arguments().forEach(this::add);
        return this;
    }

    /** In whatever order they come. */
    Digest add(Collection<Pin> pins) {
        List<Pin> sorted =
                pins.stream()
                        .sorted(Comparator.comparing(Pin::name).thenComparing(Pin::version))
                        .toList();
        add(sorted.size());
        sorted.forEach(pin -> add(pin.name()).add(pin.version()));
        return this;
    }

    /** 43 letters, digits, '-' and '_'. */
    String text() {
        byte[] text = Base64.getUrlEncoder().withoutPadding().encode(sha256.digest());
        return new String(text, StandardCharsets.US_ASCII);
    }
}
