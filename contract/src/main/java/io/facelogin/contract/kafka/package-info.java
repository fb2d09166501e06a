/** Topics, their serdes and headers, and how a process connects to the broker. */
@NullMarked
package io.facelogin.contract.kafka;

import org.jspecify.annotations.NullMarked;
