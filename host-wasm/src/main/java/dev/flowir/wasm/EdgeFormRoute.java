package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.kernel.form.FormException;
import dev.flowir.kernel.form.FormFields;
import dev.flowir.kernel.form.FormLimits;
import dev.flowir.kernel.form.FormReader;
import dev.flowir.kernel.form.TakenForm;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.host.PathTemplate;
import dev.flowir.wasm.json.Form;
import dev.flowir.wasm.json.FormBook;
import dev.flowir.wasm.json.RecordForm;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flow at a path, for forms. Reads the body by itself, while it comes: the host has nothing to do
 * with it, so that workers without forms have nothing of this.
 */
final class EdgeFormRoute extends EdgeGuardedRoute {

    private final EdgeForm form;

    /** Forms that are coming, in this isolate. */
    private int coming;

    private @Nullable FormFields fields;

    EdgeFormRoute(
            Flow<?, ?> flow, String method, PathTemplate path, EdgeOptions options, EdgeForm form) {
        super(flow, method, path, options, form.guards());
        this.form = form;
    }

    @Override
    boolean wantsBody() {
        return false;
    }

    @Override
    List<Token<?>> needs() {
        List<Token<?>> tokens = super.needs();
        tokens.add(form.bucket());
        return tokens;
    }

    @Override
    String what() {
        return "form";
    }

    @Override
    EdgeReply stopped(EdgeCall call) {
        EdgeReply first = super.stopped(call);
        if (first != null) {
            return first;
        }
        String id = call.id();
        EdgeRequest request = call.request();
        if (EdgeHost.isCompressed(request)) {
            return EdgeHost.compressed(id);
        }
        FormLimits limits = form.limits();
        if (EdgeHost.length(request) > limits.maxBytes()) {
            return refused(FormException.tooLarge("the form", limits.maxBytes()), id);
        }
        String boundary;
        try {
            boundary = FormReader.boundary(request.header("content-type").orElse(""));
        } catch (FormException refused) {
            return refused(refused, id);
        }
        if (coming == limits.atOnce()) {
            return EdgeHost.error(503, "too many forms at the same time", id)
                    .retryAfter(Duration.ofSeconds(1));
        }
        JsForm js = Isolate.platform().form(((JsRequest) request).call());
        try {
            return arrived(call, js, boundary);
        } finally {
            js.over();
        }
    }

    private static EdgeReply refused(FormException refused, String id) {
        return EdgeReply.Whole.error(refused.envelope(id));
    }

    /** Takes the form, then runs the flow. */
    private EdgeReply arrived(EdgeCall call, JsForm js, String boundary) {
        EdgeHost host = call.host();
        FormFields shape = fields(host.forms());
        TakenForm taken;
        coming++;
        try {
            taken =
                    new FormReader(
                                    new EdgeFormBody(js, form.limits().within().toNanos()),
                                    boundary,
                                    shape,
                                    form.files(host.capabilities(), host.platform()),
                                    form.limits(),
                                    new EdgeFormHost(js, host.platform(), call.id()))
                            .take();
        } catch (FormException refused) {
            Platform.Parking discarded = host.platform().parking();
            js.discard(discarded::unpark);
            discarded.park();
            return refused(refused, call.id());
        } catch (EdgeFormBody.Slow slow) {
            return EdgeHost.error(408, "the body is too slow", call.id());
        } catch (IOException broken) {
            return EdgeHost.error(400, "the body is broken or incomplete", call.id());
        } finally {
            coming--;
        }
        return run(call, taken, shape);
    }

    private EdgeReply run(EdgeCall call, TakenForm taken, FormFields shape) {
        EdgeHost host = call.host();
        Object input;
        EdgeLimit limit;
        EdgeProgram program = program(host);
        boolean begun = false;
        try {
            input = new Payload(this, host.forms()).read(taken, shape, call.path());
            limit = call.limit();
            if (program instanceof EdgeRefusal never) {
                return call.fail(never.failure());
            }
            taken.keep();
            begun = true;
        } catch (CodecException refused) {
            return EdgeReply.Whole.error(Envelope.badInput(refused, call.id()));
        } catch (FormException refused) {
            return refused(refused, call.id());
        } finally {
            if (!begun) {
                taken.discard();
            }
        }
        return program.answer(call, input, limit);
    }

    private FormFields fields(FormBook forms) {
        FormFields known = fields;
        if (known == null) {
            Form<?> file = forms.edge(Type.of(UploadedFile.class)).form();
            Map<String, FormFields.Field> all = new LinkedHashMap<>();
            // checked when the worker was built
            RecordForm<?> record = (RecordForm<?>) read(forms).form();
            for (Map.Entry<String, Form<?>> each : record.components().entrySet()) {
                if (!path().parameters().contains(each.getKey())) {
                    Form<?> component = each.getValue();
                    all.put(
                            each.getKey(),
                            new FormFields.Field(
                                    component.element().equals(file),
                                    component.parameter().isList()));
                }
            }
            known = new FormFields(all);
            fields = known;
        }
        return known;
    }
}
