package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** Why a worker is not packaged, explained. */
final class EdgeCodes {

    private EdgeCodes() {}

    static List<Code> all() {
        return List.of(
                new Code(
                        "EDGE101",
                        "edge",
                        Severity.ERROR,
                        "a name is none to the platform",
                        "Workers have lower-case letters, digits and hyphens in their names;"
                                + " bindings are identifiers of JavaScript.",
                        "choose another name, for a binding EdgeBindings.kv(name, platformName)"),
                new Code(
                        "EDGE102",
                        "edge",
                        Severity.ERROR,
                        "a KV namespace, a database or a rate limit has no id",
                        "The platform finds a namespace by its id, which no flow knows; that of a rate"
                                + " limit is a whole number that you choose.",
                        "pass --id BINDING=ID; wrangler kv namespace list and wrangler d1 list show them"),
                new Code(
                        "EDGE103",
                        "edge",
                        Severity.ERROR,
                        "a secret is not there",
                        "A worker without one of its secrets fails when a flow asks for it.",
                        "give it to the platform with wrangler secret put NAME and pass --secret"
                                + " NAME; for flow serve set the environment variable NAME"),
                new Code(
                        "EDGE104",
                        "edge",
                        Severity.ERROR,
                        "a flow has what durable runs at the edge do not do",
                        "A run is one object of the platform, found by its id: nobody counts what its"
                                + " bodies do together with others, and no step shares a transaction with"
                                + " its record.",
                        "bound what the node calls, ask for at_least_once; or run the flow on a JVM"),
                new Code(
                        "EDGE105",
                        "edge",
                        Severity.ERROR,
                        "the id of a rate limit is no whole number",
                        "The platform tells the rate limits of an account apart by whole numbers that"
                                + " you choose; limits with the same number count together.",
                        "pass --id BINDING=NUMBER with a number that no other limit of the account"
                                + " has, for example 1001"));
    }
}
