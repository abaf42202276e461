package dev.flowir.servlet;

import dev.flowir.kernel.cap.FileSink;
import dev.flowir.kernel.form.FormLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one route allows and how it answers. Each method gives another value and leaves this one as
 * it is. Without any of them: bodies of at most 1 MiB, an empty body is {@code null}, no deadline,
 * no rate limit, open to everyone, 200.
 */
public final class RouteOptions {

    /** 1 MiB: what the platform allows for the payload of one workflow. */
    public static final int DEFAULT_MAX_BODY_BYTES = 1024 * 1024;

    static final RouteOptions DEFAULT = new RouteOptions();

    /** Where the payload comes from. */
    enum BodyForm {
        /** JSON body for POST, PUT and PATCH; else parameters. */
        BY_METHOD,
        JSON,
        TEXT,
        PARAMETERS,
        /** Fields and files: {@link RouteOptions#upload()} says how. */
        MULTIPART
    }

    /** How a stream goes on after a broken connection. */
    record Resumption(String member, Function<Object, Optional<String>> eventId) {}

    // Not final only so that a copy can be changed before anybody else sees it.
    private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
    private String emptyBody = "null";
    private BodyForm form = BodyForm.BY_METHOD;
    private Optional<Duration> deadline = Optional.empty();
    private Optional<RateLimit> rateLimit = Optional.empty();
    private Optional<Authorizer> authorizer = Optional.empty();
    private Map<Class<?>, Integer> statuses = Map.of();
    private Optional<Resumption> resumption = Optional.empty();
    private Optional<FormOptions> upload = Optional.empty();

    private RouteOptions() {}

    private RouteOptions changed(Consumer<RouteOptions> change) {
        RouteOptions copy = new RouteOptions();
        copy.maxBodyBytes = maxBodyBytes;
        copy.emptyBody = emptyBody;
        copy.form = form;
        copy.deadline = deadline;
        copy.rateLimit = rateLimit;
        copy.authorizer = authorizer;
        copy.statuses = statuses;
        copy.resumption = resumption;
        copy.upload = upload;
        change.accept(copy);
        return copy;
    }

    /**
     * Largest body; a larger one is answered with 413 and not read to its end.
     *
     * @param bytes at least 0
     * @return further options
     */
    public RouteOptions maxBody(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxBody needs 0 bytes or more, got " + bytes);
        }
        return changed(copy -> copy.maxBodyBytes = bytes);
    }

    /**
     * What an empty body stands for; {@code null} unless said.
     *
     * @param text the body in its place, for example {@code {}}
     * @return further options
     */
    public RouteOptions emptyBody(String text) {
        return changed(copy -> copy.emptyBody = text);
    }

    /**
     * Payload from a JSON body, also for a method that has parameters by custom.
     *
     * @return further options
     */
    public RouteOptions json() {
        return changed(copy -> copy.form = BodyForm.JSON);
    }

    /**
     * Payload is the text of the body, whatever its content type: for flows that take a {@code
     * String} or a {@code JsonValue}. An empty body is the empty text, or what {@link
     * #emptyBody(String)} says after this.
     *
     * @return further options
     */
    public RouteOptions rawText() {
        return changed(copy -> {
            copy.form = BodyForm.TEXT;
            copy.emptyBody = "";
        });
    }

    /**
     * Payload is a form, {@code multipart/form-data}, within {@link FormLimits#DEFAULT}: see {@link
     * #form(FileSink, FormLimits)}.
     *
     * @param files where files go, for example {@code BlobFiles.under(writer, "img/")}
     * @return further options
     */
    public RouteOptions form(FileSink files) {
        return form(files, FormLimits.DEFAULT);
    }

    /**
     * Payload is a form, {@code multipart/form-data}: for flows that take a record. Its components
     * are the fields; those of type {@link dev.flowir.kernel.cap.UploadedFile}, an {@code Optional}
     * or a {@code List} of it are files, all others text. A file goes to {@code files} while it
     * comes, and is kept when the whole form is the flow's input; after that it is the flow's to
     * keep or to remove. Routes that share these options share {@link FormLimits#atOnce()}. {@link
     * #maxBody(int)} does not count for a form.
     *
     * @param files where files go
     * @param limits bounds of a form
     * @return further options
     */
    public RouteOptions form(FileSink files, FormLimits limits) {
        FormOptions how = new FormOptions(files, limits);
        return changed(copy -> {
            copy.form = BodyForm.MULTIPART;
            copy.upload = Optional.of(how);
        });
    }

    /**
     * Payload from the parameters of path and query, also for a method that has a body by custom.
     *
     * @return further options
     */
    public RouteOptions parameters() {
        return changed(copy -> copy.form = BodyForm.PARAMETERS);
    }

    /**
     * Time for the answer, for a stream until its end; after it the run is cancelled: 504. A client
     * may lower it with header {@code x-deadline-ms}, never raise it.
     *
     * @param time zero or more, from the start of the run
     * @return further options
     */
    public RouteOptions deadline(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a deadline is not negative, got " + time);
        }
        return changed(copy -> copy.deadline = Optional.of(time));
    }

    /**
     * Refuses what is above a rate with 429 and {@code Retry-After}.
     *
     * @param limit the rate; given to several routes it counts them together
     * @return further options
     */
    public RouteOptions rateLimit(RateLimit limit) {
        return changed(copy -> copy.rateLimit = Optional.of(limit));
    }

    /**
     * Lets somebody decide about each request before anything else is done for it.
     *
     * @param who decides
     * @return further options
     */
    public RouteOptions authorize(Authorizer who) {
        return changed(copy -> copy.authorizer = Optional.of(who));
    }

    /**
     * Answers 401 to the requests that do not pass.
     *
     * @param allowed which pass
     * @return further options
     */
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
     * @return further options
     */
    public RouteOptions status(Class<?> output, int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("no final HTTP status: " + status);
        }
        Map<Class<?>, Integer> all = new LinkedHashMap<>(statuses);
        all.put(output, status);
        return changed(copy -> copy.statuses = all);
    }

    /**
     * Gives each event an id taken from its item; a client that comes back with {@code
     * Last-Event-ID} gets that id as a member of the payload, so that the flow can go on from
     * there. Streams of flows whose nodes are all strict need no such help: their events are
     * counted, and those seen are skipped.
     *
     * @param member name of the payload's member; it should be optional
     * @param item class of the items
     * @param id id of an item; without line breaks
     * @param <T> type of the items
     * @return further options
     */
    public <T> RouteOptions resumable(String member, Class<T> item, Function<T, String> id) {
        Resumption how =
                new Resumption(
                        member,
                        value ->
                                item.isInstance(value)
                                        ? Optional.of(id.apply(item.cast(value)))
                                        : Optional.empty());
        return changed(copy -> copy.resumption = Optional.of(how));
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

    /** The form, when the payload is one. */
    Optional<FormOptions> upload() {
        return form == BodyForm.MULTIPART ? upload : Optional.empty();
    }

    Optional<Resumption> resumption() {
        return resumption;
    }
}
