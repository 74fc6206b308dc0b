package io.pipewright.spi.stage;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SourceFormat.Blank;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.MetaField;
import java.io.Serializable;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all sources share, checked.
 *
 * @param format makes the decoder once it is known which fields are read
 * @param rateLimit of the whole source, over all its subtasks
 */
public record SourcePlan(
        DeclaredRecord record,
        SourceFormatPlan format,
        Blank blank,
        @Nullable EventTime eventTime,
        @Nullable Rate rateLimit)
        implements Serializable {

    /** What expressions may read as {@code meta.}, of what messages of this kind may have; tombstones only if they are kept. */
    public Set<MetaField> meta(Collection<MetaField> offered) {
        Set<MetaField> some = EnumSet.noneOf(MetaField.class);
        some.addAll(offered);
        if (blank != Blank.KEEP) {
            some.remove(MetaField.TOMBSTONE);
        }
        return some;
    }
}
