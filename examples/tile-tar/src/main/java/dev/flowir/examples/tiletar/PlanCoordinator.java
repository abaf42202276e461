package dev.flowir.examples.tiletar;

import dev.flowir.examples.tiletar.Deliverer.Broken;
import dev.flowir.examples.tiletar.Deliverer.Ending;
import dev.flowir.examples.tiletar.Deliverer.Whole;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.agent.Agent;
import dev.flowir.object.agent.AgentBody;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.object.agent.AgentClient;
import dev.flowir.object.agent.AgentEvent;
import dev.flowir.object.agent.AgentTask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The coordinator of a plan: one agent each. It has one job at a time, brings its archive to the
 * container while it gives its turn away, tells its clients how that gets on, and goes on after a
 * crash: what is to be done is a task of the agent, and so in the store.
 */
final class PlanCoordinator implements AgentBody<JobState>, PlanView {

    /** How often a job is begun. */
    static final int ATTEMPTS = 4;

    /** Wait before the second attempt, doubled for each further one. */
    static final Duration BACKOFF = Duration.ofSeconds(2);

    static final AgentEvent<JobState> PROGRESS = AgentEvent.of("progress", JobState.class);
    static final AgentEvent<JobState> STALLED = AgentEvent.of("stalled", JobState.class);
    static final AgentEvent<JobState> ENDED = AgentEvent.of("ended", JobState.class);

    /**
     * A job.
     *
     * @param number which of the plan
     */
    record JobRef(long number) {}

    private static final AgentTask<JobRef> DELIVER = AgentTask.of("deliver", JobRef.class);

    private final Agent<JobState> agent;
    private final Deliverer deliverer;
    private final BiFunction<PlanCoordinator, Long, Telling> telling;

    private PlanCoordinator(
            Agent<JobState> agent,
            Deliverer deliverer,
            BiFunction<PlanCoordinator, Long, Telling> telling) {
        this.agent = agent;
        this.deliverer = deliverer;
        this.telling = telling;
    }

    /**
     * The class.
     *
     * @param deliverer brings archives to the container
     * @param self the agent as others see it, by its name
     */
    static AgentClass<PlanCoordinator, JobState> bringing(
            Deliverer deliverer, Function<String, ObjectRef<PlanCoordinator>> self) {
        return AgentClass.of(
                        "plan-coordinator",
                        JobState.class,
                        JobState.NONE,
                        agent ->
                                new PlanCoordinator(
                                        agent,
                                        deliverer,
                                        (it, number) -> new Telling(self.apply(it.plan()), number)))
                .access(request -> AgentClient.Access.READ)
                .task(DELIVER, PlanCoordinator::work);
    }

    /** Tells the agent from outside of its turn, without waiting for each. */
    private static final class Telling implements Progress {
        private final ObjectRef<PlanCoordinator> to;
        private final long number;
        private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

        Telling(ObjectRef<PlanCoordinator> to, long number) {
            this.to = to;
            this.number = number;
        }

        @Override
        public void sent(int done, int total) {
            tell(it -> it.sent(number, done, total));
        }

        @Override
        public void stalled(String why) {
            tell(it -> it.stalled(number, why));
        }

        private synchronized void tell(Consumer<PlanCoordinator> what) {
            last =
                    to.send(it -> {
                        what.accept(it);
                        return true;
                    });
        }

        /** Waits until all is told; what is lost is made up for by how the job ends. */
        synchronized void settle() {
            last.exceptionally(lost -> false).join();
        }
    }

    @Override
    public Agent<JobState> agent() {
        return agent;
    }

    private String plan() {
        return agent.self().id().name().orElseThrow();
    }

    @Override
    public JobState state() {
        return agent.state();
    }

    /** Begins a job, unless one is under way. */
    JobState begin() {
        JobState now = agent.state();
        if (!now.isRunning() || agent.schedules().list().isEmpty()) {
            agent.setState(now.next());
            schedule(Duration.ZERO);
        }
        return agent.state();
    }

    private void schedule(Duration wait) {
        agent.schedules()
                .once(DELIVER, agent.self().now().plus(wait), new JobRef(agent.state().number()));
    }

    private boolean isCurrent(long number) {
        return agent.state().isRunning() && agent.state().number() == number;
    }

    private void work(JobRef job) throws InterruptedException {
        if (!isCurrent(job.number())) {
            return;
        }
        String plan = plan();
        Telling progress = telling.apply(this, job.number());
        Ending ending =
                agent.self()
                        .outside(() -> {
                            Ending brought = deliverer.deliver(plan, progress);
                            progress.settle();
                            return brought;
                        });
        if (isCurrent(job.number())) {
            end(ending);
        }
    }

    private void end(Ending ending) {
        JobState now = agent.state();
        switch (ending) {
            case Whole whole -> {
                agent.setState(now.complete(whole.detection(), whole.uses()));
                agent.publish(ENDED, agent.state());
            }
            case Broken(String why) when now.attempt() < ATTEMPTS -> {
                agent.setState(now.again(why));
                schedule(BACKOFF.multipliedBy(1L << (now.attempt() - 1)));
            }
            case Broken(String why) -> {
                agent.setState(now.failed(why));
                agent.publish(ENDED, agent.state());
            }
        }
    }

    private void sent(long number, int done, int total) {
        if (isCurrent(number)) {
            agent.setState(agent.state().progress(done, total));
            agent.publish(PROGRESS, agent.state());
        }
    }

    private void stalled(long number, String why) {
        if (isCurrent(number)) {
            agent.setState(agent.state().noting(why));
            agent.publish(STALLED, agent.state());
        }
    }
}
