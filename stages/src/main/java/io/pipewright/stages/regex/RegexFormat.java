package io.pipewright.stages.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pipewright.spi.expression.RegexSize;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.text.TextRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The {@code regex} format, which reads and does not write. */
public final class RegexFormat implements FormatType<RegexOptions> {

    private static final String NAME = "regex";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "A line that matches an expression, whose named groups are the fields; for sources.";
    }

    @Override
    public Class<RegexOptions> optionsType() {
        return RegexOptions.class;
    }

    @Override
    public Optional<SourceFormatPlan> source(RegexOptions options, DeclaredRecord record, FormatProblems problems) {
        Optional<Pattern> pattern = compiled(options.pattern(), problems);
        boolean readable = TextRecord.isReadable(record, NAME, problems);
        return pattern.isPresent() && readable && fits(pattern.get(), record, problems)
                ? Optional.of(new Reading(record, options.pattern()))
                : Optional.empty();
    }

    @Override
    public Optional<SinkFormatPlan> sink(RegexOptions options, RecordType written, FormatProblems problems) {
        problems.error("", "`regex` reads and does not write.", "name another format, such as `csv` or `json`.");
        return Optional.empty();
    }

    private static Optional<Pattern> compiled(String regex, FormatProblems problems) {
        if (!RegexSize.fits(regex)) {
            problems.error(
                    "pattern",
                    "The expression would be too large with its repetitions written out.",
                    "repeat less often, or use `*` and `+`.");
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            problems.error(
                    "pattern",
                    "This is no regular expression: " + e.getDescription() + ".",
                    "write it in the syntax of RE2, which has neither look-around nor back-references.");
            return Optional.empty();
        }
    }

    /** Whether each group is a field, and each field that forbids null has a group. */
    private static boolean fits(Pattern pattern, DeclaredRecord record, FormatProblems problems) {
        List<String> names = record.fields().stream().map(TextRecord::name).toList();
        for (String group : new TreeSet<>(pattern.namedGroups().keySet())) {
            if (!names.contains(group)) {
                problems.error(
                        "pattern",
                        "`" + record.name() + "` has no field for the group `" + group + "`.",
                        "correct the name, or let the group have none.");
                return false;
            }
        }
        List<String> missing = new ArrayList<>();
        for (DeclaredField field : record.fields()) {
            String name = TextRecord.name(field);
            if (!field.field().nullable() && !pattern.namedGroups().containsKey(name)) {
                missing.add("`" + name + "`");
            }
        }
        if (!missing.isEmpty()) {
            problems.error(
                    "pattern",
                    "No group is named " + String.join(", ", missing) + ", which `" + record.name()
                            + "` forbids to be null.",
                    "name groups so, or let the fields be nullable.");
        }
        return missing.isEmpty();
    }

    private record Reading(DeclaredRecord declared, String regex) implements SourceFormatPlan {
        @Override
        public RecordDecoder decoder(RecordType materialised) {
            return new RegexDecoder(declared, materialised, regex);
        }
    }
}
