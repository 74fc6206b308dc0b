package io.pipewright.spi.stage;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SourceFormat.Blank;
import io.pipewright.spi.record.DeclaredRecord;
import java.io.Serializable;
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
        implements Serializable {}
