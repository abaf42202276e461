package dev.flowir.testing;

import static dev.flowir.testing.Wrongs.always;
import static dev.flowir.testing.Wrongs.instead;
import static dev.flowir.testing.Wrongs.nothing;
import static dev.flowir.testing.Wrongs.swallowing;

import dev.flowir.http.tool.ToolAnswer;
import dev.flowir.http.tool.ToolException;
import dev.flowir.http.tool.ToolFault;
import dev.flowir.http.tool.ToolInvocation;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Fence;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be wrong with providers of tools. */
final class ToolDefects {

    private static final String ROOM = "dev.flowir.http.tool.";
    private static final String JSON = "dev.flowir.http.json.Json";

    /** What claims to hold all there is. */
    private static final Set<String> EVERYTHING =
            new AbstractSet<>() {
                @Override
                public boolean contains(@Nullable Object any) {
                    return true;
                }

                @Override
                public Iterator<String> iterator() {
                    return Collections.emptyIterator();
                }

                @Override
                public int size() {
                    return 0;
                }
            };

    private ToolDefects() {}

    static List<LibraryDefect> all() {
        return List.of(
                wrong(
                        "greets for each call",
                        "Session",
                        "agreed",
                        instead(call -> Twist.called(call.argument(0), "agree")),
                        "TOOL-01"),
                LibraryDefect.of(
                        "hands the key on under another name",
                        JSON + "Object",
                        "put",
                        putting("dev.flowir/idempotency-key", call -> call.arguments()[0] = "key"),
                        "TOOL-02"),
                wrong("answers no question of the server", "Rpc", "refuse", nothing(), "TOOL-03"),
                LibraryDefect.of(
                        "reads the first page only",
                        JSON,
                        "string",
                        reading("nextCursor", Optional.empty()),
                        "TOOL-04"),
                wrong(
                        "lets readers call anything",
                        "ToolSettings",
                        "reading",
                        new Twist.Wrong() {
                            @Override
                            public @Nullable Object after(Twist.Call call, @Nullable Object right) {
                                return right instanceof Set<?> ? EVERYTHING : right;
                            }
                        },
                        "TOOL-05"),
                LibraryDefect.of(
                        "takes a failure for an answer",
                        JSON,
                        "isTrue",
                        reading("isError", false),
                        "TOOL-06"),
                wrong("keeps a forgotten session", "Session", "forget", nothing(), "TOOL-07"),
                wrong("ends no session", "Rpc", "endSession", nothing(), "TOOL-08"),
                wrong(
                        "tells nobody of calls",
                        "ToolSettings",
                        "log",
                        always((Consumer<ToolInvocation>) call -> {}),
                        "TOOL-09"),
                LibraryDefect.of(
                        "calls for attempts that were given up",
                        "dev.flowir.kernel.cap.Scope",
                        "fence",
                        always(Fence.open()),
                        "TOOL-10"),
                wrong(
                        "takes every error for a refusal",
                        "RpcFaults",
                        "byCode",
                        always(ToolFault.REFUSED),
                        "TOOL-20"),
                wrong(
                        "takes every status for a refusal",
                        "RpcFaults",
                        "byStatus",
                        always(ToolFault.REFUSED),
                        "TOOL-21"),
                LibraryDefect.of(
                        "takes any version",
                        JSON,
                        "string",
                        reading("protocolVersion", Optional.of("2025-06-18")),
                        "TOOL-22"),
                wrong(
                        "takes anything for an answer",
                        "Asking",
                        "answer",
                        swallowing(
                                ToolException.class,
                                () -> new ToolAnswer.Done("", Optional.empty(), List.of())),
                        "TOOL-23"),
                wrong(
                        "takes every tool for one that only reads",
                        "Rpc$Request",
                        "repeats",
                        instead(call -> Twist.constant(ROOM + "Rpc$Repeats", "HARMLESS")),
                        "TOOL-24"),
                LibraryDefect.of(
                        "tells the server of another call",
                        JSON + "Object",
                        "put",
                        putting("requestId", call -> call.arguments()[1] = JsonValue.number(4711)),
                        "TOOL-25"),
                LibraryDefect.of(
                        "shows secrets",
                        "dev.flowir.http.Shown",
                        "without",
                        instead(call -> call.argument(0)),
                        "TOOL-26"));
    }

    /** Members of a name are written otherwise. */
    private static Twist.Wrong putting(String name, Consumer<Twist.Call> change) {
        return Wrongs.nothingWhere(call -> {
            if (name.equals(call.arguments()[0])) {
                change.accept(call);
            }
            return false;
        });
    }

    /** Members of a name are read as something else. */
    private static Twist.Wrong reading(String name, Object value) {
        return new Twist.Wrong() {
            @Override
            public @Nullable Object after(Twist.Call call, @Nullable Object right) {
                return name.equals(call.arguments()[1]) ? value : right;
            }
        };
    }

    private static LibraryDefect wrong(
            String what, String type, String method, Twist.Wrong wrong, String... noticed) {
        return LibraryDefect.of(what, ROOM + type, method, wrong, noticed);
    }
}
