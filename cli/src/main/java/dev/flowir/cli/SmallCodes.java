package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What the small capabilities refuse, explained: secrets, rate limits, caches, dedupe. */
final class SmallCodes {

    private SmallCodes() {}

    static List<Code> all() {
        return List.of(
                refusal(
                        "SECR101",
                        "a secret's name is no name",
                        "It is empty, longer than 128, or has something else than letters, digits, '.', '_' and '-'.",
                        "name the secret as the vault does"),
                refusal(
                        "SECR102",
                        "a vault has no secret of this name",
                        "It was looked for just now; the message has the name and the vault.",
                        "add the secret to the vault, or name another"),
                refusal(
                        "SECR103",
                        "a secret is there and cannot be used",
                        "It is empty, longer than 64 KiB, no UTF-8, or may not be read.",
                        "look at the file's rights and content"),
                refusal(
                        "RATE101",
                        "the key of a rate limit is no key",
                        "It is empty, longer than 512 bytes of UTF-8, or has half of a surrogate pair.",
                        "use a hash of what is long"),
                refusal(
                        "RATE102",
                        "a number of permits can never be granted",
                        "It is less than one, or more than a full bucket holds.",
                        "take fewer at once, or give the rate a larger burst"),
                refusal(
                        "RATE103",
                        "there is no permit in time",
                        "The bucket is empty, and the next permit comes later than the caller or its run may wait; nothing was taken.",
                        "let the flow retry after the time that is told"),
                refusal(
                        "RATE104",
                        "too many buckets are in use",
                        "More keys than the provider keeps have buckets that are not full.",
                        "use fewer keys, or raise maxKeys"),
                refusal(
                        "CACHE101",
                        "a node cannot be cached",
                        "It writes, emits a stream, or reads through more than one capability.",
                        "cache the node that computes or reads, before the others"),
                refusal(
                        "CACHE102",
                        "a cached node reads without a pin",
                        "What it reads can change, and nothing says to which state an answer belongs.",
                        "give the version of what it reads: Pin.of(\"prices\", \"2026-11-21\")"),
                refusal(
                        "CACHE103",
                        "the key of an answer is no key",
                        "It is empty, or longer than 1024 characters.",
                        "use a hash of what is long"),
                refusal(
                        "CACHE104",
                        "another attempt did not have the answer in time",
                        "The run's deadline passed while this attempt waited for one that works the answer out.",
                        "give the run more time, or look at why the work is slow"),
                refusal(
                        "CACHE105",
                        "an answer cannot be written",
                        "The cache is shared by processes, which needs the answer as JSON, and its type has none.",
                        "give the node an output of records, lists and plain values, or a cache in memory"),
                refusal(
                        "DEDUP101",
                        "the key of a dedupe is no key",
                        "It is empty, longer than 512 bytes of UTF-8, or has half of a surrogate pair.",
                        "use a hash of what is long"),
                refusal(
                        "DEDUP102",
                        "another work has the key and has not committed",
                        "Its lease still counts; the exception says for how long.",
                        "let the flow retry after that time"),
                refusal(
                        "DEDUP103",
                        "a lease ended before the work did",
                        "Another work has the key by now, so the work may be done twice.",
                        "make DedupeTimes.lease longer than the work takes"),
                refusal(
                        "DEDUP104",
                        "too many keys are kept",
                        "More than the provider has room for in memory; keys that ended do not count.",
                        "keep keys for less time, raise maxKeys, or keep them in a store"));
    }

    private static Code refusal(String id, String title, String about, String fix) {
        return new Code(id, "capability", Severity.ERROR, title, about, fix);
    }
}
