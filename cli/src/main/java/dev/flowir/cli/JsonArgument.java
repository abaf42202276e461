package dev.flowir.cli;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON that an option gives: itself, in a file, or on standard input. */
final class JsonArgument {

    private JsonArgument() {}

    static byte[] bytes(String argument, Console console) {
        try {
            if (argument.equals("-")) {
                return FlowFile.bytes("-", console);
            }
            return argument.startsWith("@")
                    ? FlowFile.bytes(argument.substring(1), console)
                    : argument.getBytes(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new RefusedCommand("cannot read the input: " + FlowFile.why(failure));
        }
    }

    static JsonValue read(String argument, Console console) {
        try {
            return JsonCodecs.strict()
                    .of(Type.of(JsonValue.class))
                    .decode(bytes(argument, console));
        } catch (CodecException malformed) {
            throw new RefusedCommand("this is no JSON: " + malformed.getMessage());
        }
    }
}
