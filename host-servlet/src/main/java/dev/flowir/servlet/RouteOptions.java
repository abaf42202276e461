package dev.flowir.servlet;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one route allows and how it answers. Immutable: each method gives another value. Without any
 * of them: bodies of at most 1 MiB, an empty body is {@code null}, no deadline, no limit, open to
 * everyone, 200.
 */
public final class RouteOptions {

    /** 1 MiB: what the platform allows for the payload of one workflow. */
    public static final int DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

    static final RouteOptions DEFAULT =
            new RouteOptions(
                    DEFAULT_MAX_BODY_BYTES,
                    "null",
                    BodyForm.BY_METHOD,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());

    /** Where the payload comes from. */
    enum BodyForm {
        /** JSON body for POST, PUT and PATCH; else parameters. */
        BY_METHOD,
        JSON,
        TEXT,
        PARAMETERS
    }

    /** How a stream goes on after a broken connection. */
    record Resumption(String member, Function<Object, Optional<String>> eventId) {}

    private final int maxBodyBytes;
    private final String emptyBody;
    private final BodyForm form;
    private final Optional<Duration> deadline;
    private final Optional<RateLimit> rateLimit;
    private final Optional<Authorizer> authorizer;
    private final Map<Class<?>, Integer> statuses;
    private final Optional<Resumption> resumption;

    private RouteOptions(
            int maxBodyBytes,
            String emptyBody,
            BodyForm form,
            Optional<Duration> deadline,
            Optional<RateLimit> rateLimit,
            Optional<Authorizer> authorizer,
            Map<Class<?>, Integer> statuses,
            Optional<Resumption> resumption) {
        this.maxBodyBytes = maxBodyBytes;
        this.emptyBody = emptyBody;
        this.form = form;
        this.deadline = deadline;
        this.rateLimit = rateLimit;
        this.authorizer = authorizer;
        this.statuses = statuses;
        this.resumption = resumption;
    }

    /**
     * Largest body; a larger one is answered with 413 and not read to its end.
     *
     * @param bytes at least 0
     */
    public RouteOptions maxBody(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxBody needs 0 bytes or more, got " + bytes);
        }
        return new RouteOptions(
                bytes, emptyBody, form, deadline, rateLimit, authorizer, statuses, resumption);
    }

    /** What an empty body stands for, for example {@code {}}; {@code null} unless said. */
    public RouteOptions emptyBody(String text) {
        return new RouteOptions(
                maxBodyBytes, text, form, deadline, rateLimit, authorizer, statuses, resumption);
    }

    /** Payload from a JSON body, also for a method that has parameters by custom. */
    public RouteOptions json() {
        return form(BodyForm.JSON);
    }

    /**
     * Payload is the text of the body, whatever its content type: for flows that take a {@code
     * String} or a {@code JsonValue}. An empty body is the empty text, or what {@link
     * #emptyBody(String)} says after this.
     */
    public RouteOptions rawText() {
        return form(BodyForm.TEXT).emptyBody("");
    }

    /** Payload from the parameters of path and query, also for a method that has a body. */
    public RouteOptions parameters() {
        return form(BodyForm.PARAMETERS);
    }

    /**
     * Time for the answer, for a stream until its end; after it the run is cancelled: 504. A client
     * may lower it with header {@code x-deadline-ms}, never raise it.
     */
    public RouteOptions deadline(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a deadline is not negative, got " + time);
        }
        return new RouteOptions(
                maxBodyBytes,
                emptyBody,
                form,
                Optional.of(time),
                rateLimit,
                authorizer,
                statuses,
                resumption);
    }

    /** Refuses what is above {@code limit} with 429 and {@code Retry-After}. */
    public RouteOptions rateLimit(RateLimit limit) {
        return new RouteOptions(
                maxBodyBytes,
                emptyBody,
                form,
                deadline,
                Optional.of(limit),
                authorizer,
                statuses,
                resumption);
    }

    /** Asks {@code who} before anything else is done for a request. */
    public RouteOptions authorize(Authorizer who) {
        return new RouteOptions(
                maxBodyBytes,
                emptyBody,
                form,
                deadline,
                rateLimit,
                Optional.of(who),
                statuses,
                resumption);
    }

    /** Answers 401 to requests that {@code allowed} does not let pass. */
    public RouteOptions authorizeIf(Predicate<RequestHead> allowed) {
        return authorize(head ->
                allowed.test(head)
                        ? Authorization.allowed()
                        : new Authorization.Unauthorized("Bearer"));
    }

    /**
     * Status of answers of one class, for example an arm of a sealed output. Its JSON then has no
     * {@code @type}: the status tells the arms apart.
     *
     * @param output the class
     * @param status from 200 to 599
     */
    public RouteOptions status(Class<?> output, int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("no final HTTP status: " + status);
        }
        Map<Class<?>, Integer> all = new LinkedHashMap<>(statuses);
        all.put(output, status);
        return new RouteOptions(
                maxBodyBytes,
                emptyBody,
                form,
                deadline,
                rateLimit,
                authorizer,
                Collections.unmodifiableMap(all),
                resumption);
    }

    /**
     * Gives each event an id taken from its item; a client that comes back with {@code
     * Last-Event-ID} gets that id as {@code member} of the payload, so that the flow can go on from
     * there. Streams of flows whose nodes are all strict need no such help: they are counted, and
     * what was seen is skipped.
     *
     * @param member name of the payload's member; it should be optional
     * @param item class of the items
     * @param id id of an item; without line breaks
     */
    public <T> RouteOptions resumable(String member, Class<T> item, Function<T, String> id) {
        Resumption how =
                new Resumption(
                        member,
                        value ->
                                item.isInstance(value)
                                        ? Optional.of(id.apply(item.cast(value)))
                                        : Optional.empty());
        return new RouteOptions(
                maxBodyBytes,
                emptyBody,
                form,
                deadline,
                rateLimit,
                authorizer,
                statuses,
                Optional.of(how));
    }

    private RouteOptions form(BodyForm newForm) {
        return new RouteOptions(
                maxBodyBytes,
                emptyBody,
                newForm,
                deadline,
                rateLimit,
                authorizer,
                statuses,
                resumption);
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }

    String emptyBody() {
        return emptyBody;
    }

    BodyForm form() {
        return form;
    }

    Optional<Duration> deadline() {
        return deadline;
    }

    Optional<RateLimit> rateLimit() {
        return rateLimit;
    }

    Optional<Authorizer> authorizer() {
        return authorizer;
    }

    Map<Class<?>, Integer> statuses() {
        return statuses;
    }

    Optional<Resumption> resumption() {
        return resumption;
    }
}
