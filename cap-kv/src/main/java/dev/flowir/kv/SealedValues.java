package dev.flowir.kv;

import dev.flowir.kernel.cap.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values as AES-256-GCM makes them, bound to binding and key, with the id of their secret before
 * them: a byte for the form, one for the id's length, id, 12 bytes of nonce, the sealed bytes with
 * 16 of tag. What is written has the current secret; what any of them has written is read.
 */
final class SealedValues implements Veil {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte FORM = 1;
    private static final int HEAD_BYTES = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int MOST_ID_BYTES = 100;

    private final String binding;
    private final byte[] currentId;
    private final SecretKeySpec currentKey;
    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

    SealedValues(String binding, String current, Map<String, Secret> secrets) {
        secrets.forEach(
                (id, secret) -> keys.put(id, new SecretKeySpec(SecretBytes.of(id, secret), "AES")));
        this.binding = binding;
        this.currentId = current.getBytes(StandardCharsets.UTF_8);
        this.currentKey =
                Optional.ofNullable(keys.get(current))
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "the current key '" + current + "' is none of the keys"));
        if (currentId.length > MOST_ID_BYTES) {
            throw new IllegalArgumentException(
                    "the id of a key has at most " + MOST_ID_BYTES + " bytes");
        }
    }

    private Cipher cipher(int mode, SecretKeySpec secret, byte[] nonce, String key)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD((binding + "\0" + key).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public KvValue seal(String key, KvValue value) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, currentKey, nonce, key).doFinal(value.bytes());
            ByteBuffer bytes =
                    ByteBuffer.allocate(
                            HEAD_BYTES + currentId.length + nonce.length + sealed.length);
            bytes.put(FORM).put((byte) currentId.length).put(currentId).put(nonce).put(sealed);
            return KvValue.of(bytes.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES in GCM", e);
        }
    }

    @Override
    public KvValue unseal(String key, KvValue value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes());
        boolean headed = bytes.remaining() > HEAD_BYTES && bytes.get() == FORM;
        int length = headed ? bytes.get() : -1;
        if (length < 0 || bytes.remaining() < length + NONCE_BYTES + TAG_BYTES) {
            throw unreadable("it was not written encrypted");
        }
        byte[] id = new byte[length];
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(id).get(nonce);
        byte[] sealed = new byte[bytes.remaining()];
        bytes.get(sealed);
        SecretKeySpec secret =
                Optional.ofNullable(keys.get(new String(id, StandardCharsets.UTF_8)))
                        .orElseThrow(() -> unreadable("its key is none of those that are bound"));
        try {
            return KvValue.of(cipher(Cipher.DECRYPT_MODE, secret, nonce, key).doFinal(sealed));
        } catch (GeneralSecurityException e) {
            KvException refused =
                    unreadable("it was changed, moved, or written with another key of this id");
            refused.initCause(e);
            throw refused;
        }
    }

    private static KvException unreadable(String why) {
        return new KvException(KvFault.SEALED, "a value cannot be decrypted: " + why);
    }

    @Override
    public boolean keepsValues() {
        return false;
    }

    @Override
    public int moreValueBytes() {
        return HEAD_BYTES + MOST_ID_BYTES + NONCE_BYTES + TAG_BYTES;
    }
}
