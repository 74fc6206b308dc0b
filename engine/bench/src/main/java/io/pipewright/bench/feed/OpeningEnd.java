package io.pipewright.bench.feed;

import org.apache.flink.api.connector.source.SourceEvent;

/** To the readers: the job has processed the opening, and what is measured begins. Told again after later checkpoints. */
record OpeningEnd() implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
