/** What sources share that know all their splits when they first start: how they are dealt out, read and kept. */
@NullMarked
package io.pipewright.stages.splits;

import org.jspecify.annotations.NullMarked;
