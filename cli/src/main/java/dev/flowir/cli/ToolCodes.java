package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What calls of tools end in, explained. */
final class ToolCodes {

    private ToolCodes() {}

    static List<Code> all() {
        return List.of(
                tool(
                        "TOOL101",
                        "a call of a tool is none",
                        "It has no name, one that is too long, or arguments that are no JSON object; nothing was sent.",
                        "look at what a model wrote as arguments"),
                tool(
                        "TOOL102",
                        "a reader calls a tool that may do more than read",
                        "ToolSettings.reading does not name it; nothing was sent.",
                        "name it there if it only reads, or ask with Tools.caller"),
                tool(
                        "TOOL201",
                        "a call of a tool failed before an answer came",
                        "The cause has the code of the call.",
                        "look at the cause; tools that only read are retried"),
                tool(
                        "TOOL202",
                        "a tool was not waited for any longer",
                        "The run's deadline passed, or the attempt was given up; the server was told.",
                        "give the run more time"),
                tool(
                        "TOOL203",
                        "a tool took too long",
                        "Longer than ToolCall.within or HttpTimeouts allow; the server was told, and may have done its work.",
                        "allow more time, or look at the server"),
                tool(
                        "TOOL301",
                        "a server of tools has no room now",
                        "It answered 429 or 503; nothing was done.",
                        "let the flow retry after the time that is told"),
                tool(
                        "TOOL302",
                        "a server of tools does not let this caller in",
                        "It answered 401 or 403.",
                        "look at the key and what it may do"),
                tool(
                        "TOOL303",
                        "a server of tools does not take a call",
                        "It refused it as wrong; it will do so again. A 404 without a session says that the address is wrong.",
                        "look at the tool's parameters and the server's address"),
                tool(
                        "TOOL304",
                        "a server has no such tool",
                        "It does not know the name.",
                        "look at what list() gives"),
                tool(
                        "TOOL305",
                        "a server of tools failed",
                        "What it had done by then is not known.",
                        "look at the server; tools that only read are retried"),
                tool(
                        "TOOL306",
                        "a server of tools speaks no known version",
                        "Known are 2025-03-26, 2025-06-18 and 2025-11-25 of the Model Context Protocol.",
                        "use a newer server, or its older address"),
                tool(
                        "TOOL401",
                        "an answer is none of the Model Context Protocol",
                        "It is no JSON, has another id, or a result without content.",
                        "look at the server's address"),
                tool(
                        "TOOL402",
                        "a stream ended before the tool's answer",
                        "What was done by then is not known.",
                        "look at the server; tools that only read are retried"),
                tool(
                        "TOOL403",
                        "a server lists too many tools",
                        "More than ToolSettings.maxTools, or pages without an end.",
                        "raise the bound, or use a server that offers fewer"),
                tool(
                        "TOOL404",
                        "a tool says that it failed",
                        "The answer is a ToolAnswer.Failed, and orThrow() was asked of it.",
                        "read text(), which says why; often a model can make something of it"));
    }

    private static Code tool(String id, String title, String about, String fix) {
        return new Code(id, "capability", Severity.ERROR, title, about, fix);
    }
}
