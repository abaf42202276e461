/**
 * Contract kits: numbered rules that every provider of a capability keeps, for the providers here
 * and for yours; and the virtual time that they run in.
 *
 * <p>To check a provider, extend the test class of its kit and open the provider; five lines:
 *
 * <pre>{@code
 * class MyDatabaseTest extends SqlContractTest {
 *     @Override
 *     protected SqlBench open(TestClock clock) {
 *         return SqlBench.of(MyDatabase.provider("db", clock));
 *     }
 * }
 * }</pre>
 *
 * <p>Each rule then runs as a test of its own, named by its number, on a fresh provider with a
 * fresh {@link dev.flowir.testing.TestClock}. A rule about something optional is skipped, with the
 * reason, where the provider says that it does not support it ({@code supportsRestart()} and the
 * like). A failure names the rule, what was seen, and what to check. Without JUnit, {@link
 * dev.flowir.testing.Contract#verify} gives the verdicts as values.
 *
 * <p>To write a kit: a {@link dev.flowir.testing.Bench} with the questions that the rules ask, a
 * {@link dev.flowir.testing.Contract} with the {@linkplain dev.flowir.testing.Rule rules}, and an
 * abstract {@link dev.flowir.testing.ContractTest} of it. A kit is tested by breaking it: for every
 * rule there is a deliberately wrong provider, and {@code verify} must fail exactly that rule on
 * it.
 */
package dev.flowir.testing;
