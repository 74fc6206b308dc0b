package io.pipewright.stages.cep;

import io.pipewright.spi.record.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * Entries by key, and from the one used longest ago to the one used last.
 *
 * <p>An entry is its own node in both, so that few objects are touched to find it or to take it out: most have left the
 * processor's caches by then, and each is waited for.
 */
final class LiveEntries {

    private static final int FIRST_SLOTS = 1 << 10;

    private @Nullable LiveEntry[] slots = new LiveEntry[FIRST_SLOTS];
    private int size;
    private @Nullable LiveEntry eldest;
    private @Nullable LiveEntry newest;

    /** The entry of a key, which does not count as a use; null if there is none. */
    @Nullable
    LiveEntry get(RecordKey key) {
        int hash = key.hashCode();
        LiveEntry entry = slots[hash & slots.length - 1];
        while (entry != null && !(entry.hash == hash && entry.key.equals(key))) {
            entry = entry.chained;
        }
        return entry;
    }

    /** The entry that was used longest ago; those {@link LiveEntry#newer} follow. */
    @Nullable
    LiveEntry eldest() {
        return eldest;
    }

    /** Adds an entry, whose key has none, as the one used last. */
    void add(LiveEntry entry) {
        if (2 * size >= slots.length) {
            grow();
        }
        chain(entry);
        size++;
        append(entry);
    }

    /** An entry is the one used last from now on. */
    void use(LiveEntry entry) {
        if (entry != newest) {
            unlink(entry);
            append(entry);
        }
    }

    void remove(LiveEntry entry) {
        int slot = entry.hash & slots.length - 1;
        LiveEntry before = slots[slot];
        if (before == entry) {
            slots[slot] = entry.chained;
        } else {
            while (before != null && before.chained != entry) {
                before = before.chained;
            }
            if (before == null) {
                throw new IllegalStateException("The entry was removed before.");
            }
            before.chained = entry.chained;
        }
        entry.chained = null;
        size--;
        unlink(entry);
    }

    private void grow() {
        slots = new LiveEntry[2 * slots.length];
        for (LiveEntry entry = eldest; entry != null; entry = entry.newer) {
            chain(entry);
        }
    }

    private void chain(LiveEntry entry) {
        int slot = entry.hash & slots.length - 1;
        entry.chained = slots[slot];
        slots[slot] = entry;
    }

    private void append(LiveEntry entry) {
        entry.older = newest;
        if (newest == null) {
            eldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
    }

    private void unlink(LiveEntry entry) {
        if (entry.older == null) {
            eldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        entry.older = null;
        entry.newer = null;
    }
}
