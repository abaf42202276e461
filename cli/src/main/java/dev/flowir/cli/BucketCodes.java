package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What can go wrong with a server that speaks S3, explained. */
final class BucketCodes {

    private BucketCodes() {}

    static List<Code> all() {
        return List.of(
                bucket(
                        "BUCKET101",
                        "nobody answers where a server should be",
                        "The server does not run, cannot be reached, or its certificate is not trusted. Nothing was sent.",
                        "see that the server runs and can be reached; let the flow retry"),
                bucket(
                        "BUCKET102",
                        "all connections to a server are in use",
                        "Open objects and calls hold as many as the settings allow, or as many calls as may be are under way. Nothing was sent.",
                        "close objects that are open; allow more connections"),
                bucket(
                        "BUCKET103",
                        "a connection is used after it was closed",
                        "Its owner closed it. Nothing was sent.",
                        "close it when the last run is over"),
                bucket(
                        "BUCKET104",
                        "a server does not let this key do this",
                        "Key or secret are wrong, or the key has not the right to this call or bucket.",
                        "correct the login, or the key's rights on the server"),
                bucket(
                        "BUCKET105",
                        "there is no such bucket",
                        "The server knows no bucket of this name.",
                        "create it on the server, or correct the name"),
                bucket(
                        "BUCKET106",
                        "a server's clock and this machine's are too far apart",
                        "Calls are signed with the time, and servers take 15 minutes of difference. Nothing was done.",
                        "set the clock of this machine, by NTP for example"),
                bucket(
                        "BUCKET201",
                        "a server has not answered",
                        "The call was sent, and no answer came in time or the connection broke: whether it was done is unknown.",
                        "let the flow retry what may be done twice; look at the server's load"),
                bucket(
                        "BUCKET202",
                        "a caller was interrupted while a server worked",
                        "The call was sent; whether it was done is unknown.",
                        "let the flow retry what may be done twice"),
                bucket(
                        "BUCKET301",
                        "a server has no room",
                        "Its disk or the bucket's quota is used up. The old object is still there.",
                        "give it more, or let objects expire"),
                bucket(
                        "BUCKET302",
                        "a server is not ready",
                        "It failed, or is asked too much. Whether it was done is unknown.",
                        "let the flow retry later; look at the server's log"),
                bucket(
                        "BUCKET303",
                        "a server refused a call",
                        "The message has its own words. Nothing was done.",
                        "look at what the server says"));
    }

    private static Code bucket(String id, String title, String about, String fix) {
        return new Code(id, "s3", Severity.ERROR, title, about, fix);
    }
}
