package io.pipewright.stages.csv;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.text.Excerpt;
import io.pipewright.stages.text.TextRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of cells. A line that has more or fewer cells than there are columns is malformed, and so are bytes
 * that are not UTF-8 and quotes that are not as RFC 4180 has them; how a cell is read is {@link TextRecord}'s. What is
 * wrong with a header is wrong with each line below it.
 *
 * <p>Codes: {@code malformed-csv}, {@code invalid-utf8}, {@code missing-field}, {@code wrong-type}, {@code
 * out-of-range}, {@code unknown-field}.
 */
final class CsvDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;
    private static final String MALFORMED = "malformed-csv";

    private final DeclaredRecord declared;
    private final RecordType materialised;
    private final Dialect dialect;
    private final List<String> columns;
    private final Decoded.@Nullable Malformed badHeader;
    private final transient CsvLine line;
    private final transient TextRecord record;

    /** The column of each field, or -1. */
    private final transient int[] columnOf;

    /** @param columns the names in their order; none means that a header must tell them */
    CsvDecoder(DeclaredRecord declared, RecordType materialised, Dialect dialect, List<String> columns) {
        this(
                declared,
                materialised,
                dialect,
                columns,
                columns.isEmpty() ? new Decoded.Malformed(MALFORMED, "No header was read before this line.") : null);
    }

    private CsvDecoder(
            DeclaredRecord declared,
            RecordType materialised,
            Dialect dialect,
            List<String> columns,
            Decoded.@Nullable Malformed badHeader) {
        this.declared = declared;
        this.materialised = materialised;
        this.dialect = dialect;
        this.columns = List.copyOf(columns);
        this.badHeader = badHeader;
        this.line = new CsvLine(dialect);
        this.record = new TextRecord(declared, materialised);
        this.columnOf = declared.fields().stream()
                .mapToInt(field -> columns.indexOf(TextRecord.name(field)))
                .toArray();
    }

    @Override
    public Decoded decode(byte[] bytes, @Nullable Origin origin) {
        if (badHeader != null) {
            return badHeader;
        }
        Decoded.Malformed notUtf8 = TextRecord.notUtf8(bytes);
        if (notUtf8 != null) {
            return notUtf8;
        }
        String problem = line.cut(new String(bytes, StandardCharsets.UTF_8));
        if (problem != null) {
            return new Decoded.Malformed(MALFORMED, problem);
        }
        if (line.count() != columns.size()) {
            String cells = line.count() == 1 ? "1 cell" : line.count() + " cells";
            return new Decoded.Malformed(
                    MALFORMED, "The line has " + cells + ", and there are " + columns.size() + " columns.");
        }
        return record.read(this::cell, origin);
    }

    private @Nullable String cell(int field) {
        return columnOf[field] < 0 ? null : line.cell(columnOf[field]);
    }

    @Override
    public CsvDecoder below(byte[] header) {
        Decoded.Malformed notUtf8 = TextRecord.notUtf8(header);
        if (notUtf8 != null) {
            return refusing(notUtf8.code(), notUtf8.reason());
        }
        String text = new String(header, StandardCharsets.UTF_8);
        String problem = line.cut(text.startsWith("\ufeff") ? text.substring(1) : text);
        if (problem != null) {
            return refusing(MALFORMED, problem);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < line.count(); i++) {
            String name = line.text(i);
            boolean known = declared.fields().stream()
                    .anyMatch(field -> TextRecord.name(field).equals(name));
            if (known && names.contains(name)) {
                return refusing(MALFORMED, "Column `" + Excerpt.of(name) + "` is there twice.");
            }
            if (!known && declared.unknown() == UnknownFields.MALFORMED) {
                return refusing(
                        "unknown-field",
                        "Column `" + Excerpt.of(name) + "` is not declared in `" + declared.name() + "`.");
            }
            names.add(name);
        }
        return new CsvDecoder(declared, materialised, dialect, names, null);
    }

    private CsvDecoder refusing(String code, String problem) {
        Decoded.Malformed refusal = new Decoded.Malformed(code, "The header is wrong: " + problem);
        return new CsvDecoder(declared, materialised, dialect, List.of(), refusal);
    }

    private Object readResolve() {
        return new CsvDecoder(declared, materialised, dialect, columns, badHeader);
    }
}
