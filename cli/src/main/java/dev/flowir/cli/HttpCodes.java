package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What a host says of a request that reached no flow, explained. */
final class HttpCodes {

    private HttpCodes() {}

    static List<Code> all() {
        return List.of(
                http(
                        "HTTP400",
                        "a request cannot be read",
                        "The body broke off, or the request has no meaning in HTTP.",
                        "send it again, whole"),
                http(
                        "HTTP401",
                        "a request is not allowed without a token",
                        "The route asks who is calling.",
                        "send Authorization: Bearer with the token"),
                http(
                        "HTTP403",
                        "a request is not allowed",
                        "The host knows the caller and refuses.",
                        "use an account that may"),
                http(
                        "HTTP404",
                        "there is no such route",
                        "No route has this path.",
                        "correct the path"),
                http(
                        "HTTP405",
                        "a route has no such method",
                        "The header Allow lists those that it has.",
                        "use one of these"),
                http(
                        "HTTP408",
                        "a request came too slowly",
                        "Its body was not there in the time that the host gives.",
                        "send it faster, or in smaller parts"),
                http(
                        "HTTP413",
                        "a body is too large",
                        "The route bounds its bodies, in bytes.",
                        "send less; pass large content by reference"),
                http(
                        "HTTP415",
                        "a body is not of a kind that is taken",
                        "Bodies are application/json in UTF-8.",
                        "set the content type and write UTF-8"),
                http(
                        "HTTP429",
                        "requests come too fast",
                        "The caller passed the rate of the route. Retry-After says for how long.",
                        "wait that long"),
                http(
                        "HTTP431",
                        "the headers of a request are too large",
                        "Headers are bounded in bytes.",
                        "send fewer or shorter headers"),
                http(
                        "HTTP500",
                        "the host failed",
                        "Something went wrong that is no failure of a flow.",
                        "look in the log for the request's id"),
                http(
                        "HTTP503",
                        "the host takes nothing more now",
                        "It is full or draining. Retry-After says when to come again.",
                        "wait that long"),
                http(
                        "HTTP504",
                        "the time for a request is over",
                        "The deadline of the route passed.",
                        "ask for less, or raise the deadline"));
    }

    private static Code http(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "http", Severity.ERROR, summary, explanation, suggestion);
    }
}
