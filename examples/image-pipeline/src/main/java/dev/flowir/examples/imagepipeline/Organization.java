package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.ListRequest;
import dev.flowir.examples.imagepipeline.Messages.Page;
import dev.flowir.examples.imagepipeline.Messages.PageRef;
import dev.flowir.object.ObjectView;
import dev.flowir.object.agent.Agent;
import dev.flowir.object.agent.AgentBody;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.object.agent.AgentClient;
import dev.flowir.object.agent.AgentLimits;
import java.util.List;
import java.util.function.Function;

/**
 * An organization: one agent each. It has the counts as its state, tells its clients what happens,
 * once each and after it is durable, and knows its runs. Clients may ask it, and change nothing.
 */
final class Organization implements AgentBody<OrganizationState>, OrganizationView {

    /**
     * Events, and with them ids, that are kept; our choice. A client that missed more sees state.
     * As many runs are.
     */
    static final int KEPT = 10_000;

    /** Runs that clients are shown. */
    static final int MOST_RUNS = 1_000;

    /**
     * A run that was begun for the organization.
     *
     * @param run its id
     * @param name what the picture was called
     * @param status what the last event said
     */
    record TrackedRun(String run, String name, String status) {}

    /**
     * The runs of an organization.
     *
     * @param runs in the order of their ids
     */
    record TrackedRuns(List<TrackedRun> runs) {}

    private final Agent<OrganizationState> agent;
    private final RunBook runs;

    private Organization(Agent<OrganizationState> agent) {
        this.agent = agent;
        this.runs = new RunBook(agent.self());
    }

    /**
     * The class.
     *
     * @param pages answers the method {@code getClassifications}
     */
    static AgentClass<Organization, OrganizationState> answering(
            Function<ListRequest, Page> pages) {
        return AgentClass.of(
                        "organization",
                        OrganizationState.class,
                        OrganizationState.NONE,
                        Organization::new)
                .access(request -> AgentClient.Access.READ)
                .limits(AgentLimits.defaults().withBounds(KEPT, 1, 1))
                .openMethod(
                        "getClassifications",
                        PageRef.class,
                        Page.class,
                        (it, page, client) ->
                                pages.apply(new ListRequest(it.id(), page.limit(), page.cursor())))
                .openMethod(
                        "getRuns",
                        Messages.Nothing.class,
                        TrackedRuns.class,
                        (it, nothing, client) -> new TrackedRuns(it.runs(MOST_RUNS)));
    }

    static ObjectView<OrganizationView> viewOf(
            AgentClass<Organization, OrganizationState> organizations) {
        return ObjectView.of(organizations.objects(), OrganizationView.class);
    }

    @Override
    public Agent<OrganizationState> agent() {
        return agent;
    }

    private String id() {
        return agent.self().id().name().orElseThrow();
    }

    /**
     * Records an event and tells it.
     *
     * @return false when it was recorded before
     */
    boolean record(Event event) {
        if (!agent.publishOnce(event.told(), event.id(), event)) {
            return false;
        }
        agent.setState(agent.state().after(event.type()));
        runs.track(event);
        return true;
    }

    @Override
    public OrganizationState state() {
        return agent.state();
    }

    @Override
    public List<TrackedRun> runs(int most) {
        return runs.first(most);
    }
}
