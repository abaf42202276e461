package dev.flowir.http;

import dev.flowir.kernel.cap.Secret;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A header to be sent.
 *
 * @param name in small letters
 * @param value asked for each time it is sent, so that it may change
 * @param credential whether it goes to the origin it is meant for only, and into no message
 */
record Header(String name, Supplier<Secret> value, boolean credential) {

    private static final Set<String> CREDENTIALS =
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "cookie",
                    "x-api-key",
                    "api-key",
                    "x-auth-token",
                    "x-goog-api-key",
                    "x-csrf-token");

    /** What the client writes itself, by the connection and by the body. */
    private static final Set<String> RESERVED =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    static Header of(String name, String value) {
        Secret text = Secret.of(value);
        String small = name.toLowerCase(Locale.ROOT);
        return new Header(small, () -> text, CREDENTIALS.contains(small));
    }

    static Header of(String name, Supplier<Secret> value) {
        return new Header(name.toLowerCase(Locale.ROOT), value, true);
    }

    boolean isNamedLike(Header other) {
        return name.equals(other.name);
    }

    /** The value, or a refusal that does not show it. */
    String checked(Secret text) {
        if (name.isEmpty() || !Letters.all(name, Header::isToken)) {
            throw new HttpException(
                    HttpFault.BAD_HEADER,
                    "a header's name is made of letters, digits and !#$%&'*+-.^_`|~, and is not"
                            + " empty");
        }
        if (RESERVED.contains(name)) {
            throw new HttpException(
                    HttpFault.BAD_HEADER, "header '" + name + "' is written by the client itself");
        }
        String value = text.reveal();
        if (!Letters.all(value, Header::isFieldText)) {
            throw new HttpException(
                    HttpFault.BAD_HEADER,
                    "the value of header '"
                            + name
                            + "' has a control character or one beyond Latin-1; encode it");
        }
        return value;
    }

    private static boolean isToken(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(letter) >= 0;
    }

    private static boolean isFieldText(char letter) {
        return letter == '\t' || (letter >= ' ' && letter <= 0xFF && letter != 0x7F);
    }
}
