/**
 * Hosting flows in an edge isolate: the same flows, compiled to JavaScript or WebAssembly. An
 * application implements {@link dev.flowir.wasm.EdgeApplication}; what it may say is public here,
 * and everything else is how it is done. By what it does, from the platform inwards:
 *
 * <ul>
 *   <li><b>The platform</b>, as the program sees it: {@code JsPlatform} and the other {@code Js*},
 *       behind {@code Platform}, so that everything above also runs on a JVM. {@code Isolate},
 *       {@code Waiting} and {@code Coroutine} wait for its promises.
 *   <li><b>A request</b>: {@code EdgeMain} is where it enters, {@code EdgeHost} lets it in, {@code
 *       EdgeCall} runs its flow, {@code EdgeReply} is the answer. {@code EdgeRoutes} and {@code
 *       EdgeRoute} are what is served, {@code EdgeForm*} forms, {@code EdgeGuard*} who may, {@code
 *       EdgeDesk} whatever answers in place of a flow.
 *   <li><b>A run</b>: {@code EdgePlan} is a flow that may run here. {@code EdgeSchedule} runs one
 *       that waits for nothing, {@code EdgeRun} with {@code EdgeAttempt} drives the machine for all
 *       others.
 *   <li><b>Messages and schedules</b>: {@code EdgeJobs}, {@code EdgeJob}, {@code EdgeConsumer}.
 *   <li><b>What is bound</b>: {@code EdgeManifest} lists it, an {@code EdgeProvider} each: {@code
 *       EdgeKv}, {@code EdgeBlobs}, {@code EdgeSql}, {@code EdgeQueue}, {@code EdgeHttp}, {@code
 *       EdgeRates}, {@code EdgeSecrets}, {@code EdgeObjects}.
 *   <li><b>Objects</b>: {@code EdgeObject}, its {@code EdgeContext}, its storage and sockets.
 *   <li><b>Durable runs</b>: {@code EdgeRuns} serves a flow's runs, {@code EdgeRunKeeper} is the
 *       object that keeps one, {@code EdgeLedger} its rows; {@code EdgeKeys}, {@code EdgeKin} and
 *       {@code EdgeOutbox} are what ties runs to keys and to each other. {@code EdgeRunList} is the
 *       object that lists them, {@code EdgeListing} tells it, {@code EdgeListDesk} shows it.
 *   <li><b>What the build asks</b>: {@code EdgeContents} and {@code Features}, so that a worker has
 *       what its flows use and nothing else.
 * </ul>
 */
package dev.flowir.wasm;
