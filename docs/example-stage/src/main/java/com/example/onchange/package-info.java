/** The {@code onChange} stage: lets a record pass if a value of its key has changed. */
@NullMarked
package com.example.onchange;

import org.jspecify.annotations.NullMarked;
