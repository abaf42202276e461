package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.secret.SecretReader;
import dev.flowir.secret.Secrets;
import java.util.List;

/** Asks for a secret as a bearer token. */
final class EdgeBearer implements EdgeGuard {

    private static final String SCHEME = "bearer ";

    private final ReadToken<SecretReader> secrets;
    private final String name;

    private EdgeBearer(ReadToken<SecretReader> secrets, String name) {
        this.secrets = secrets;
        this.name = name;
    }

    /** Here and not beside the other guards, which must load where there is no such module. */
    static EdgeGuard guard(String binding, String secret) {
        return new EdgeBearer(Secrets.reader(binding), secret);
    }

    @Override
    public List<Token<?>> needs() {
        return List.of(secrets);
    }

    @Override
    public EdgeVerdict decide(EdgeVisit visit) {
        String header = visit.header("authorization").orElse("");
        String known = visit.handle(secrets).secret(name).reveal();
        boolean bearer =
                header.length() > SCHEME.length()
                        && Query.lower(header.substring(0, SCHEME.length())).equals(SCHEME);
        String given = bearer ? header.substring(SCHEME.length()).strip() : "";
        return isSame(known.getBytes(UTF_8), given.getBytes(UTF_8))
                ? EdgeVerdict.allowed()
                : new EdgeVerdict.Unauthorized("Bearer");
    }

    /** In a time that depends on the length of what is given only. */
    private static boolean isSame(byte[] known, byte[] given) {
        int differs = known.length ^ given.length;
        for (int i = 0; i < given.length; i++) {
            differs |= given[i] ^ known[i % known.length];
        }
        return differs == 0;
    }
}
