/**
 * The matcher on Kafka: topology, gallery tailer, dead letters. Start reading at {@link
 * io.facelogin.matcher.kafka.MatcherTopology}.
 */
@NullMarked
package io.facelogin.matcher.kafka;

import org.jspecify.annotations.NullMarked;
