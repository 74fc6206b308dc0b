/**
 * Tests of pipelines: their files, and how a case is run in virtual time and compared with what is expected.
 */
@NullMarked
package io.pipewright.app.casefile;

import org.jspecify.annotations.NullMarked;
