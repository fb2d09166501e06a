/** What lies on a topic, read from outside. */
@NullMarked
package io.facelogin.infra.topic;

import org.jspecify.annotations.NullMarked;
