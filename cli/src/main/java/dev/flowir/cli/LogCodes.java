package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What logs of objects refuse, explained. */
final class LogCodes {

    private LogCodes() {}

    static List<Code> all() {
        return List.of(
                log(
                        "LOG101",
                        "an event has a word that is none",
                        "An id or type is empty, longer than 128 characters, or has others than A-Za-z0-9_.:- in it.",
                        "use such an id, or leave it out and have one made"),
                log(
                        "LOG102",
                        "an event is too large",
                        "As JSON it has more bytes than the log takes.",
                        "keep what is large in a blob store and its key in the event"),
                log(
                        "LOG103",
                        "a reducer is not pure",
                        "It gave two states for one state and event, gave null, or changed what it was given; nothing was appended.",
                        "let it use its arguments and nothing else; put times and random values into the event"),
                log(
                        "LOG104",
                        "a reducer holds something",
                        "It has fields or captured variables, and so what it gives may depend on them.",
                        "write it as a static method, and take what it needs from the state and the event"),
                log(
                        "LOG105",
                        "a log is not what was appended",
                        "A row was changed, is missing, or was put in by other means; the state that follows cannot be known.",
                        "restore the store from a copy, and find out who wrote to it"),
                log(
                        "LOG106",
                        "an archive is not what was put there",
                        "A part of a log's archive is missing or has other bytes.",
                        "restore the part from a copy of the archive"),
                log(
                        "LOG107",
                        "an event or a state has no JSON form",
                        "The codec of the log cannot write it.",
                        "make it of records, lists, maps, texts and numbers"),
                log(
                        "LOG108",
                        "an object has too many subscribers",
                        "As many as the options allow follow the log already.",
                        "close those that are no longer needed, or raise the bound"),
                log(
                        "LOG109",
                        "a reducer used its log",
                        "The log was used while it called its reducer.",
                        "take what the reducer needs from the state and the event"));
    }

    private static Code log(String id, String title, String meaning, String suggestion) {
        return new Code(id, "object", Severity.ERROR, title, meaning, suggestion);
    }
}
