package dev.flowir.redis;

import dev.flowir.kernel.cap.Descriptor;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a server is and how it is talked to.
 *
 * @param host name or address
 * @param port its port
 * @param database number of the database, 0 unless told
 * @param keyPrefix what all keys on the server begin with, before a colon; {@code flowir} unless
 *     told. Applications with different ones share a server and nothing else
 * @param login who logs in; nobody unless told
 * @param tls in the clear unless told
 * @param patience how long it is waited for
 * @param bounds how much is under way at once
 * @param promised what a crash of the server leaves, where it does not tell itself; see {@link
 *     #promising}
 */
public record RedisSettings(
        String host,
        int port,
        int database,
        String keyPrefix,
        Optional<RedisLogin> login,
        RedisTls tls,
        RedisPatience patience,
        RedisBounds bounds,
        Optional<Descriptor.Durability> promised) {

    private static final int USUAL_PORT = 6379;

    /** Refuses what is no address. */
    public RedisSettings {
        if (host.isEmpty() || port < 1 || port > 65_535 || database < 0) {
            throw new IllegalArgumentException(
                    "no address of a server: " + host + ":" + port + "/" + database);
        }
        if (!keyPrefix.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a prefix of keys is 1 to 64 letters, digits, '_', '.' and '-', not '"
                            + keyPrefix
                            + "'");
        }
    }

    /**
     * A server with everything else as by default.
     *
     * @param host name or address
     * @param port its port, 6379 by custom
     * @return the settings
     */
    public static RedisSettings at(String host, int port) {
        return new RedisSettings(
                host,
                port,
                0,
                "flowir",
                Optional.empty(),
                RedisTls.off(),
                RedisPatience.defaults(),
                RedisBounds.defaults(),
                Optional.empty());
    }

    /**
     * A server at an address, with everything else as by default.
     *
     * @param address {@code redis://host:port/database}, or {@code rediss:} for an encrypted way
     *     that the JVM trusts; 6379 and 0 unless told. A login is not part of it
     * @return the settings
     * @throws IllegalArgumentException when it is none
     */
    public static RedisSettings at(URI address) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "");
        String path = Objects.requireNonNullElse(address.getPath(), "");
        boolean plain = scheme.equals("redis");
        if (!(plain || scheme.equals("rediss"))
                || address.getHost() == null
                || address.getUserInfo() != null
                || address.getQuery() != null
                || !path.matches("/?|/\\d{1,6}")) {
            throw new IllegalArgumentException(
                    "an address is redis://host:port/database or rediss://host:port/database,"
                            + " without a login");
        }
        RedisSettings settings =
                at(address.getHost(), address.getPort() < 0 ? USUAL_PORT : address.getPort())
                        .over(plain ? RedisTls.off() : RedisTls.on());
        return path.length() < 2 ? settings : settings.in(Integer.parseInt(path.substring(1)));
    }

    /**
     * The same with another database.
     *
     * @param number its number
     * @return the settings with it
     */
    public RedisSettings in(int number) {
        return new RedisSettings(
                host, port, number, keyPrefix, login, tls, patience, bounds, promised);
    }

    /**
     * The same with other names of keys.
     *
     * @param prefix what they begin with
     * @return the settings with it
     */
    public RedisSettings prefixed(String prefix) {
        return new RedisSettings(
                host, port, database, prefix, login, tls, patience, bounds, promised);
    }

    /**
     * The same with a login.
     *
     * @param who logs in
     * @return the settings with it
     */
    public RedisSettings as(RedisLogin who) {
        return new RedisSettings(
                host, port, database, keyPrefix, Optional.of(who), tls, patience, bounds, promised);
    }

    /**
     * The same over another way.
     *
     * @param way in the clear or encrypted
     * @return the settings with it
     */
    public RedisSettings over(RedisTls way) {
        return new RedisSettings(
                host, port, database, keyPrefix, login, way, patience, bounds, promised);
    }

    /**
     * The same with other times.
     *
     * @param times how long the server is waited for
     * @return the settings with it
     */
    public RedisSettings with(RedisPatience times) {
        return new RedisSettings(
                host, port, database, keyPrefix, login, tls, times, bounds, promised);
    }

    /**
     * The same with other bounds.
     *
     * @param most how much is under way at once
     * @return the settings with it
     */
    public RedisSettings with(RedisBounds most) {
        return new RedisSettings(
                host, port, database, keyPrefix, login, tls, patience, most, promised);
    }

    /**
     * The same, with the deployment's own word for what a crash leaves. Unless told, the server is
     * asked, and only one that appends to its file before it answers ({@code appendfsync always})
     * promises {@link Descriptor.Durability#LOCAL_DISK}.
     *
     * @param durability what is promised to flows
     * @return the settings with it
     */
    public RedisSettings promising(Descriptor.Durability durability) {
        return new RedisSettings(
                host,
                port,
                database,
                keyPrefix,
                login,
                tls,
                patience,
                bounds,
                Optional.of(durability));
    }
}
