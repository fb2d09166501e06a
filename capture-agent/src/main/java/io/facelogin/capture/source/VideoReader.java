package io.facelogin.capture.source;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_INTRA_ONLY;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pictures of one video, of whatever kind. Owns native memory: one thread opens, reads
 * and closes; only {@link #interrupt} may come from another. Where every picture stands for itself
 * (motion JPEG, raw video), it is decoded only when asked for.
 */
final class VideoReader implements AutoCloseable {

  private final VideoInput input;
  private final ReadDeadline deadline;
  private final AVFormatContext container;
  private final AVStream stream;
  private final AVCodecContext codec;
  private final Duration silence;
  private final boolean picturesStandAlone;
  private final PictureConverter converter;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private long timestampUs = -1;
  private boolean draining;
  private boolean closed;

  /** Takes ownership of all that is native. */
  VideoReader(
      VideoInput input,
      ReadDeadline deadline,
      AVFormatContext container,
      AVStream stream,
      AVCodecContext codec,
      Duration silence) {
    this.input = input;
    this.deadline = deadline;
    this.container = container;
    this.stream = stream;
    this.codec = codec;
    this.silence = silence;
    AVCodecDescriptor descriptor = avcodec.avcodec_descriptor_get(codec.codec_id());
    this.picturesStandAlone =
        descriptor != null && (descriptor.props() & AV_CODEC_PROP_INTRA_ONLY) != 0;
    this.converter = new PictureConverter(StreamFacts.clockwiseDegrees(stream));
  }

  /**
   * Goes to the next picture.
   *
   * @return false at the end
   * @throws CameraUnavailableException if the source broke off, fell silent or was interrupted
   */
  boolean advance() throws CameraUnavailableException {
    deadline.allow(silence);
    while (true) {
      if (!picturesStandAlone) {
        int received = avcodec.avcodec_receive_frame(codec, frame);
        if (received >= 0) {
          if ((frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
            continue;
          }
          tell(frame.best_effort_timestamp());
          return true;
        }
        if (received == AVERROR_EOF || draining) {
          return false;
        }
      }
      avcodec.av_packet_unref(packet);
      int read = avformat.av_read_frame(container, packet);
      if (read < 0) {
        if (read != AVERROR_EOF) {
          throw brokeOff(read);
        }
        if (picturesStandAlone) {
          return false;
        }
        draining = true;
        avcodec.avcodec_send_packet(codec, null);
      } else if (packet.stream_index() == stream.index()) {
        if (picturesStandAlone) {
          long time = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
          tell(time);
          return true;
        }
        // A damaged packet gives an error here and no picture: the next ones will.
        avcodec.avcodec_send_packet(codec, packet);
      }
    }
  }

  /** When the picture is to be shown, from the start of the video. */
  long timestampUs() {
    return timestampUs;
  }

  /**
   * The picture as BGR, upright; the caller closes it before the next {@link #advance}.
   *
   * @return null if it is damaged
   */
  @Nullable Mat bgr() {
    if (picturesStandAlone) {
      if (avcodec.avcodec_send_packet(codec, packet) < 0
          || avcodec.avcodec_receive_frame(codec, frame) < 0
          || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
        return null;
      }
    }
    return converter.toUprightBgr(frame);
  }

  /** The picture as the camera made it, if it already is a whole, upright JPEG; else null. */
  @Nullable JpegPicture asSent(int maxBytes) {
    if (codec.codec_id() != avcodec.AV_CODEC_ID_MJPEG
        || packet.size() > maxBytes
        || StreamFacts.clockwiseDegrees(stream) != 0) {
      return null;
    }
    byte[] bytes = new byte[packet.size()];
    packet.data().get(bytes);
    JpegHeader header = JpegHeader.read(bytes);
    if (header == null || !header.standalone()) {
      return null;
    }
    // Interlaced cameras send two fields, each of half the height.
    boolean whole = codec.height() == 0 || header.heightPx() == codec.height();
    return whole ? new JpegPicture(bytes, header.widthPx(), header.heightPx()) : null;
  }

  /** A recording, which has an end and comes as fast as it is read; not a live camera. */
  boolean isRecording() {
    return container.duration() != AV_NOPTS_VALUE && container.duration() > 0;
  }

  /** 0 if unknown. */
  long durationUs() {
    return isRecording() ? container.duration() : 0;
  }

  /** 0 if unknown. */
  double framesPerSecond() {
    AVRational rate = avformat.av_guess_frame_rate(container, stream, null);
    return rate.num() > 0 && rate.den() > 0 ? avutil.av_q2d(rate) : 0;
  }

  /** FFmpeg's names of the container's format, comma separated. */
  String format() {
    return container.iformat().name().getString();
  }

  void interrupt() {
    deadline.interrupt();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    deadline.allow(Duration.ofSeconds(1)); // for a polite TEARDOWN
    converter.close();
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(codec);
    avformat.avformat_close_input(container);
    deadline.close();
  }

  private void tell(long time) {
    if (time == AV_NOPTS_VALUE) {
      double rate = framesPerSecond();
      timestampUs = timestampUs < 0 ? 0 : timestampUs + (long) (1e6 / (rate > 0 ? rate : 25));
      return;
    }
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    timestampUs = avutil.av_rescale_q(time - start, stream.time_base(), StreamFacts.MICROSECONDS);
  }

  private CameraUnavailableException brokeOff(int error) {
    if (deadline.isInterrupted()) {
      return new CameraUnavailableException("Camera " + input.shownAs() + " was closed.");
    }
    return deadline.isOver()
        ? OpeningFaults.silentFor(silence, input)
        : OpeningFaults.brokeOff(error, input);
  }
}
