package io.facelogin.capture.source;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Opens one video within a bounded time, in the thread that calls {@link #open}, without any lock
 * that other openings would wait for. {@link #interrupt} from another thread ends it at once.
 */
final class VideoOpening {

  /** Decoding more than this takes more memory than one camera may have. */
  private static final long MAX_PIXELS = 64_000_000;

  static {
    // FFmpeg's own lines name addresses with their passwords; our exceptions say what is wrong.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avdevice.avdevice_register_all();
    avformat.avformat_network_init();
  }

  private final VideoInput input;
  private final Duration time;
  private final Duration silence;
  private volatile @Nullable ReadDeadline current;
  private volatile boolean interrupted;

  /**
   * @param time for all attempts together
   * @param silence how long the source may then send nothing
   */
  VideoOpening(VideoInput input, Duration time, Duration silence) {
    this.input = input;
    this.time = time;
    this.silence = silence;
  }

  VideoReader open() throws CameraUnavailableException {
    ReadDeadline deadline = new ReadDeadline();
    deadline.allow(time);
    current = deadline;
    if (interrupted) {
      deadline.interrupt();
    }
    boolean opened = false;
    try {
      checkPath();
      VideoReader reader = attemptAll(deadline);
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        deadline.close();
      }
    }
  }

  /** From any thread, before, during and after the opening. */
  void interrupt() {
    interrupted = true;
    ReadDeadline deadline = current;
    if (deadline != null) {
      deadline.interrupt();
    }
  }

  /** A missing file is told best before FFmpeg has seen it. */
  private void checkPath() throws CameraUnavailableException {
    if (input.url().startsWith("/dev/") && !Files.exists(Path.of(input.url()))) {
      throw new CameraUnavailableException(
          "There is no device "
              + input.shownAs()
              + ". Is the camera plugged in? ls /dev/video* shows what is there.");
    }
  }

  private VideoReader attemptAll(ReadDeadline deadline) throws CameraUnavailableException {
    CameraUnavailableException first = null;
    for (VideoInput.Attempt attempt : input.attempts()) {
      AVFormatContext container = avformat.avformat_alloc_context();
      deadline.watch(container);
      int opened = open(container, attempt);
      if (opened >= 0) {
        try {
          return readerOf(container, deadline);
        } catch (CameraUnavailableException e) {
          avformat.avformat_close_input(container);
          first = first == null ? e : first;
        }
      } else if (deadline.isInterrupted()) {
        throw new CameraUnavailableException("Camera " + input.shownAs() + " was closed.");
      } else if (deadline.isOver()) {
        throw first == null ? OpeningFaults.noAnswerWithin(time, input) : first;
      } else {
        first = first == null ? OpeningFaults.of(opened, input) : first;
        if (OpeningFaults.isFinal(opened)) {
          throw first;
        }
      }
    }
    throw first == null ? OpeningFaults.of(avutil.AVERROR_INVALIDDATA, input) : first;
  }

  /** On failure FFmpeg has freed the container. */
  private int open(AVFormatContext container, VideoInput.Attempt attempt) {
    AVInputFormat format =
        attempt.format() == null ? null : avformat.av_find_input_format(attempt.format());
    AVDictionary options = new AVDictionary(null);
    try {
      for (Map.Entry<String, String> option : attempt.options().entrySet()) {
        avutil.av_dict_set(options, option.getKey(), option.getValue(), 0);
      }
      return avformat.avformat_open_input(container, input.url(), format, options);
    } finally {
      avutil.av_dict_free(options);
    }
  }

  private VideoReader readerOf(AVFormatContext container, ReadDeadline deadline)
      throws CameraUnavailableException {
    int found = avformat.avformat_find_stream_info(container, (PointerPointer<?>) null);
    if (found < 0) {
      throw deadline.isOver()
          ? OpeningFaults.noAnswerWithin(time, input)
          : OpeningFaults.of(found, input);
    }
    int index =
        avformat.av_find_best_stream(
            container, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
    if (index < 0) {
      throw OpeningFaults.of(avutil.AVERROR_INVALIDDATA, input);
    }
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != index) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    AVStream stream = container.streams(index);
    return new VideoReader(input, deadline, container, stream, decoderOf(stream), silence);
  }

  private AVCodecContext decoderOf(AVStream stream) throws CameraUnavailableException {
    AVCodec decoder = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    if (decoder == null || decoder.isNull()) {
      throw new CameraUnavailableException(
          "Camera "
              + input.shownAs()
              + " sends "
              + avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString()
              + " video, for which there is no decoder. Set the camera to H.264 or motion JPEG.");
    }
    AVCodecContext codec = avcodec.avcodec_alloc_context3(decoder);
    avcodec.avcodec_parameters_to_context(codec, stream.codecpar());
    codec.max_pixels(MAX_PIXELS);
    codec.thread_count(1); // one core per camera, and no frames held back
    int opened = avcodec.avcodec_open2(codec, decoder, (PointerPointer<?>) null);
    if (opened < 0) {
      avcodec.avcodec_free_context(codec);
      throw OpeningFaults.of(opened, input);
    }
    return codec;
  }
}
