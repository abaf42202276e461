package dev.flowir.kernel.form;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.FileSink.Received;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A form that is there: its texts are held, its files are taken and not yet kept. */
public final class TakenForm {

    /** A file that was taken. */
    record File(
            String field,
            boolean isInList,
            Received taken,
            String name,
            String contentType,
            long size,
            String sha256) {

        /** As {@link dev.flowir.kernel.cap.UploadedFile}. */
        JsonValue json() {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("key", JsonValue.text(taken.key()));
            members.put("name", JsonValue.text(name));
            members.put("contentType", JsonValue.text(contentType));
            members.put("size", JsonValue.number(size));
            members.put("sha256", JsonValue.text(sha256));
            return new JsonValue.Obj(members);
        }
    }

    private final FormHost host;
    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private final List<File> files = new ArrayList<>();

    TakenForm(FormHost host) {
        this.host = host;
    }

    void add(String field, String text) {
        List<String> all = texts.get(field);
        if (all == null) {
            all = new ArrayList<>();
            texts.put(field, all);
        }
        all.add(text);
    }

    void add(File file) {
        files.add(file);
    }

    boolean has(String field) {
        for (File file : files) {
            if (file.field().equals(field)) {
                return true;
            }
        }
        return texts.containsKey(field);
    }

    /** {@return values of its text fields} */
    public Map<String, List<String>> texts() {
        return texts;
    }

    /** {@return members of the flow's input that are files, or lists of them} */
    public Map<String, JsonValue> files() {
        Map<String, List<JsonValue>> lists = new LinkedHashMap<>();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (File file : files) {
            if (!file.isInList()) {
                members.put(file.field(), file.json());
                continue;
            }
            List<JsonValue> all = lists.get(file.field());
            if (all == null) {
                all = new ArrayList<>();
                lists.put(file.field(), all);
            }
            all.add(file.json());
        }
        for (Map.Entry<String, List<JsonValue>> list : lists.entrySet()) {
            members.put(list.getKey(), new JsonValue.Arr(list.getValue()));
        }
        return members;
    }

    static FormException notStored() {
        return new FormException(
                500, FormException.NOT_STORED, "a file could not be stored", "send it again");
    }

    /**
     * Lets its files be seen, one after the other.
     *
     * @throws FormException when one cannot be kept; {@link #discard()} then removes the others
     */
    public void keep() throws FormException {
        for (File file : files) {
            try {
                file.taken().keep();
            } catch (RuntimeException failure) {
                host.failed("a file of a form cannot be kept", failure);
                throw notStored().inField(file.field());
            }
        }
    }

    /** Removes its files, kept or not. */
    public void discard() {
        for (File file : files) {
            try {
                file.taken().discard();
            } catch (RuntimeException failure) {
                host.failed("a file of a refused form stays: " + file.taken().key(), failure);
            }
        }
        files.clear();
    }
}
