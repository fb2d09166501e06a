package io.facelogin.capture.source;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/** What a stream says of itself. */
final class StreamFacts {

  static final AVRational MICROSECONDS = new AVRational().num(1).den(1_000_000);

  private StreamFacts() {}

  /** How far its pictures must be turned to be upright (a phone held sideways): 0, 90, 180, 270. */
  static int clockwiseDegrees(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    if (parameters.nb_coded_side_data() == 0) {
      return 0;
    }
    AVPacketSideData matrix =
        avcodec.av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.isNull()) {
      return 0;
    }
    double counterclockwise = avutil.av_display_rotation_get(new IntPointer(matrix.data()));
    if (Double.isNaN(counterclockwise)) {
      return 0;
    }
    return Math.floorMod(-(int) Math.round(counterclockwise / 90) * 90, 360);
  }
}
