package io.pipewright.stages.file;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file, and how much of it was read.
 *
 * @param path as it was found
 * @param position bytes read, of the unpacked content
 * @param lines lines read, blank ones too
 */
record FileSplit(String path, long position, long lines) implements SourceSplit {

    @Override
    public String splitId() {
        return path;
    }
}
