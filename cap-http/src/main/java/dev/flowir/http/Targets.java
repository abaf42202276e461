package dev.flowir.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** How the target of a call becomes an address. */
final class Targets {

    private Targets() {}

    static URI base(URI base) {
        boolean plain =
                isHttp(base)
                        && base.getHost() != null
                        && base.getRawUserInfo() == null
                        && base.getRawQuery() == null
                        && base.getRawFragment() == null;
        if (!plain) {
            throw new IllegalArgumentException(
                    "the base of an endpoint is http or https, a host and perhaps a path; user"
                            + " names and keys go into headers: "
                            + Shown.target(base.toString()));
        }
        return base;
    }

    private static boolean isHttp(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                || "http".equalsIgnoreCase(uri.getScheme());
    }

    /** The address of a call: absolute as it is, a path appended to the base. */
    static URI of(URI base, HttpCall<?> call) {
        return of(base, call.target(), call.parts().query());
    }

    private static URI of(URI base, String target, List<String> query) {
        String absolute = hasScheme(target) ? target : appended(base, target);
        for (String parameter : query) {
            absolute += (absolute.indexOf('?') < 0 ? "?" : "&") + parameter;
        }
        try {
            return checked(new URI(absolute));
        } catch (URISyntaxException e) {
            throw new HttpException(
                    HttpFault.BAD_TARGET,
                    "no address: '"
                            + Shown.target(target)
                            + "'; encode what comes from outside with segment() and query()");
        }
    }

    /** Where a redirect goes. */
    static URI redirected(URI from, String location) throws URISyntaxException {
        return checked(from.resolve(new URI(location)));
    }

    private static boolean hasScheme(String target) {
        int colon = target.indexOf("://");
        return colon > 0 && Letters.all(target.substring(0, colon), Character::isLetter);
    }

    private static String appended(URI base, String target) {
        String root = base.toString();
        if (target.isEmpty()) {
            return root;
        }
        String left = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        boolean joins = target.startsWith("/") || target.startsWith("?");
        return left + (joins ? "" : "/") + target;
    }

    private static URI checked(URI uri) {
        if (!isHttp(uri) || uri.getHost() == null) {
            throw refused(uri, "is no http or https address with a host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw refused(uri, "has a user name or a fragment; credentials go into headers");
        }
        if (climbs(uri.getRawPath())) {
            throw refused(
                    uri,
                    "has a path with '.' or '..'; encode what comes from outside with segment()");
        }
        return uri;
    }

    private static boolean climbs(String path) {
        String plain = path.toLowerCase(Locale.ROOT).replace("%2e", ".").replace("%2f", "/");
        String closed = "/" + plain + "/";
        return closed.contains("/./") || closed.contains("/../");
    }

    private static HttpException refused(URI uri, String why) {
        return new HttpException(HttpFault.BAD_TARGET, "'" + Shown.address(uri) + "' " + why);
    }
}
