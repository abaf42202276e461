package dev.flowir.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobGrant.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BlobSigningTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final byte[] secret = secret('a');
    private Instant now = START;
    private final InstantSource clock = () -> now;
    private final BlobSigning signing = BlobSigning.with(secret, clock);

    private static byte[] secret(char letter) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }

    private static BlobGrant get(String key) {
        return BlobGrant.of(Method.GET, "images", key, START.plusSeconds(60));
    }

    private static void refused(BlobFault fault, Runnable work) {
        assertEquals(fault, assertThrows(BlobException.class, work::run).fault());
    }

    @Test
    void aSignatureIsGoodForWhatItWasMadeForAndNothingElse() {
        String signature = signing.sign(get("a/b").maxBytes(10));
        BlobGrant grant = signing.verify(signature, Method.GET, "images", "a/b");
        assertEquals(OptionalLong.of(10), grant.maxBytes());
        assertEquals(START.plusSeconds(60), grant.expiresAt());
        signing.verify(signature, Method.HEAD, "images", "a/b");
        BlobFault bad = BlobFault.BAD_SIGNATURE;
        refused(bad, () -> signing.verify(signature, Method.PUT, "images", "a/b"));
        refused(bad, () -> signing.verify(signature, Method.DELETE, "images", "a/b"));
        refused(bad, () -> signing.verify(signature, Method.GET, "image", "sa/b"));
        refused(bad, () -> signing.verify(signature, Method.GET, "images", "a/c"));
        String put = signing.sign(BlobGrant.of(Method.PUT, "images", "k", START.plusSeconds(1)));
        refused(bad, () -> signing.verify(put, Method.HEAD, "images", "k"));
    }

    @Test
    void everyCharacterOfASignatureCounts() {
        String signature = signing.sign(get("k"));
        for (int i = 0; i < signature.length(); i++) {
            char other = signature.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = signature.substring(0, i) + other + signature.substring(i + 1);
            refused(
                    BlobFault.BAD_SIGNATURE,
                    () -> signing.verify(changed, Method.GET, "images", "k"));
        }
        for (String none : new String[] {"", "a", "!", signature + "AA", "AAAA".repeat(20)}) {
            refused(BlobFault.BAD_SIGNATURE, () -> signing.verify(none, Method.GET, "images", "k"));
        }
    }

    @Test
    void aSignatureEndsAtItsMoment() {
        String signature = signing.sign(get("k"));
        now = START.plusMillis(59_999);
        signing.verify(signature, Method.GET, "images", "k");
        now = START.plusMillis(60_000);
        refused(
                BlobFault.SIGNATURE_EXPIRED,
                () -> signing.verify(signature, Method.GET, "images", "k"));
        refused(BlobFault.INVALID_ARGUMENT, () -> signing.sign(get("k")));
        Instant late = now.plus(Duration.ofDays(7)).plusMillis(1);
        refused(
                BlobFault.INVALID_ARGUMENT,
                () -> signing.sign(BlobGrant.of(Method.GET, "images", "k", late)));
    }

    @Test
    void aSecretCanBeChangedWhileLinksAreOut() {
        String signature = signing.sign(get("k"));
        BlobSigning next = BlobSigning.with(secret('b'), clock);
        refused(BlobFault.BAD_SIGNATURE, () -> next.verify(signature, Method.GET, "images", "k"));
        next.alsoAccepting(secret).verify(signature, Method.GET, "images", "k");
        refused(
                BlobFault.INVALID_ARGUMENT,
                () -> BlobSigning.with("short".getBytes(StandardCharsets.UTF_8), clock));
    }

    @Test
    void aLinkCarriesItsKeyAsOneSegment() {
        URI base = URI.create("https://host/blobs/");
        for (String key :
                new String[] {"a b/c", "..", "../../etc/passwd", "\u0000\r\n", "\u00e9?#"}) {
            URI link = signing.link(base, get(key));
            assertEquals(key, link.getPath().substring("/blobs/".length()));
            assertEquals(link, link.normalize());
            assertEquals(2, link.getRawPath().chars().filter(c -> c == '/').count());
            String signature = link.getQuery().substring("signature=".length());
            assertTrue(signature.matches("[A-Za-z0-9_-]+"), signature);
            assertFalse(link.toString().contains("aaaaaaaa"), "the secret");
            signing.verify(signature, Method.GET, "images", key);
        }
    }
}
