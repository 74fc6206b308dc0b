package io.pipewright.stages.http;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of questions: a template in which each name in braces is replaced by its value, percent-encoded.
 *
 * <p>A value cannot lead to another place than the template means: one that is empty, or would make a step of {@code .}
 * or {@code ..}, is refused.
 */
final class QuestionUrl {

    private final String template;
    private final List<String> names;

    /** @param question the values that a question has */
    QuestionUrl(String template, RecordType question) {
        this.template = template;
        this.names = question.names();
    }

    /**
     * The address of a question.
     *
     * @throws EvaluationException if a value cannot stand in it
     */
    HttpUrl of(DataRecord question) {
        String text = HttpAnswersPlan.NAME
                .matcher(template)
                .replaceAll(name -> Matcher.quoteReplacement(encoded(name, question)));
        String path = text.split("\\?", 2)[0];
        if (Arrays.stream(path.split("/")).anyMatch(step -> step.equals(".") || step.equals(".."))) {
            throw new EvaluationException("bad-key", "A step of the path would be `.` or `..`.");
        }
        return HttpUrl.get(text);
    }

    private String encoded(MatchResult name, DataRecord question) {
        String text = text(question.get(names.indexOf(name.group(1))));
        if (text.isEmpty()) {
            throw new EvaluationException("bad-key", "`" + name.group(1) + "` is an empty text.");
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }
}
