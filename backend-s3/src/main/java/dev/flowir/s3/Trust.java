package dev.flowir.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.http.TlsTrustManagersProvider;

/** Who is believed to vouch for a server. */
final class Trust {

    private Trust() {}

    /** The certificates of a file alone; what is wrong with it is told at once. */
    static TlsTrustManagersProvider only(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in " + file);
            }
            KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
            believed.load(null, null);
            int number = 0;
            for (Certificate one : all) {
                believed.setCertificateEntry("trusted" + number++, one);
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(believed);
            return factory::getTrustManagers;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "no certificates can be read from " + file + ": " + e.getMessage(), e);
        }
    }
}
