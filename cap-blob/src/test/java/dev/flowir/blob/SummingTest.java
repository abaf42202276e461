package dev.flowir.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummingTest {

    private static final int BUFFER = 1000;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 4 * BUFFER, 5 * BUFFER, 777_777})
    void sumsAllBytesInTheirOrder(int length) throws Exception {
        byte[] body = bytes(length);
        MessageDigest one = MessageDigest.getInstance("MD5");
        MessageDigest other = MessageDigest.getInstance("SHA-256");
        Summing summing = new Summing(List.of(one, other), BUFFER);
        byte[] buffer = summing.buffer();
        for (int from = 0; from < length; from += BUFFER) {
            int count = Math.min(BUFFER, length - from);
            System.arraycopy(body, from, buffer, 0, count);
            summing.sum(count);
            assertEquals(body[from], buffer[0], "it is still whole");
            buffer = summing.buffer();
        }
        summing.await();
        assertArrayEquals(MessageDigest.getInstance("MD5").digest(body), one.digest());
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(body), other.digest());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, BUFFER})
    void buffersThatAreNotFullMayBeFollowedByOthers(int count) throws Exception {
        byte[] body = bytes(20 * count);
        MessageDigest digest = MessageDigest.getInstance("MD5");
        Summing summing = new Summing(List.of(digest), BUFFER);
        for (int from = 0; from < body.length; from += count) {
            System.arraycopy(body, from, summing.buffer(), 0, count);
            summing.sum(count);
        }
        summing.await();
        assertArrayEquals(MessageDigest.getInstance("MD5").digest(body), digest.digest());
    }
}
