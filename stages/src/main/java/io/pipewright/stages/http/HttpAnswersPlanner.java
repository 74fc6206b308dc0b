package io.pipewright.stages.http;

import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Plans the {@code http} server of a lookup; what is wrong with it is reported below the option {@code server}. */
public final class HttpAnswersPlanner {

    private static final Set<Scalar> WRITTEN = EnumSet.of(
            Scalar.STRING, Scalar.INT, Scalar.LONG, Scalar.BOOLEAN, Scalar.DECIMAL, Scalar.DATE, Scalar.TIMESTAMP);

    private final PlanContext in;
    private final Duration timeout;
    private final int capacity;

    /**
     * @param timeout of one attempt
     * @param capacity how many questions are open at most
     */
    public HttpAnswersPlanner(PlanContext in, Duration timeout, int capacity) {
        this.in = in;
        this.timeout = timeout;
        this.capacity = capacity;
    }

    /**
     * The server; empty if it cannot be asked so, which was reported.
     *
     * @param question the values that stand in the path
     */
    public Optional<AnswerSource> plan(
            ConnectionRef ref,
            String path,
            @Nullable Map<String, String> headers,
            SourceFormat format,
            RecordType question) {
        Optional<HttpConnectionOptions> connection = in.connection(ref, HttpConnectionOptions.class);
        boolean named = checkPath(path, question) & checkTypes(question);
        HttpHeaders.check(headers, "server.headers", connection, in::error);
        Optional<SourceFormatPlan> answer = in.format(format, "server.format");
        if (answer.isPresent() && answer.get().framing() == Framing.LINES_BELOW_HEADER) {
            in.error(
                    "bad-format",
                    "server.format",
                    "An answer has no first line that could name the columns.",
                    "leave `header` out, and name the columns with `columns` if their order is not that of the fields.");
        }
        if (format.blank() == SourceFormat.Blank.KEEP) {
            in.error(
                    "bad-format",
                    "server.format.blank",
                    "A blank answer is no record.",
                    "write `skip`, and it is as if the server knew nothing, or `deadLetter`.");
        }
        RecordType record = KeptFields.without(in.record(format.record()).type());
        if (connection.isEmpty() || answer.isEmpty() || !named) {
            return Optional.empty();
        }
        HttpSinkPlan.Limits limits = HttpSinkPlan.Limits.of(connection.get().timeouts());
        return Optional.of(new HttpAnswersPlan(
                connection.get().baseUrl().strip().replaceAll("/+$", ""),
                path,
                question,
                headers == null ? Map.of() : headers,
                answer.get(),
                record,
                format.blank() == SourceFormat.Blank.SKIP,
                connection.get().login(),
                new HttpSinkPlan.Limits(limits.connect(), timeout, timeout),
                capacity));
    }

    private boolean checkPath(String path, RecordType question) {
        if (path.contains("${")) {
            return true; // what is still a reference is resolved, and checked again, where the pipeline is submitted
        }
        boolean good = true;
        if (!path.startsWith("/")) {
            in.error("bad-value", "server.path", "`path` does not begin with a slash.", "write it as `/customers/…`.");
            good = false;
        }
        Set<String> named = new LinkedHashSet<>();
        Matcher names = HttpAnswersPlan.NAME.matcher(path);
        while (names.find()) {
            named.add(names.group(1));
        }
        for (String name : named) {
            if (question.field(name).isEmpty()) {
                good = false;
                in.error(
                        "unknown-key",
                        "server.path",
                        "`path` names `" + name + "`, which `key` does not give.",
                        in.nearest(name, question.names())
                                .map(found -> "did you mean `" + found + "`?")
                                .orElse("add `" + name + ": …` to `key`."));
            }
        }
        for (String name : question.names()) {
            if (!named.contains(name)) {
                good = false;
                in.error(
                        "useless-option",
                        OptionPath.key("key." + name),
                        "`path` does not name `" + name + "`, so the server is not asked for it.",
                        "write `{" + name + "}` in the path, or remove it.");
            }
        }
        return good;
    }

    private boolean checkTypes(RecordType question) {
        List<Field> others = question.fields().stream()
                .filter(field -> !(field.type() instanceof Scalar scalar && WRITTEN.contains(scalar)))
                .toList();
        others.forEach(field -> in.error(
                "type-mismatch",
                "key." + field.name(),
                "A path is a text, and `" + field.name() + "` is a `"
                        + field.type().text() + "`.",
                "write it as a text, such as `string(…)`."));
        return others.isEmpty();
    }
}
