/** The only place that knows how Spring Kafka is set up. Start reading at Feeds. */
@NullMarked
package io.facelogin.web.kafka;

import org.jspecify.annotations.NullMarked;
