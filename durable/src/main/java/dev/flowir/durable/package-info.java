/**
 * Durable runs on the embedded store. Start with {@link dev.flowir.durable.DurableRuntime}; what an
 * application may say is public, and everything else is how it is done:
 *
 * <ul>
 *   <li><b>A run</b>: {@code Engine} holds the runs of a runtime, {@code Starts} begins them,
 *       {@code LiveRun} is one while it is in memory, {@code Attempts} are its bodies under way.
 *       {@code AlarmClock} wakes those that only wait.
 *   <li><b>Its journal</b>: {@code StoreJournal} and what it writes: {@code Schema}, {@code
 *       JournalRows}, {@code Chain}, {@code Folding}, {@code Sweeper}.
 *   <li><b>When it may begin</b>: {@code FlowLimit} with its {@code Gate}, {@code StepPermit},
 *       {@code Schedules}, {@code Versions} of flows.
 *   <li><b>What reaches it</b>: {@code Deliveries} of signals and answers, {@code Relatives} for
 *       runs of runs, {@code Dedupe} and {@code ExactlyOnce} for effects.
 *   <li><b>People</b>: {@code Steering} within the process; {@code AdminDoor} and {@code AdminDesk}
 *       from another one; {@code StoredRuns}, {@code SteeredRuns} and {@code Histories} without the
 *       code of the flows.
 *   <li><b>Feeds</b>: {@code Feeds}, {@code FeedWorker}, {@code StoredFeeds} and {@code
 *       KeptWindows} keep windows over many runs.
 * </ul>
 */
package dev.flowir.durable;
