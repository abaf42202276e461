package dev.flowir.blob;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Sums by the JDK's digests. */
final class Digests {

    private Digests() {}

    static Optional<Sums.Sum> of(Checksum.Algorithm algorithm) {
        MessageDigest digest = Intake.digest(algorithm);
        return Optional.of(
                new Sums.Sum() {
                    @Override
                    public void add(byte[] bytes, int length) {
                        digest.update(bytes, 0, length);
                    }

                    @Override
                    public String hex() {
                        return HexFormat.of().formatHex(digest.digest());
                    }
                });
    }
}
