package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A bucket of R2, as {@code blobs.mjs} hands it out. */
interface JsBlobs extends JSObject {

    /** Properties of an object; a text that is not there is empty. */
    interface Info extends JSObject {
        String key();

        String version();

        double size();

        String etag();

        double uploadedMillis();

        String http(String name);

        double expiryMillis();

        int customCount();

        String customName(int index);

        String customValue(int index);

        String checksum(String algorithm);
    }

    /** The bytes of an open object. */
    interface Source extends JSObject {
        void read(JsFetch.Piece piece, JsPlatform.Callback end, JsPlatform.TextCallback failed);

        void close();
    }

    /** Bytes on their way to the bucket. */
    interface Sink extends JSObject {
        void write(byte[] piece, JsPlatform.SentCallback taken);

        void end();

        void abort();
    }

    /** Takes properties. */
    @JSFunctor
    interface Found extends JSObject {
        void call(Info info);
    }

    /** Takes an open object. */
    @JSFunctor
    interface Opened extends JSObject {
        void call(Info info, Source source);
    }

    /** Objects of a list. */
    interface Page extends JSObject {
        int size();

        Info at(int index);

        boolean more();
    }

    /** Takes a list. */
    @JSFunctor
    interface Listed extends JSObject {
        void call(Page page);
    }

    /** An object to be. */
    interface Draft extends JSObject {
        void http(String name, String value);

        void expiry(double millis);

        void custom(String name, String value);

        void checksum(String algorithm, String sum);

        void replacesNothing();

        void replaces(String etag);

        Sink put(
                String key,
                double length,
                Found stored,
                JsPlatform.Callback unmet,
                JsPlatform.TextCallback failed);

        void copy(
                String from,
                String etag,
                String to,
                Found stored,
                JsPlatform.Callback unmet,
                JsPlatform.TextCallback failed);

        void upload(String key, JsPlatform.TextCallback done, JsPlatform.TextCallback failed);
    }

    void head(String key, Found found, JsPlatform.Callback missing, JsPlatform.TextCallback failed);

    /** A negative offset stands for the last bytes, a negative length for all that follow. */
    void get(
            String key,
            double offset,
            double length,
            String etag,
            Opened found,
            JsPlatform.Callback missing,
            JsPlatform.TextCallback failed);

    void list(
            String prefix, String after, int limit, Listed listed, JsPlatform.TextCallback failed);

    Draft draft();

    /** Keys as a list in JSON. */
    void delete(String keys, JsPlatform.Callback done, JsPlatform.TextCallback failed);

    Sink part(
            String key,
            String upload,
            int number,
            double length,
            JsPlatform.TextCallback stored,
            JsPlatform.TextCallback failed);

    /** Parts as a list in JSON. */
    void complete(
            String key, String upload, String parts, Found done, JsPlatform.TextCallback failed);

    void abort(String key, String upload, JsPlatform.Callback done, JsPlatform.TextCallback failed);
}
