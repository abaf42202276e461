package dev.flowir.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether whoever answers is the server that was meant, and whether their clocks agree. */
class S3TrustTest {

    @TempDir private Path folder;

    private static void assertAway(S3Settings settings, String why) {
        try (S3 s3 = S3.at(settings)) {
            S3CallException away =
                    assertThrows(S3CallException.class, () -> s3.blobs("b", "bucket"));
            assertEquals(S3Fault.AWAY, away.fault(), away::toString);
            assertTrue(String.valueOf(away.getMessage()).contains(why), away::toString);
            assertEquals(1, s3.stats().refused());
        }
    }

    @Test
    void aServerIsBelievedByItsAuthorityAndItsNameAlone() throws Exception {
        Authority ours = Authority.in(folder);
        Path keys = ours.server("ip:127.0.0.1");
        try (S3Server server = S3Server.startSecure(folder, keys, "bucket")) {
            S3Settings settings = Benches.at(server.endpoint()).trusting(ours.certificate());
            try (S3 s3 = S3.at(settings);
                    RemoteBlobs blobs = s3.blobs("b", "bucket")) {
                blobs.writer(Scope.outside("test")).put("k", BlobBody.of("over TLS"));
                assertEquals("over TLS", blobs.reader().get("k").orElseThrow().text());
                assertInstanceOf(S3Health.Answers.class, s3.health("bucket"));
            }
            assertAway(Benches.at(server.endpoint()), "not believed"); // the JVM does not know it
            URI named = URI.create("https://localhost:" + server.port());
            assertAway(Benches.at(named).trusting(ours.certificate()), "localhost");
        }
    }

    @Test
    void certificatesThatCannotBeReadAreToldAtOnce() throws IOException {
        S3Settings settings = Benches.at(URI.create("https://127.0.0.1:1"));
        Path none = folder.resolve("none.pem");
        for (String content : new String[] {"", "no certificate"}) {
            Path file = Files.writeString(folder.resolve("wrong.pem"), content);
            assertThrows(IllegalArgumentException.class, () -> S3.at(settings.trusting(file)));
        }
        IllegalArgumentException missing =
                assertThrows(IllegalArgumentException.class, () -> S3.at(settings.trusting(none)));
        assertTrue(String.valueOf(missing.getMessage()).contains("none.pem"));
    }

    /** Amazon takes 15 minutes, both ways. */
    @Test
    void clocksThatAreTooFarApartAreNamed() throws IOException {
        for (int minutes : new int[] {16, -16}) {
            try (WireS3 server = new WireS3();
                    S3 s3 = S3.at(Benches.at(server.endpoint()));
                    RemoteBlobs blobs = s3.blobs("b", "bucket")) {
                server.ahead(Duration.ofMinutes(minutes));
                S3CallException apart =
                        assertThrows(S3CallException.class, () -> blobs.reader().get("k"));
                assertEquals(S3Fault.CLOCKS, apart.fault(), apart::toString);
                assertTrue(String.valueOf(apart.getMessage()).startsWith("[BUCKET106]"));
                // It begins with HEAD, whose answer has no name of it.
                assertEquals(
                        S3Fault.CLOCKS,
                        assertInstanceOf(S3Health.Silent.class, s3.health("bucket"))
                                .failure()
                                .fault());
                server.ahead(Duration.ofMinutes(minutes - Integer.signum(minutes) * 2));
                assertInstanceOf(S3Health.Answers.class, s3.health("bucket"));
            }
        }
    }
}
