package dev.flowir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How connections come about, or do not. */
class ConnectionTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path folder;

    private static HttpWriter writer(String base, HttpSettings settings) {
        return HttpEndpoint.open(
                        "service", base, settings.with(Egress.own().withPrivateAddresses()))
                .writer(Scope.outside("test"));
    }

    @Test
    void aServerWithoutRoomIsGivenUp() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            boolean waits = false;
            while (!waits && crowd.size() < 200) {
                Socket one = new Socket();
                crowd.add(one);
                try {
                    one.connect(full.getLocalSocketAddress(), 200);
                } catch (SocketTimeoutException noRoom) {
                    waits = true;
                }
            }
            Assumptions.assumeTrue(waits, "this system lets more wait than were asked for");
            HttpTimeouts timeouts = HttpTimeouts.DEFAULT.withConnect(Duration.ofMillis(200));
            HttpWriter writer =
                    writer(
                            "http://127.0.0.1:" + full.getLocalPort(),
                            HttpSettings.DEFAULT.with(timeouts));
            HttpException slow =
                    assertThrows(HttpException.class, () -> writer.send(HttpWrite.post("/")));
            assertEquals(HttpFault.CONNECT_TIMEOUT, slow.fault());
            assertEquals(HttpFault.Reach.NOTHING_SENT, slow.fault().reach());
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void aServiceIsTrustedByItsCertificateOnly() throws Exception {
        SSLContext tls = selfSigned();
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write(new byte[] {'o', 'k'});
                    exchange.close();
                });
        server.start();
        try {
            String base = "https://localhost:" + server.getAddress().getPort();
            HttpSettings trusting = HttpSettings.DEFAULT.with(tls);
            assertEquals("ok", writer(base, trusting).send(HttpRead.get("/")).text());
            HttpException stranger =
                    assertThrows(
                            HttpException.class,
                            () -> writer(base, HttpSettings.DEFAULT).send(HttpRead.get("/")));
            assertEquals(HttpFault.TLS_FAILED, stranger.fault());
            assertFalse(stranger.isRetriable());
            HttpException otherName =
                    assertThrows(
                            HttpException.class,
                            () ->
                                    writer(base.replace("localhost", "127.0.0.1"), trusting)
                                            .send(HttpRead.get("/")));
            assertEquals(HttpFault.TLS_FAILED, otherName.fault());
        } finally {
            server.stop(0);
        }
    }

    /** A key for localhost that nobody vouches for, made by the JDK's own tool. */
    private SSLContext selfSigned() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "server",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                keys.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
