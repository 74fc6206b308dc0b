package io.pipewright.stages.csv;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.record.TimestampFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of the {@code csv} format. */
public record CsvOptions(
        @Option(
                        doc =
                                "Whether the first line of each file names the columns. A source then finds each field by its"
                                        + " `path`, which is its name if it has none, wherever the column stands; a sink writes the"
                                        + " line. Only for files.",
                        defaultValue = "false")
                boolean header,
        @Option(
                        doc =
                                "For a source without `header`: the names of all columns in their order, where that is not the"
                                        + " order of the record's fields. A line must have just as many cells.")
                @Nullable
                List<String> columns,
        @Option(doc = "The one character between two cells.", defaultValue = ",") String delimiter,
        @Option(
                        doc =
                                "The one character round a cell that holds a delimiter, a line break or this character, which is"
                                        + " then doubled. White space round a cell belongs to it.",
                        defaultValue = "\"")
                String quote,
        @Option(
                        doc =
                                "The text of a cell that is null. A cell in quotes never is, so that the empty text can be told"
                                        + " from null. Empty if absent.")
                @Nullable
                String nullValue,
        @Option(
                        doc =
                                "How a sink writes timestamps: `iso` text in UTC with milliseconds, or a number of `millis`,"
                                        + " `seconds` or `micros` since 1970. `iso` if absent. For a source, each field of the"
                                        + " record has its own `format`.")
                @Nullable
                TimestampFormat timestamps) {}
