package dev.flowir.s3;

import dev.flowir.kernel.cap.Descriptor;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server that speaks S3 is and how it is talked to.
 *
 * @param endpoint its address; empty for Amazon's own in the region
 * @param region name of the region, for signatures too
 * @param login who calls
 * @param addressing where a bucket's name stands
 * @param patience how long is waited for
 * @param connections most of them at once, 1 to 1000; an open object holds one
 * @param calls most of them under way at once, with those that wait for a connection, 1 to 100,000;
 *     one more is refused
 * @param trusted certificates that are believed where the address is https, in PEM; those of the
 *     JVM when empty
 * @param promised what a crash leaves of what was acknowledged
 */
public record S3Settings(
        Optional<URI> endpoint,
        String region,
        S3Login login,
        Addressing addressing,
        S3Patience patience,
        int connections,
        int calls,
        Optional<Path> trusted,
        Descriptor.Durability promised) {

    private static final int CONNECTIONS = 50;
    private static final int MOST_CONNECTIONS = 1000;
    private static final int CALLS = 1000;
    private static final int MOST_CALLS = 100_000;

    /** Where a bucket's name stands in a request. */
    public enum Addressing {
        /** In the host's name, as Amazon wants it. */
        HOST,
        /** In the path, as most other servers take it. */
        PATH
    }

    /** Refuses what is no address. */
    public S3Settings {
        if (endpoint.filter(uri -> uri.getHost() == null || uri.getUserInfo() != null)
                .isPresent()) {
            throw new IllegalArgumentException(
                    "an address is http or https with a host, and has no password in it");
        }
        if (connections < 1 || connections > MOST_CONNECTIONS || region.isEmpty()) {
            throw new IllegalArgumentException(
                    "1 to "
                            + MOST_CONNECTIONS
                            + " connections and the name of a region are needed");
        }
        if (calls < 1 || calls > MOST_CALLS) {
            throw new IllegalArgumentException("1 to " + MOST_CALLS + " calls are under way");
        }
    }

    /**
     * Amazon's own servers.
     *
     * @param region for example {@code eu-central-1}
     * @param login who calls
     * @return the settings; replicated is promised
     */
    public static S3Settings amazon(String region, S3Login login) {
        return new S3Settings(
                Optional.empty(),
                region,
                login,
                Addressing.HOST,
                S3Patience.defaults(),
                CONNECTIONS,
                CALLS,
                Optional.empty(),
                Descriptor.Durability.REPLICATED);
    }

    /**
     * Another server, with the bucket in the path.
     *
     * @param endpoint its address, for example {@code https://minio.internal:9000}
     * @param login who calls
     * @return the settings; nothing is promised unless {@link #promising} says so
     */
    public static S3Settings at(URI endpoint, S3Login login) {
        return new S3Settings(
                Optional.of(endpoint),
                "us-east-1",
                login,
                Addressing.PATH,
                S3Patience.defaults(),
                CONNECTIONS,
                CALLS,
                Optional.empty(),
                Descriptor.Durability.NONE);
    }

    /**
     * The same in another region.
     *
     * @param name its name
     * @return the settings with it
     */
    public S3Settings in(String name) {
        return new S3Settings(
                endpoint, name, login, addressing, patience, connections, calls, trusted, promised);
    }

    /**
     * The same with another way to say the bucket.
     *
     * @param where its name stands
     * @return the settings with it
     */
    public S3Settings addressing(Addressing where) {
        return new S3Settings(
                endpoint, region, login, where, patience, connections, calls, trusted, promised);
    }

    /**
     * The same with other times.
     *
     * @param times how long is waited for
     * @return the settings with it
     */
    public S3Settings with(S3Patience times) {
        return new S3Settings(
                endpoint, region, login, addressing, times, connections, calls, trusted, promised);
    }

    /**
     * The same with another number of connections.
     *
     * @param most of them
     * @return the settings with it
     */
    public S3Settings connections(int most) {
        return new S3Settings(
                endpoint, region, login, addressing, patience, most, calls, trusted, promised);
    }

    /**
     * The same with another bound of calls under way: what waits for a server that is slow or away
     * takes no more memory than so many calls.
     *
     * @param most of them; a put holds up to 128 KiB of its body
     * @return the settings with it
     */
    public S3Settings calls(int most) {
        return new S3Settings(
                endpoint,
                region,
                login,
                addressing,
                patience,
                connections,
                most,
                trusted,
                promised);
    }

    /**
     * The same, where only some certificates are believed, such as an authority of one's own.
     *
     * @param certificates in PEM; read when a client is made
     * @return the settings with it
     */
    public S3Settings trusting(Path certificates) {
        return new S3Settings(
                endpoint,
                region,
                login,
                addressing,
                patience,
                connections,
                calls,
                Optional.of(certificates),
                promised);
    }

    /**
     * The same, with the deployment's word for what a crash of the server leaves.
     *
     * @param durability what is promised to flows
     * @return the settings with it
     */
    public S3Settings promising(Descriptor.Durability durability) {
        return new S3Settings(
                endpoint,
                region,
                login,
                addressing,
                patience,
                connections,
                calls,
                trusted,
                durability);
    }
}
