package dev.flowir.testing;

import java.util.List;

/** Texts that somebody hostile, or a language, takes for keys and names. */
final class HostileTexts {

    /** Each is another text: kept exactly as it is, or refused. At most 512 bytes of UTF-8. */
    static final List<String> APART =
            List.of(
                    "a",
                    "A",
                    " a",
                    "a ",
                    "a\u0000",
                    "a\n",
                    "../a",
                    "a/../a",
                    "/etc/passwd",
                    "%2e%2e%2fa",
                    "'; DROP TABLE t; --",
                    "\u00e9",
                    "e\u0301",
                    "\ufb01",
                    "fi",
                    "\u202ea",
                    "\uD83D\uDE00",
                    "x".repeat(511),
                    "x".repeat(512),
                    "a\u0000b",
                    "a\r\nb: c",
                    "\u001b[31m",
                    "\u007f",
                    "...",
                    "..\\..\\a",
                    "a%",
                    "a_",
                    "a:b",
                    "{a}",
                    "\u212b",
                    "\u00c5",
                    "\ufeffa",
                    "\ufffd",
                    "?");

    /** Some of them, where no more than 20 are kept. */
    static final List<String> FEW = APART.subList(0, 19);

    /** Halves of surrogate pairs: no text of Unicode, and so none that could be kept in UTF-8. */
    static final List<String> HALVES = List.of("\uD83D", "\uDE00", "a\uD83D", "\uDE00\uD83D");

    /** A key of a megabyte. */
    static final String HUGE = "x".repeat(1_000_000);

    /** A message names what is wrong, not all of it, and no control character of it. */
    static void fitsOnALine(Throwable refusal) {
        String message = String.valueOf(refusal.getMessage());
        Expect.that("the message is short: " + message.length(), message.length() < 500);
        Expect.that(
                "the message '" + message + "' is one line of printable letters",
                message.chars().noneMatch(Character::isISOControl));
    }

    private HostileTexts() {}
}
