package io.pipewright.stages.file;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * What a look found different from the one before. Every reader is told, and heeds what is its own.
 *
 * @param changed those that are new, or have another size or path
 * @param gone the keys of those that are no longer there
 */
record FilesChanged(List<FoundFile> changed, List<String> gone) implements SourceEvent {}
