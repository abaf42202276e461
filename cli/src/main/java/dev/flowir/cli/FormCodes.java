package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What a host says of a form that reached no flow, explained. */
final class FormCodes {

    private FormCodes() {}

    static List<Code> all() {
        return List.of(
                form(
                        "FORM101",
                        "a body is no form",
                        "The route takes multipart/form-data, and the content type says something"
                                + " else.",
                        "send a form, in HTML with enctype=\"multipart/form-data\""),
                form(
                        "FORM102",
                        "a form has no boundary",
                        "The content type must name the text between the parts, 1 to 70"
                                + " characters of ASCII.",
                        "leave Content-Type to whatever makes the form"),
                form(
                        "FORM103",
                        "a form is broken",
                        "The body breaks off, or is no multipart/form-data from the byte and part"
                                + " on that the details name.",
                        "send each part with Content-Disposition: form-data, and the last"
                                + " delimiter"),
                form(
                        "FORM104",
                        "a form is too large",
                        "The parts, a part's head, the text, a file or the whole form is above"
                                + " the route's FormLimits. Nothing of it was kept.",
                        "send less, or raise the limit of the route"),
                form(
                        "FORM105",
                        "a form has a field that the flow does not take",
                        "The fields are the components of the flow's input that the path does not"
                                + " give.",
                        "send one of the fields that the suggestion lists"),
                form(
                        "FORM106",
                        "a field of a form is not as the flow takes it",
                        "A file came for a text, a text for a file, or one value came twice.",
                        "send a file with a filename, a text without, and a value once"),
                form(
                        "FORM107",
                        "text of a form is not UTF-8",
                        "A value, or the head of a part, has bytes that are not UTF-8, or says"
                                + " that it is something else.",
                        "send UTF-8"),
                form(
                        "FORM108",
                        "a file of a form could not be stored",
                        "Whatever takes the route's files failed; the log says how, under the"
                                + " request's id. Nothing of the form was kept.",
                        "look into the log, and send it again"));
    }

    private static Code form(String id, String title, String meaning, String fix) {
        return new Code(id, "form", Severity.ERROR, title, meaning, fix);
    }
}
