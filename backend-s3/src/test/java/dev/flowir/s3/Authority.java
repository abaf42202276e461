package dev.flowir.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.testing.S3Server;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** One who vouches for servers, made by the JDK's own tool. */
final class Authority {

    private final Path folder;

    private Authority(Path folder) {
        this.folder = folder;
    }

    static Authority in(Path folder) throws Exception {
        Authority authority = new Authority(folder);
        authority.keytool("-genkeypair", "-alias", "authority", "-dname", "CN=us", "-ext", "bc:c");
        authority.keytool(
                "-exportcert", "-rfc", "-alias", "authority", "-file", authority.file("us.pem"));
        return authority;
    }

    /** Its certificate, in PEM. */
    Path certificate() {
        return folder.resolve("us.pem");
    }

    /** A file with a server's key, with a certificate that is for one address. */
    Path server(String address) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=server",
                "-ext",
                "san=" + address,
                "-signer",
                "authority");
        Path file = folder.resolve("keys.p12");
        char[] password = S3Server.KEYS_PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(file.toFile(), password);
        keys.deleteEntry("authority");
        try (OutputStream out = Files.newOutputStream(file)) {
            keys.store(out, password);
        }
        return file;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()));
        command.addAll(List.of(arguments));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        command.addAll(
                List.of("-storepass", S3Server.KEYS_PASSWORD, "-keystore", file("keys.p12")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
