package io.pipewright.stages.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.text.TextRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the groups of a match as fields, in time linear in the line's length; how a group's text is read is {@link
 * TextRecord}'s.
 *
 * <p>Codes: {@code no-match}, {@code invalid-utf8}, {@code missing-field}, {@code wrong-type}, {@code out-of-range}.
 */
final class RegexDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;

    private final DeclaredRecord declared;
    private final RecordType materialised;
    private final String regex;
    private final transient Pattern pattern;
    private final transient TextRecord record;

    /** The group of each field, or 0. */
    private final transient int[] groupOf;

    RegexDecoder(DeclaredRecord declared, RecordType materialised, String regex) {
        this.declared = declared;
        this.materialised = materialised;
        this.regex = regex;
        this.pattern = Pattern.compile(regex);
        this.record = new TextRecord(declared, materialised);
        this.groupOf = declared.fields().stream()
                .mapToInt(field -> pattern.namedGroups().getOrDefault(TextRecord.name(field), 0))
                .toArray();
    }

    @Override
    public Decoded decode(byte[] bytes, @Nullable Origin origin) {
        Decoded.Malformed notUtf8 = TextRecord.notUtf8(bytes);
        if (notUtf8 != null) {
            return notUtf8;
        }
        Matcher match = pattern.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!match.matches()) {
            return new Decoded.Malformed("no-match", "The line does not match the `pattern` of its format.");
        }
        return record.read(field -> groupOf[field] == 0 ? null : match.group(groupOf[field]), origin);
    }

    private Object readResolve() {
        return new RegexDecoder(declared, materialised, regex);
    }
}
