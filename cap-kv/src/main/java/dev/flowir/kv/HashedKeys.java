package dev.flowir.kv;

import dev.flowir.kernel.cap.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names that are HMAC-SHA-256 of their keys, so that who keeps them does not learn the keys. */
final class HashedKeys implements Veil {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] binding;
    private final SecretKeySpec secret;

    /** Keys of a binding: under the same secret, another binding has other names. */
    HashedKeys(String binding, Secret secret) {
        this.binding = (binding + "\0").getBytes(StandardCharsets.UTF_8);
        this.secret = new SecretKeySpec(SecretBytes.of("key", secret), ALGORITHM);
    }

    @Override
    public String name(String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(binding);
            byte[] sum = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean keepsStarts() {
        return false;
    }
}
