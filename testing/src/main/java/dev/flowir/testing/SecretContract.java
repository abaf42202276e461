package dev.flowir.testing;

import dev.flowir.kernel.cap.Secret;
import dev.flowir.secret.SecretException;
import dev.flowir.secret.SecretFault;
import java.util.List;

/**
 * What every provider of secrets keeps: a name gives its text to who asks, and shows it nowhere.
 */
public final class SecretContract {

    private static final String TEXT = "p\u00E4ss \"word\"\\with=signs";

    /** The rules SECR-01 and on. */
    public static final Contract<SecretBench> RULES =
            new Contract<>(
                    "secrets",
                    List.of(
                            Rule.of(
                                    "SECR-01",
                                    "a name gives its text, letter by letter",
                                    "the charset, and what is cut off",
                                    (bench, clock) -> {
                                        bench.plant("payments.key-1_A", TEXT);
                                        bench.plant("other", "other text");
                                        Expect.equal(
                                                "the text",
                                                TEXT,
                                                bench.reader().secret("payments.key-1_A").reveal());
                                    }),
                            Rule.of(
                                    "SECR-02",
                                    "a name without a secret is refused, and the message has the"
                                            + " name and no text",
                                    "what is said of a name that is not there",
                                    SecretContract::refusesUnknownNames),
                            Rule.of(
                                    "SECR-03",
                                    "what is no name is refused, before anything is looked up",
                                    "path traversal, control characters, length",
                                    SecretContract::refusesBadNames),
                            Rule.of(
                                    "SECR-04",
                                    "a secret that was changed or taken away is so at the next"
                                            + " question",
                                    "what is remembered of an earlier answer",
                                    SecretContract::seesChanges),
                            Rule.of(
                                    "SECR-05",
                                    "a secret and its handle show no text",
                                    "what toString() says",
                                    (bench, clock) -> {
                                        bench.plant("key", TEXT);
                                        Secret secret = bench.reader().secret("key");
                                        Expect.equal("a secret", "(secret)", secret.toString());
                                        String shown = bench.reader() + " " + bench.provider();
                                        Expect.that(
                                                "'" + shown + "' has no text",
                                                !shown.contains(TEXT));
                                    }),
                            Rule.of(
                                    "SECR-06",
                                    "a secret that cannot be used is refused without its text",
                                    "empty and very long texts",
                                    SecretContract::refusesUnusable)));

    private SecretContract() {}

    private static String refused(SecretFault fault, Expect.Work work) {
        SecretException refusal = Expect.refused("the name", SecretException.class, work);
        Expect.equal("the fault", fault, refusal.fault());
        return String.valueOf(refusal.getMessage());
    }

    private static void refusesUnknownNames(SecretBench bench, TestClock clock) throws Exception {
        bench.plant("there", TEXT);
        String message =
                refused(SecretFault.UNKNOWN_NAME, () -> bench.reader().secret("not-there"));
        Expect.that("'" + message + "' has the name", message.contains("'not-there'"));
        Expect.that("'" + message + "' has the code", message.startsWith("[SECR102] "));
        Expect.that("'" + message + "' has no other's text", !message.contains(TEXT));
    }

    private static void refusesBadNames(SecretBench bench, TestClock clock) throws Exception {
        bench.plant("a", TEXT);
        for (String name :
                List.of(
                        "",
                        ".",
                        "..",
                        "../a",
                        "a/../a",
                        "/etc/passwd",
                        "a\u0000",
                        "a b",
                        "a\n",
                        "\u00E4",
                        "-a",
                        "a".repeat(129),
                        "a\u0301",
                        "\uD83D",
                        "\u001b[31m",
                        HostileTexts.HUGE)) {
            String message = refused(SecretFault.BAD_NAME, () -> bench.reader().secret(name));
            Expect.that("the message is short", message.length() < 500);
        }
        String longest = "a".repeat(128);
        refused(SecretFault.UNKNOWN_NAME, () -> bench.reader().secret(longest));
    }

    private static void seesChanges(SecretBench bench, TestClock clock) throws Exception {
        bench.plant("key", "old");
        Expect.equal("before", "old", bench.reader().secret("key").reveal());
        bench.plant("key", "new");
        Expect.equal("after", "new", bench.reader().secret("key").reveal());
        bench.remove("key");
        refused(SecretFault.UNKNOWN_NAME, () -> bench.reader().secret("key"));
    }

    private static void refusesUnusable(SecretBench bench, TestClock clock) throws Exception {
        bench.plant("empty", "");
        refused(SecretFault.UNREADABLE, () -> bench.reader().secret("empty"));
        bench.plant("fits", "x".repeat(65_536));
        Expect.equal("length", 65_536, bench.reader().secret("fits").reveal().length());
        bench.plant("long", "x".repeat(65_537));
        String message = refused(SecretFault.UNREADABLE, () -> bench.reader().secret("long"));
        Expect.that("the message is short", message.length() < 500);
    }
}
