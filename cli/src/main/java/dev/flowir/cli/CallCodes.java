package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What calls to services end in, explained. */
final class CallCodes {

    private CallCodes() {}

    static List<Code> all() {
        return List.of(
                call(
                        "CALL101",
                        "the target of a call is no address",
                        "It cannot be read as one, or has a user name, a fragment, or '.' or '..' in its path.",
                        "encode what comes from outside with segment() and query()"),
                call(
                        "CALL102",
                        "a call may not go there",
                        "Scheme, host and port together are neither the endpoint's own nor on its list.",
                        "add the origin with Egress.to(), if it belongs there"),
                call(
                        "CALL103",
                        "a host is inside the private network",
                        "One of its addresses is not a public one, and the endpoint does not allow that.",
                        "allow it with Egress.withPrivateAddresses(), if it is meant"),
                call(
                        "CALL104",
                        "a header cannot be sent",
                        "Its name is none, its value has control characters or is beyond Latin-1, or the connection writes it.",
                        "encode the value, or leave the header out"),
                call(
                        "CALL105",
                        "a request is too large",
                        "Its body has more bytes than HttpLimits.maxRequestBytes.",
                        "send less, or raise the limit"),
                call(
                        "CALL106",
                        "a request's body could not be read",
                        "The stream that it comes from threw.",
                        "look at where the body comes from"),
                call(
                        "CALL107",
                        "too many calls in too short a time",
                        "The endpoint's rate is used up; nothing was sent.",
                        "let the flow retry after the time that is told"),
                call(
                        "CALL108",
                        "a service is left alone for a while",
                        "It failed too often, so the endpoint's circuit is open; nothing was sent.",
                        "let the flow retry later; look at the service"),
                call(
                        "CALL109",
                        "too many calls are open",
                        "The endpoint allows no more at the same time; nothing was sent.",
                        "close streams that are read, or raise HttpLimits.maxCalls"),
                call(
                        "CALL110",
                        "an endpoint is closed",
                        "It was used after it was closed.",
                        "keep the endpoint open as long as flows use it"),
                call(
                        "CALL201",
                        "a host has no address",
                        "Its name could not be resolved; nothing was sent.",
                        "check the name, and the machine's resolver"),
                call(
                        "CALL202",
                        "no connection came about",
                        "The host refused it or cannot be reached; nothing was sent.",
                        "check that the service runs, and its host and port"),
                call(
                        "CALL203",
                        "no connection came about in time",
                        "HttpTimeouts.connect passed; nothing was sent.",
                        "check host, port and firewall, or raise the limit"),
                call(
                        "CALL204",
                        "a service could not prove who it is",
                        "Its certificate is not trusted or is another name's; nothing was sent.",
                        "correct the certificate, or trust it with HttpSettings.with(SSLContext)"),
                call(
                        "CALL205",
                        "a service did not begin to answer in time",
                        "HttpTimeouts.firstByte passed; what was asked may still have been done.",
                        "raise the limit, or send the idempotency key and retry"),
                call(
                        "CALL206",
                        "a service fell silent in the middle",
                        "Nothing came for HttpTimeouts.idle.",
                        "raise the limit, or retry"),
                call(
                        "CALL207",
                        "a call took too long as a whole",
                        "HttpTimeouts.whole, or the call's own limit, passed.",
                        "raise the limit, or read a large reply with open()"),
                call(
                        "CALL208",
                        "the run's deadline passed during a call",
                        "The run had less time than the call took.",
                        "give the run more time"),
                call(
                        "CALL209",
                        "a call was given up",
                        "Its attempt was ended, or its stream was closed.",
                        "nothing, unless it was not meant"),
                call(
                        "CALL210",
                        "a connection was lost",
                        "It ended before the reply was whole; what was asked may have been done.",
                        "let the flow retry; send the idempotency key with changes"),
                call(
                        "CALL211",
                        "a reply is no HTTP",
                        "What came back could not be read.",
                        "check that host and port are the service's"),
                call(
                        "CALL301",
                        "a reply is too large",
                        "Its body has more bytes than HttpLimits.maxReplyBytes.",
                        "read it with open(), or raise the limit"),
                call(
                        "CALL302",
                        "a reply's headers are too large",
                        "They have more bytes than HttpLimits.maxHeaderBytes.",
                        "raise the limit"),
                call(
                        "CALL303",
                        "a redirect cannot be followed",
                        "There were too many, or it leads to no address, or from https to http.",
                        "call the final address, or allow more redirects"),
                call(
                        "CALL304",
                        "a status is not the one asked for",
                        "orThrow() wants 2xx; the message has the status and the beginning of the body.",
                        "look at the status; handle it where it is expected"),
                call(
                        "CALL305",
                        "a reply is no stream of events",
                        "Its status is not 200, or its content type not text/event-stream.",
                        "use send() or open(), or correct the address"),
                call(
                        "CALL306",
                        "an event is too large",
                        "It has more bytes than HttpLimits.maxEventBytes.",
                        "raise the limit"));
    }

    private static Code call(String id, String title, String meaning, String suggestion) {
        return new Code(id, "call", Severity.ERROR, title, meaning, suggestion);
    }
}
