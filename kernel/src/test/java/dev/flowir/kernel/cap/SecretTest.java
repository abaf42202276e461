package dev.flowir.kernel.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A secret is told to who asks for it, and to nobody else. */
class SecretTest {

    /** What a careless flow might return. */
    record Careless(String name, Secret secret) {}

    @Test
    void hasNoText() {
        Secret secret = Secret.of("open sesame");
        assertEquals("(secret)", secret.toString());
        assertEquals("(secret)", secret.map(text -> "Bearer " + text).toString());
        assertEquals("open sesame", secret.reveal());
        assertEquals("Bearer open sesame", secret.map(text -> "Bearer " + text).reveal());
        assertNotEquals(secret, Secret.of("open sesame"));
    }

    @Test
    void isNotEncoded() {
        String text;
        try {
            byte[] json =
                    JsonCodecs.strict()
                            .of(Type.of(Careless.class))
                            .encode(new Careless("n", Secret.of("open sesame")));
            text = new String(json, StandardCharsets.UTF_8);
        } catch (Exception refused) {
            text = refused.toString();
        }
        assertFalse(text.contains("sesame"), text);
    }

    @Test
    void isTakenOutOfTexts() {
        Secret secret = Secret.of("a/b \"c\"").map(text -> "Bearer " + text);
        assertEquals("x (secret) y", secret.hideIn("x Bearer a/b \"c\" y"));
        assertEquals("x (secret) y", secret.hideIn("x a/b \"c\" y"));
        assertEquals("key=(secret)", secret.hideIn("key=a%2Fb+%22c%22"));
        assertEquals("key=(secret)", secret.hideIn("key=a%2Fb%20%22c%22"));
        assertEquals("{\"k\":\"(secret)\"}", secret.hideIn("{\"k\":\"a/b \\\"c\\\"\"}"));
        assertEquals("nothing", Secret.of("").hideIn("nothing"));
    }
}
