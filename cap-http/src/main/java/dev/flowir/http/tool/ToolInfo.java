package dev.flowir.http.tool;

import dev.flowir.ir.JsonValue;
import java.util.Set;

/**
 * What a server says of a tool.
 *
 * @param name to call it by
 * @param description what it is for
 * @param parameters JSON Schema of its arguments
 * @param claims what the server claims; nobody has checked that
 */
public record ToolInfo(String name, String description, JsonValue parameters, Set<Claim> claims) {

    /** What a server can claim of a tool. */
    public enum Claim {
        /** It changes nothing. */
        READS_ONLY,
        /** It may destroy something. */
        DESTROYS,
        /** A repeat changes nothing more. */
        REPEATABLE
    }

    /** Copies the set. */
    public ToolInfo {
        claims = Set.copyOf(claims);
    }
}
