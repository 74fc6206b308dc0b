/** What sinks that send again, and lookups that ask again, share: how long they wait, and for how long a server has been silent. */
@NullMarked
package io.pipewright.stages.retry;

import org.jspecify.annotations.NullMarked;
