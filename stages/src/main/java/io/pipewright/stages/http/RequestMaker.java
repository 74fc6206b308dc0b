package io.pipewright.stages.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.http.HttpSinkOptions.Signature;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Turns records into requests: the body, its signature, and the headers. */
final class RequestMaker {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    private final HttpSinkPlan plan;
    private final HttpUrl url;
    private final RecordType sent;
    private final ComputedFields.@Nullable Rows rows;
    private final @Nullable Evaluator key;
    private final @Nullable Mac mac;

    /**
     * Reads the key of the signature, on the machine that signs.
     *
     * @param input what the records hold
     */
    RequestMaker(HttpSinkPlan plan, RecordType input) {
        this.plan = plan;
        this.url = HttpUrl.get(plan.url());
        ComputedFields body = plan.body();
        this.sent = body == null ? input : body.addedTo(NOTHING);
        this.rows = body == null ? null : body.bind(Scope.of(input), sent);
        CheckedExpression written = plan.idempotencyKey();
        this.key = written == null ? null : written.evaluator(Scope.of(input));
        this.mac = mac(plan.signature());
    }

    private static @Nullable Mac mac(@Nullable Signature signature) {
        if (signature == null) {
            return null;
        }
        String algorithm = "Hmac" + signature.algorithm();
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(signature.secret().reveal().getBytes(UTF_8), algorithm));
            return mac;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("The key of `signature` cannot be used.", e);
        }
    }

    /** The server's host and port, for messages. */
    String server() {
        return "`" + url.host() + ":" + url.port() + "`";
    }

    /**
     * One record as JSON.
     *
     * @throws EvaluationException if a field has no value
     */
    String json(DataRecord record) {
        return rows == null ? RecordJson.write(sent, record) : RecordJson.write(sent, rows.of(record));
    }

    /**
     * The key by which the server knows a record again; null for none.
     *
     * @throws EvaluationException if it has no value, or one that no header can hold
     */
    @Nullable
    String idempotencyKey(DataRecord record) {
        if (key == null) {
            return null;
        }
        Object value = key.evaluate(record);
        String text = value == null ? "" : (String) value;
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new EvaluationException(
                    "bad-idempotency-key", "The idempotency key is empty, or holds more than printable ASCII.");
        }
        return text;
    }

    /** A request of these records, each as JSON. */
    Request request(List<Outgoing> records) {
        String text = plan.batched()
                ? records.stream().map(Outgoing::json).collect(Collectors.joining(",", "[", "]"))
                : records.get(0).json();
        byte[] body = text.getBytes(UTF_8);
        Request.Builder request = new Request.Builder().url(url).method(plan.method(), RequestBody.create(body, JSON));
        plan.headers().forEach(request::header);
        String idempotencyKey = records.get(0).idempotencyKey();
        if (idempotencyKey != null) {
            request.header(HttpSinkType.IDEMPOTENCY_KEY, idempotencyKey);
        }
        Signature signature = plan.signature();
        if (mac != null && signature != null) {
            request.header(
                    signature.header(),
                    signature.algorithm().name().toLowerCase(Locale.ROOT) + "="
                            + HexFormat.of().formatHex(mac.doFinal(body)));
        }
        return request.build();
    }
}
