package io.pipewright.stages.raw;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code raw} format: a message or line as it is, in one field. The record of a source may also have the fields
 * {@code file: string}, which is the file or the topic, and {@code lineNumber: long}, which is the line or the offset.
 */
public final class RawFormat implements FormatType<RawOptions> {

    static final String FILE = "file";
    static final String LINE_NUMBER = "lineNumber";
    private static final byte[] NOTHING = {};

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public String summary() {
        return "The message or line as it is, in one field.";
    }

    @Override
    public Class<RawOptions> optionsType() {
        return RawOptions.class;
    }

    @Override
    public Optional<SourceFormatPlan> source(RawOptions options, DeclaredRecord record, FormatProblems problems) {
        RecordType type = record.type();
        List<Field> others =
                type.fields().stream().filter(field -> !isOfOrigin(field)).toList();
        Optional<Field> content = content(options, type, others, "record", problems);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Field field = content.get();
        Optional<Field> strange = type.fields().stream()
                .filter(each -> !each.equals(field) && !isOfOrigin(each))
                .findFirst();
        if (strange.isPresent()) {
            problems.error(
                    "record",
                    "`raw` has nothing for `" + strange.get().name() + "` of `" + type.name() + "`.",
                    "beside the field of the message there may be `file: string` and `lineNumber: long`.");
            return Optional.empty();
        }
        return Optional.of(new Reading(field.name(), field.type() == Scalar.STRING));
    }

    @Override
    public Optional<SinkFormatPlan> sink(RawOptions options, RecordType written, FormatProblems problems) {
        return content(options, written, written.fields(), "", problems)
                .map(field -> new Writing(written.position(field.name()), field.type()));
    }

    private static boolean isOfOrigin(Field field) {
        return field.name().equals(FILE) && field.type() == Scalar.STRING
                || field.name().equals(LINE_NUMBER) && field.type() == Scalar.LONG;
    }

    private static boolean canHold(Field field) {
        return field.type() == Scalar.STRING || field.type() == Scalar.BYTES || field.type() == Scalar.JSON;
    }

    private static Optional<Field> content(
            RawOptions options, RecordType type, List<Field> among, String place, FormatProblems problems) {
        String named = options.field();
        if (named == null) {
            List<Field> fitting = among.stream().filter(RawFormat::canHold).toList();
            if (fitting.size() == 1) {
                return Optional.of(fitting.get(0));
            }
            problems.error(
                    place,
                    fitting.isEmpty()
                            ? "`" + type.name()
                                    + "` has no field of type `string` or `bytes` that could be the message."
                            : "`" + type.name() + "` has several fields that could be the message.",
                    fitting.isEmpty() ? "give it one." : "name one of them with `field`.");
            return Optional.empty();
        }
        Optional<Field> field = type.field(named);
        if (field.isEmpty()) {
            problems.error(
                    "field",
                    "`" + type.name() + "` has no field `" + named + "`.",
                    "its fields are " + String.join(", ", quoted(type)) + ".");
        } else if (!canHold(field.get())) {
            problems.error(
                    "field",
                    "A message is text or bytes, and `" + named + "` is `"
                            + field.get().text() + "`.",
                    "name a field of type `string` or `bytes`.");
            return Optional.empty();
        }
        return field;
    }

    private static List<String> quoted(RecordType type) {
        return type.names().stream().map(name -> "`" + name + "`").toList();
    }

    private record Reading(String field, boolean text) implements SourceFormatPlan {
        @Override
        public RecordDecoder decoder(RecordType materialised) {
            return new RawDecoder(field, text, materialised);
        }
    }

    private record Writing(int position, DataType type) implements SinkFormatPlan {
        @Override
        public RecordEncoder encoder(RecordType written) {
            return new Encoder(position, false);
        }

        @Override
        public RecordEncoder fileEncoder(RecordType written) {
            return new Encoder(position, true);
        }

        /** Bytes may hold line ends. */
        @Override
        public Framing framing() {
            return type == Scalar.BYTES ? Framing.MESSAGES : Framing.LINES;
        }
    }

    /**
     * Null is the empty message.
     *
     * @param oneLine whether a text that has line breaks is refused, for it would be several in a file
     */
    private record Encoder(int position, boolean oneLine) implements RecordEncoder {
        @Override
        public byte[] encode(DataRecord record) {
            @Nullable Object value = record.get(position);
            if (value == null) {
                return NOTHING;
            }
            if (value instanceof byte[] bytes) {
                return bytes;
            }
            String text = (String) value;
            if (oneLine && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0)) {
                throw new EvaluationException(
                        "line-break", "The text has a line break, and would be several lines of the file.");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
