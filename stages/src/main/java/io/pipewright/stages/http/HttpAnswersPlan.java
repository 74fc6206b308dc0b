package io.pipewright.stages.http;

import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cxone.HttpAuth;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A checked {@code http} server of a lookup.
 *
 * @param baseUrl without a slash at its end
 * @param path with names in braces where the values of a question stand
 * @param question the names
 * @param blankIsNothing whether an answer of nothing but white space says that there is nothing
 * @param capacity how many questions are open at most
 */
record HttpAnswersPlan(
        String baseUrl,
        String path,
        RecordType question,
        Map<String, String> headers,
        SourceFormatPlan format,
        RecordType answer,
        boolean blankIsNothing,
        HttpAuth auth,
        HttpSinkPlan.Limits limits,
        int capacity)
        implements AnswerSource {

    /** A name in a path. */
    static final Pattern NAME = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    HttpAnswersPlan {
        headers = Map.copyOf(headers);
    }

    @Override
    public AnswerClient open(String stage) {
        return new HttpAnswerClient(this);
    }

    @Override
    public String server() {
        return "`" + baseUrl + "`";
    }
}
