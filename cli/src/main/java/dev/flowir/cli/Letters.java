package dev.flowir.cli;

import dev.flowir.queue.MessageFilter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class Letters {

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            description = {
                "only those that meet it; several must all hold:",
                "id=ID, from=QUEUE where it was given up, error=TEXT in the last error,",
                "stack=DIGEST of its stack trace"
            })
    private List<String> filters = List.of();

    MessageFilter filter() {
        MessageFilter all = MessageFilter.all();
        for (String text : filters) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            String value = text.substring(equals + 1);
            all =
                    switch (equals < 0 || value.isEmpty() ? "" : key) {
                        case "id" ->
                                new MessageFilter(
                                        Set.of(value),
                                        all.sourceQueue(),
                                        all.errorContains(),
                                        all.stackDigest());
                        case "from" -> all.from(value);
                        case "error" -> all.errorContains(value);
                        case "stack" -> all.stackDigest(value);
                        default ->
                                throw new RefusedCommand(
                                        "'"
                                                + text
                                                + "' is no filter; filters are id=, from=, error="
                                                + " and stack=, each with a value");
                    };
        }
        return all;
    }
}
