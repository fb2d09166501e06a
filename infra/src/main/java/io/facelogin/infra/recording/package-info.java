/**
 * Recorded topics: what went in and what was decided, in one file, so that a change of the program
 * shows as changed decisions. Start reading at {@link io.facelogin.infra.recording.RecordingWriter}
 * (the format), then {@link io.facelogin.infra.recording.Recorder} and {@link
 * io.facelogin.infra.recording.Replay}.
 */
@NullMarked
package io.facelogin.infra.recording;

import org.jspecify.annotations.NullMarked;
