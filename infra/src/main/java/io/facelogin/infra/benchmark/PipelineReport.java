package io.facelogin.infra.benchmark;

import java.util.Map;

/**
 * What one run of the pipeline gave.
 *
 * @param inference REAL networks or PASS_THROUGH
 * @param wantedFramesPerSecond of all cameras together
 * @param framesPerSecond that went through detector and encoder
 * @param captureToWebSocket from capture to the message with the frame's faces at a browser
 * @param captureToDecision from capture of the frame that settled it to the decision at a browser
 * @param stages time in and before each stage, in the order of the data
 */
public record PipelineReport(
    String inference,
    int cameras,
    double wantedFramesPerSecond,
    double framesPerSecond,
    Times captureToWebSocket,
    Times captureToDecision,
    Map<String, Times> stages) {}
