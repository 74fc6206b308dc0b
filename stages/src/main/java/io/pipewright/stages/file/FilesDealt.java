package io.pipewright.stages.file;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The keys of all files that readers have, told to one that comes. After a failure of a part of the job it may have files
 * again that were forgotten since its checkpoint.
 */
record FilesDealt(Set<String> keys) implements SourceEvent {}
