package io.pipewright.stages.csv;

import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.text.TextRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code csv} format: a record is a line of cells. */
public final class CsvFormat implements FormatType<CsvOptions> {

    private static final String NAME = "csv";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "One line of cells per record, as RFC 4180 has them.";
    }

    @Override
    public Class<CsvOptions> optionsType() {
        return CsvOptions.class;
    }

    @Override
    public Optional<SourceFormatPlan> source(CsvOptions options, DeclaredRecord record, FormatProblems problems) {
        Optional<Dialect> dialect = dialect(options, problems);
        if (options.timestamps() != null) {
            problems.error(
                    "timestamps",
                    "`timestamps` is for sinks; a source reads each timestamp as its field says.",
                    "give the timestamp fields of `" + record.name() + "` a `format`.");
            return Optional.empty();
        }
        Optional<List<String>> columns = columns(options, record, problems);
        if (!TextRecord.isReadable(record, NAME, problems)) {
            return Optional.empty();
        }
        return dialect.flatMap(found -> columns.map(names -> new Reading(record, found, names)));
    }

    @Override
    public Optional<SinkFormatPlan> sink(CsvOptions options, RecordType written, FormatProblems problems) {
        Optional<Dialect> dialect = dialect(options, problems);
        if (options.columns() != null) {
            problems.error(
                    "columns",
                    "`columns` is for sources; a sink writes the fields of `" + written.name() + "` in their order.",
                    "choose and name the columns with a `select` before the sink.");
            return Optional.empty();
        }
        if (!TextRecord.isWritable(written, NAME, problems)) {
            return Optional.empty();
        }
        if (dialect.isPresent() && mayBeBlank(dialect.get(), written)) {
            problems.error(
                    "",
                    "A record of nulls would be a blank line, which is skipped where it is read.",
                    "give nulls a text with `nullValue`, such as `nullValue: \\N`.");
            return Optional.empty();
        }
        TimestampFormat timestamps = options.timestamps();
        return dialect.map(
                found -> new Writing(found, options.header(), timestamps == null ? TimestampFormat.ISO : timestamps));
    }

    private static boolean mayBeBlank(Dialect dialect, RecordType written) {
        return dialect.nullValue().isBlank()
                && (written.size() == 1 || Character.isWhitespace(dialect.delimiter()))
                && written.fields().stream().allMatch(Field::nullable);
    }

    private static Optional<Dialect> dialect(CsvOptions options, FormatProblems problems) {
        String nullValue = options.nullValue() == null ? "" : options.nullValue();
        if (!isSign(options.delimiter())) {
            problems.error(
                    "delimiter",
                    "`delimiter` must be one character and no line break.",
                    "write it as it is; a tab is `\"\\t\"` in double quotes.");
        } else if (!isSign(options.quote())) {
            problems.error("quote", "`quote` must be one character and no line break.", "leave it out for `\"`.");
        } else if (options.quote().equals(options.delimiter())) {
            problems.error("quote", "`quote` must be another character than `delimiter`.", "change one of them.");
        } else {
            Dialect dialect =
                    new Dialect(options.delimiter().charAt(0), options.quote().charAt(0), nullValue);
            if (nullValue.contains(options.delimiter())
                    || nullValue.contains(options.quote())
                    || nullValue.contains("\n")
                    || nullValue.contains("\r")) {
                problems.error(
                        "nullValue",
                        "`nullValue` holds a delimiter, a quote or a line break, so no cell could be it.",
                        "choose another text, such as `\\N`.");
            } else {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    private static boolean isSign(String text) {
        return text.length() == 1
                && text.charAt(0) != '\n'
                && text.charAt(0) != '\r'
                && !Character.isSurrogate(text.charAt(0));
    }

    /** The names of the columns; none if a header tells them. */
    private static Optional<List<String>> columns(CsvOptions options, DeclaredRecord record, FormatProblems problems) {
        List<String> written = options.columns();
        if (written == null) {
            return options.header()
                    ? Optional.of(List.of())
                    : inOrder(record.fields().stream().map(TextRecord::name).toList(), problems);
        }
        if (options.header()) {
            problems.error("columns", "With `header`, each file itself names its columns.", "leave one of them out.");
            return Optional.empty();
        }
        return areRight(written, record, problems) ? Optional.of(written) : Optional.empty();
    }

    /** The fields are the columns, so each must be one of its own. */
    private static Optional<List<String>> inOrder(List<String> names, FormatProblems problems) {
        String twice = firstRepeated(names);
        if (twice != null) {
            problems.error(
                    "record",
                    "Two fields have the path `" + twice + "`, and without `columns` each field is a column.",
                    "name the columns in their order with `columns`.");
            return Optional.empty();
        }
        return Optional.of(names);
    }

    private static boolean areRight(List<String> columns, DeclaredRecord record, FormatProblems problems) {
        if (columns.isEmpty()) {
            problems.error("columns", "`columns` names no column.", "name them all in their order, or leave it out.");
            return false;
        }
        String twice = firstRepeated(columns);
        if (twice != null) {
            problems.error(
                    "columns[" + columns.lastIndexOf(twice) + "]",
                    "Column `" + twice + "` is named twice.",
                    "give each column a name of its own.");
            return false;
        }
        Set<String> known = new HashSet<>();
        for (DeclaredField field : record.fields()) {
            String name = TextRecord.name(field);
            known.add(name);
            if (!field.field().nullable() && !columns.contains(name)) {
                problems.error(
                        "columns",
                        "There is no column `" + name + "` for the field `"
                                + field.field().name() + "` of `" + record.name() + "`.",
                        "name it where it stands, or let the field be nullable.");
                return false;
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            if (record.unknown() == UnknownFields.MALFORMED && !known.contains(columns.get(i))) {
                problems.error(
                        "columns[" + i + "]",
                        "`" + record.name() + "` has no field for the column `" + columns.get(i)
                                + "`, and with `unknown: malformed` every line would be refused.",
                        "declare the field, or let `unknown` be `ignore`.");
                return false;
            }
        }
        return true;
    }

    private static @Nullable String firstRepeated(List<String> names) {
        Set<String> seen = new HashSet<>();
        return names.stream().filter(name -> !seen.add(name)).findFirst().orElse(null);
    }

    private static Framing framing(boolean header) {
        return header ? Framing.LINES_BELOW_HEADER : Framing.LINES;
    }

    private record Reading(DeclaredRecord declared, Dialect dialect, List<String> columns) implements SourceFormatPlan {
        @Override
        public RecordDecoder decoder(RecordType materialised) {
            return new CsvDecoder(declared, materialised, dialect, columns);
        }

        @Override
        public Framing framing() {
            return CsvFormat.framing(columns.isEmpty());
        }
    }

    private record Writing(Dialect dialect, boolean header, TimestampFormat timestamps) implements SinkFormatPlan {
        @Override
        public RecordEncoder encoder(RecordType written) {
            return new CsvEncoder(written, dialect, header, timestamps);
        }

        @Override
        public Framing framing() {
            return CsvFormat.framing(header);
        }
    }
}
