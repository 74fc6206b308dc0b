package io.pipewright.definition;

import io.pipewright.schema.OptionShape;
import io.pipewright.spi.option.ByteSize;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.option.TimeDifference;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands in for all that an author got wrong, so that the rest of the pipeline can be checked.
 *
 * <p>A pipeline with mistakes is read twice, and the two readings have nothing in common in what they put in. So what
 * both find does not come from there: it is a mistake of its own. What only one finds follows from another mistake.
 */
public enum Reading {
    /** What may be absent is; the rest is small. */
    FIRST("standInOne"),
    /** Everything is there, and large. */
    SECOND("standInTwo");

    /** The text of expressions and ports that stand in; no YAML holds this character. */
    private static final String NOTHING = "\uFFFF";

    private final String word;

    Reading(String word) {
        this.word = word;
    }

    /** A name that no author chose. */
    public String word() {
        return word;
    }

    /** The type of what has none. */
    public DataType type() {
        return this == FIRST ? Scalar.STRING : new ListType(Scalar.LONG);
    }

    /** A record of which nothing is known. */
    public RecordType record() {
        return new RecordType(word, List.of(field(word)));
    }

    /** A field whose name is known and nothing else. */
    public Field field(String name) {
        return new Field(name, type(), false);
    }

    /** The same in one reading; in the other the field whose name was perhaps meant. */
    public Field field(String name, Optional<Field> meant) {
        return meant.isEmpty() || this == FIRST ? field(name) : meant.get();
    }

    /** Whether a record may have more fields than those that are known. */
    public boolean isOpen(RecordType type) {
        return type.field(word).isPresent();
    }

    /** Whether an expression stands in for another. */
    public static boolean isStandIn(Expression expression) {
        return expression.text().equals(NOTHING);
    }

    /** Whether a reference stands in for another. */
    public static boolean isStandIn(PortRef ref) {
        return ref.text().equals(NOTHING);
    }

    /** Either of two values. */
    <T> T pick(T first, T second) {
        return this == FIRST ? first : second;
    }

    PortRef port(String path) {
        return new PortRef(NOTHING, path);
    }

    Object value(OptionShape.Leaf leaf, String path) {
        return switch (leaf) {
            case STRING -> pick(word, "/" + word);
            case BOOLEAN -> pick(false, true);
            case INT -> pick(1, 2);
            case LONG -> pick(1L, 2L);
            case DOUBLE -> pick(1.0, 2.0);
            case DURATION -> pick(Duration.ofSeconds(1), Duration.ofDays(1));
            case DIFFERENCE -> new TimeDifference(pick(Duration.ofSeconds(1), Duration.ofDays(1)));
            case RATE -> new Rate(pick(1, 1000), Duration.ofSeconds(1));
            case SIZE -> new ByteSize(pick(1L, 1L << 30));
            case TIMES -> pick(Times.exactly(1), new Times(2, 3));
            case TIMESTAMP -> pick(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
            case EXPRESSION -> new Expression(NOTHING, path);
            case PORT -> port(path);
            case RECORD -> new RecordRef(word, path);
            case CONNECTION -> new ConnectionRef(word, path);
            case FILE -> new FileRef(word, "", path);
            case SECRET -> Secret.of("");
        };
    }
}
