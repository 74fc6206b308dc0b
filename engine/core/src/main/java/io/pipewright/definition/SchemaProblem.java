package io.pipewright.definition;

import io.pipewright.diagnostic.Position;

/**
 * What is wrong with a schema file.
 *
 * @param place in the file
 * @param sentence begins with a small letter, for it follows the place
 */
record SchemaProblem(Position place, String sentence, String hint) {}
