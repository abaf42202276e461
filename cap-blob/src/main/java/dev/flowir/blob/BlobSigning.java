package dev.flowir.blob;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs grants and verifies them: a link that lets its bearer read or store one object for a while,
 * without a login. HMAC-SHA-256 over method, bucket, key, expiry and size. The secret never shows
 * in a signature; whoever has it can grant anything.
 *
 * <p>A host that serves blobs calls {@link #verify} with what was asked of it before it touches the
 * bucket.
 */
public final class BlobSigning {

    /** Most time of a grant, as of R2 and S3. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_SECRET_BYTES = 32;
    private static final int MAC_BYTES = 32;
    private static final int HEAD_BYTES = 1 + Long.BYTES + Long.BYTES;
    private static final byte FORMAT = 1;

    private final List<byte[]> secrets;
    private final InstantSource clock;

    private BlobSigning(List<byte[]> secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Signing with a secret.
     *
     * @param secret at least 32 random bytes; copied
     * @param clock tells what is over
     * @return the signing
     */
    public static BlobSigning with(byte[] secret, InstantSource clock) {
        return new BlobSigning(List.of(checked(secret)), clock);
    }

    /**
     * The same, which also takes what was signed with an older secret: for changing it while links
     * are out.
     *
     * @param older the secret of before
     * @return the signing with it
     */
    public BlobSigning alsoAccepting(byte[] older) {
        List<byte[]> more = new ArrayList<>(secrets);
        more.add(checked(older));
        return new BlobSigning(List.copyOf(more), clock);
    }

    private static byte[] checked(byte[] secret) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT,
                    "a secret has at least " + LEAST_SECRET_BYTES + " random bytes");
        }
        return secret.clone();
    }

    /**
     * Signs a grant.
     *
     * @param grant what is allowed; over in at most {@link #LONGEST}
     * @return a signature of letters, digits, {@code -} and {@code _}
     * @throws BlobException {@link BlobFault#INVALID_ARGUMENT} when its time is over or too long
     */
    public String sign(BlobGrant grant) {
        Instant now = clock.instant();
        if (!grant.expiresAt().isAfter(now) || grant.expiresAt().isAfter(now.plus(LONGEST))) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT,
                    "a grant ends after now and within " + LONGEST.toDays() + " days");
        }
        byte[] head = head(grant.expiresAt().toEpochMilli(), grant.maxBytes().orElse(-1));
        byte[] mac = mac(secrets.get(0), head, grant.method().name(), grant.bucket(), grant.key());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(HEAD_BYTES + MAC_BYTES).put(head).put(mac).array());
    }

    /**
     * A link with the signature in its query.
     *
     * @param base where the bucket is served, for example {@code https://host/blobs}
     * @param grant what is allowed
     * @return {@code base/key?signature=…}, with the key percent-encoded as one segment
     */
    public URI link(URI base, BlobGrant grant) {
        String key = URLEncoder.encode(grant.key(), StandardCharsets.UTF_8).replace("+", "%20");
        // A segment of dots alone would be taken for a step upwards.
        String segment = key.chars().allMatch(c -> c == '.') ? key.replace(".", "%2E") : key;
        String path = base.toString();
        String slash = path.endsWith("/") ? "" : "/";
        return URI.create(path + slash + segment + "?signature=" + sign(grant));
    }

    /**
     * Checks a signature against what was asked.
     *
     * @param signature what the request carries
     * @param method what it wants to do; {@code HEAD} is allowed by a grant for {@code GET} too
     * @param bucket of which bucket
     * @param key with which object
     * @return the grant
     * @throws BlobException {@link BlobFault#BAD_SIGNATURE} when it was not made for exactly this,
     *     {@link BlobFault#SIGNATURE_EXPIRED}
     */
    public BlobGrant verify(String signature, BlobGrant.Method method, String bucket, String key) {
        ByteBuffer token = decode(signature);
        byte[] head = new byte[HEAD_BYTES];
        byte[] mac = new byte[MAC_BYTES];
        token.get(head).get(mac);
        boolean good = isSigned(mac, head, method, bucket, key);
        if (!good && method == BlobGrant.Method.HEAD) {
            good = isSigned(mac, head, BlobGrant.Method.GET, bucket, key);
        }
        if (!good) {
            throw new BlobException(
                    BlobFault.BAD_SIGNATURE,
                    "the signature was not made for this method, bucket and key");
        }
        ByteBuffer fields = ByteBuffer.wrap(head, 1, HEAD_BYTES - 1);
        Instant expiresAt = Instant.ofEpochMilli(fields.getLong());
        long maxBytes = fields.getLong();
        if (!clock.instant().isBefore(expiresAt)) {
            throw new BlobException(
                    BlobFault.SIGNATURE_EXPIRED, "the signature was good until " + expiresAt);
        }
        return new BlobGrant(
                method,
                bucket,
                key,
                expiresAt,
                maxBytes < 0 ? OptionalLong.empty() : OptionalLong.of(maxBytes));
    }

    private boolean isSigned(
            byte[] mac, byte[] head, BlobGrant.Method method, String bucket, String key) {
        boolean good = false;
        for (byte[] secret : secrets) {
            // All of them, so that time does not tell which one it was.
            good |= MessageDigest.isEqual(mac, mac(secret, head, method.name(), bucket, key));
        }
        return good;
    }

    private static ByteBuffer decode(String signature) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            throw new BlobException(BlobFault.BAD_SIGNATURE, "this is no signature", e);
        }
        if (bytes.length != HEAD_BYTES + MAC_BYTES || bytes[0] != FORMAT) {
            throw new BlobException(BlobFault.BAD_SIGNATURE, "this is no signature");
        }
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] head(long expiresAtMillis, long maxBytes) {
        return ByteBuffer.allocate(HEAD_BYTES)
                .put(FORMAT)
                .putLong(expiresAtMillis)
                .putLong(maxBytes)
                .array();
    }

    /** Each text with its length before it: no two grants are one text. */
    private static byte[] mac(byte[] secret, byte[] head, String... texts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(head);
            for (String text : texts) {
                byte[] bytes = Checks.utf8(text);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
