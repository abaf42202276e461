package dev.flowir.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came back, its body not read yet.
 *
 * @param call what is known of the call
 * @param status from 100 to 599
 * @param headers by name in small letters
 * @param body the body
 */
record Answer(CallContext call, int status, Map<String, List<String>> headers, ReplyBody body) {

    Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
