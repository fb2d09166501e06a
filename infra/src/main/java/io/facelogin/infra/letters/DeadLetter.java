package io.facelogin.infra.letters;

import java.time.Instant;

/**
 * A record that was set aside, without what is in it: that may be somebody's face.
 *
 * @param id where it lies: {@code frames.dlq-0@12}
 * @param topic where it was found
 * @param key a camera's or a person's id
 * @param errorKind a constant's name, such as DAMAGED
 * @param origin where it stood there: {@code frames-3@1024}
 * @param setAsideAt when
 * @param bytes its size
 */
public record DeadLetter(
    String id,
    String topic,
    String key,
    String errorKind,
    String origin,
    Instant setAsideAt,
    int bytes) {}
