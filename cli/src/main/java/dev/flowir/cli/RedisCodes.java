package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What can go wrong with a Redis server, explained. */
final class RedisCodes {

    private RedisCodes() {}

    static List<Code> all() {
        return List.of(
                redis(
                        "REDIS101",
                        "there is no connection to a server",
                        "Nobody answers where the server should be, or the connection was lost and is being made again. Nothing was sent.",
                        "see that the server runs and can be reached; let the flow retry"),
                redis(
                        "REDIS102",
                        "too much is under way to a server",
                        "As many commands or bytes as the bounds allow were sent and are not answered. Nothing was sent.",
                        "let the flow retry later; raise the bounds if the server is only far away"),
                redis(
                        "REDIS103",
                        "a connection is used after it was closed",
                        "Its owner closed it. Nothing was sent.",
                        "close it when the last run is over"),
                redis(
                        "REDIS104",
                        "a server does not let this user do this",
                        "User or password are wrong, or the user's rights have not this command or key.",
                        "correct the login, or the user's rights on the server"),
                redis(
                        "REDIS105",
                        "a server will not do",
                        "It is older than 7.0.",
                        "use a newer server"),
                redis(
                        "REDIS201",
                        "a server has not answered",
                        "The command was sent, and no answer came in time or the connection was lost: whether it was done is unknown.",
                        "let the flow retry what may be done twice; look at the server's load"),
                redis(
                        "REDIS202",
                        "a caller was interrupted while a server worked",
                        "The command was sent; whether it was done is unknown.",
                        "let the flow retry what may be done twice"),
                redis(
                        "REDIS301",
                        "a server is full",
                        "Its memory or its disk is used up. Nothing was written.",
                        "give it more, or let entries expire"),
                redis(
                        "REDIS302",
                        "a server is not ready",
                        "It loads its data, follows another server, or runs a long script. Nothing was written.",
                        "let the flow retry later"),
                redis(
                        "REDIS303",
                        "a server refused a command",
                        "The message has its own words. Nothing was written.",
                        "look at what else uses the same keys"));
    }

    private static Code redis(String id, String title, String about, String fix) {
        return new Code(id, "redis", Severity.ERROR, title, about, fix);
    }
}
