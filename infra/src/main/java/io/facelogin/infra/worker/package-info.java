/**
 * One stage as a process of its own, on a Kafka and a PostgreSQL that are there already. Start
 * reading at {@link io.facelogin.infra.worker.Worker}.
 */
@NullMarked
package io.facelogin.infra.worker;

import org.jspecify.annotations.NullMarked;
