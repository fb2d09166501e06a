/**
 * The matcher: embeddings and gallery to decisions, and the only one who enrols and erases. The
 * core ({@code decision}, {@code enrolment}, {@code gallery}, {@code index}) knows neither Kafka
 * nor LMDB; the adapters {@code kafka} and {@code lmdb} lie around it. Start reading at {@link
 * io.facelogin.matcher.MatcherWorker}, for the heart at {@link
 * io.facelogin.matcher.decision.DecisionRules}.
 */
@NullMarked
package io.facelogin.matcher;

import org.jspecify.annotations.NullMarked;
