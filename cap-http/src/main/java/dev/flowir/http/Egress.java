package dev.flowir.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where an endpoint may call: origins, that is scheme, host and port together. The origin that the
 * endpoint was opened at is always allowed. Addresses inside the private network (loopback, link
 * local, RFC 1918, unique local and the like, also behind a public name) are refused unless
 * allowed. Immutable.
 */
public final class Egress {

    private static final Egress NONE = new Egress(Set.of(), false);

    private final Set<Origin> origins;
    private final boolean privateAddresses;

    /**
     * An origin, or all origins one label below a domain or deeper.
     *
     * @param scheme http or https
     * @param host in small letters; {@code *.example.org} stands for what is below example.org
     * @param port from 1
     */
    private record Origin(String scheme, String host, int port) {

        static Origin of(URI uri) {
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            return new Origin(scheme, String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT), port);
        }

        boolean covers(Origin other) {
            boolean sameHost =
                    host.startsWith("*.")
                            ? other.host.endsWith(host.substring(1))
                                    && other.host.length() > host.length() - 1
                            : other.host.equals(host);
            return sameHost && other.scheme.equals(scheme) && other.port == port;
        }

        @Override
        public String toString() {
            return scheme + "://" + host + ":" + port;
        }
    }

    private Egress(Set<Origin> origins, boolean privateAddresses) {
        this.origins = origins;
        this.privateAddresses = privateAddresses;
    }

    /** {@return nowhere but to the endpoint's own origin} */
    public static Egress own() {
        return NONE;
    }

    /**
     * Allows one more origin.
     *
     * @param origin for example {@code https://api.example.org}, {@code http://10.0.0.7:8080} or
     *     {@code https://*.example.org}
     * @return the list with it
     * @throws IllegalArgumentException when it is no origin, or has a path
     */
    public Egress to(String origin) {
        String wild = origin.replace("//*.", "//any.");
        URI uri = URI.create(wild);
        Origin parsed = Origin.of(uri);
        boolean plain =
                (parsed.scheme().equals("https") || parsed.scheme().equals("http"))
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && "".equals(uri.getRawPath())
                        && uri.getRawQuery() == null;
        if (!plain) {
            throw new IllegalArgumentException(
                    "an origin is scheme, host and perhaps a port, not '" + origin + "'");
        }
        String host = wild.equals(origin) ? parsed.host() : "*." + parsed.host().substring(4);
        Set<Origin> more = new LinkedHashSet<>(origins);
        more.add(new Origin(parsed.scheme(), host, parsed.port()));
        return new Egress(more, privateAddresses);
    }

    /**
     * Allows addresses inside the private network, for what the list names anyway.
     *
     * @return the list with it
     */
    public Egress withPrivateAddresses() {
        return new Egress(origins, true);
    }

    boolean allowsPrivateAddresses() {
        return privateAddresses;
    }

    /** Whether the list, or the endpoint's own origin, covers an address. */
    boolean covers(URI own, URI uri) {
        Origin asked = Origin.of(uri);
        return sameOrigin(own, uri) || origins.stream().anyMatch(origin -> origin.covers(asked));
    }

    static boolean sameOrigin(URI one, URI other) {
        return Origin.of(one).equals(Origin.of(other));
    }

    static String origin(URI uri) {
        return Origin.of(uri).toString();
    }

    @Override
    public String toString() {
        return origins + (privateAddresses ? " with private addresses" : "");
    }
}
