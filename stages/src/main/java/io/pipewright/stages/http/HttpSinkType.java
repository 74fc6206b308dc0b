package io.pipewright.stages.http;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@code http} sink: sends records to a server, as JSON. */
public final class HttpSinkType implements StageType<HttpSinkOptions, HttpSinkPlan> {

    static final String WRITER_ROLE = "writer";

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SINK,
                "http",
                "Sends records to a server, as JSON, one or several in a request.",
                false,
                true,
                List.of(WRITER_ROLE));
    }

    @Override
    public Class<HttpSinkOptions> optionsType() {
        return HttpSinkOptions.class;
    }

    @Override
    public Optional<HttpSinkPlan> plan(HttpSinkOptions options, PlanContext in) {
        checkPath(options.path(), in);
        Optional<HttpConnectionOptions> connection = in.connection(options.connection(), HttpConnectionOptions.class);
        checkHeaders(options, connection, in);
        Map<String, Expression> written = options.body();
        if (written != null && written.isEmpty()) {
            in.error(
                    "empty-map", "body", "`body` names nothing to send.", "name a field, or leave `body` out for all.");
        }
        Optional<ComputedFields> body =
                written == null ? Optional.empty() : ComputedFields.check(written, "body", in.scope(), in);
        Optional<CheckedExpression> key = idempotencyKey(options, in);
        if ((written != null && body.isEmpty()) || (options.idempotencyKey() != null && key.isEmpty())) {
            return Optional.empty();
        }
        HttpSinkOptions.Batch batch = options.batch();
        HttpSinkOptions.Retry retry = retry(options, in);
        return connection.map(known -> new HttpSinkPlan(
                in.id(),
                known.baseUrl().strip().replaceAll("/+$", "") + options.path(),
                options.method().name().toUpperCase(Locale.ROOT),
                options.headers() == null ? Map.of() : options.headers(),
                body.orElse(null),
                batch != null,
                batch == null ? 1 : batch.size(),
                batch == null ? Duration.ZERO : batch.linger(),
                options.signature(),
                key.orElse(null),
                options.maxInFlight(),
                options.rateLimit(),
                retry,
                known.login(),
                HttpSinkPlan.Limits.of(known.timeouts()),
                in.input()));
    }

    private static HttpSinkOptions.Retry retry(HttpSinkOptions options, PlanContext in) {
        HttpSinkOptions.Retry retry = options.retry() == null ? HttpSinkOptions.Retry.DEFAULT : options.retry();
        retry.rules().check(HttpSinkOptions.Retry.DEFAULT.maxBackoff(), in);
        return retry;
    }

    private static void checkPath(String path, PlanContext in) {
        if (!path.startsWith("/") && !path.startsWith("${")) {
            in.error("bad-value", "path", "`path` does not begin with a slash.", "write it as `/hooks/…`.");
        }
    }

    private static void checkHeaders(
            HttpSinkOptions options, Optional<HttpConnectionOptions> connection, PlanContext in) {
        HttpHeaders.check(options.headers(), "headers", connection, in::error);
        if (options.signature() != null) {
            String header = options.signature().header();
            HttpHeaders.checkName(header, "signature.header", in::error);
            HttpHeaders.checkLogin(header, "signature.header", connection, in::error);
        }
        if (options.idempotencyKey() != null) {
            HttpHeaders.checkLogin(IDEMPOTENCY_KEY, OptionPath.key("idempotencyKey"), connection, in::error);
        }
    }

    private static Optional<CheckedExpression> idempotencyKey(HttpSinkOptions options, PlanContext in) {
        @Nullable Expression written = options.idempotencyKey();
        if (written == null) {
            return Optional.empty();
        }
        if (options.batch() != null) {
            in.error(
                    "conflicting-options",
                    OptionPath.key("idempotencyKey"),
                    "`idempotencyKey` is of one record, and with `batch` a request has several.",
                    "leave one of them out; a batch can hold the key in each record.");
        }
        Optional<CheckedExpression> key = in.check(written, in.scope());
        if (key.isPresent() && key.get().type() != Scalar.STRING) {
            in.error(
                    "type-mismatch",
                    "idempotencyKey",
                    "A header is a text, and `" + key.get().text() + "` is a `"
                            + key.get().type().text() + "`.",
                    "write it as a text, such as `string(" + key.get().text() + ")`.");
        }
        return key;
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<HttpSinkPlan>> builder() {
        return () -> new HttpSinkBuilder();
    }
}
