package io.pipewright.stages.json;

import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.stages.text.Excerpt;
import io.pipewright.stages.text.Moments;
import io.pipewright.stages.text.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads timestamps, from numbers or from text. */
final class TimestampReader {

    private TimestampReader() {}

    static @Nullable Instant read(JsonCursor in, TimestampFormat format) {
        return format == TimestampFormat.ISO ? text(in) : number(in, format);
    }

    private static @Nullable Instant number(JsonCursor in, TimestampFormat format) {
        if (!in.onNumber()) {
            ValueReader.wrong(in, Moments.needed(format));
            return null;
        }
        if (!in.scanNumber()) {
            return null;
        }
        if (in.isWhole() && in.isShort()) {
            Instant moment = Moments.ofWhole(in.digits(), format);
            return moment == null ? ScalarReader.outOfRange(in, Moments.needed(format)) : moment;
        }
        return taken(in, Moments.ofNumber(in.number(), format, "the number " + Excerpt.of(in.number())));
    }

    private static @Nullable Instant text(JsonCursor in) {
        int begin = in.position();
        String text = ScalarReader.text(in, "a timestamp as ISO 8601 text");
        if (text == null) {
            return null;
        }
        try {
            return taken(in, Moments.ofText(text));
        } catch (DateTimeException e) {
            return ScalarReader.wrongAt(in, begin, "a timestamp with an offset such as 2024-05-31T12:00:00Z");
        }
    }

    private static @Nullable Instant taken(JsonCursor in, Object read) {
        if (read instanceof Unreadable why) {
            in.refuse(Refusal.ofValue(why.code(), why.problem()));
            return null;
        }
        return (Instant) read;
    }
}
