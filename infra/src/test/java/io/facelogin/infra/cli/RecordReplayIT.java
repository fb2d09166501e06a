package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facelogin.infra.SiteClient;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Java2DFrameConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden test: what a site saw, played again, is decided the same. */
class RecordReplayIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int FRAMES_PER_SECOND = 10;

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void theReplayDecidesAsTheSiteDidAndAnotherThresholdIsNoticed() throws Exception {
    Path recording = recordASite();

    StringWriter out = new StringWriter();
    assertThat(run(out, "replay", recording.toString(), "--json")).isEqualTo(ExitCode.DONE);
    JsonNode same = new JsonMapper().readTree(out.toString());
    assertThat(same.get("same").asBoolean()).isTrue();
    assertThat(same.get("equal").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(same.get("truncated").asBoolean()).isFalse();

    // Nobody is similar enough any more for a site that wants to be this sure.
    StringWriter stricter = new StringWriter();
    assertThat(run(stricter, "replay", recording.toString(), "--fpir", "1e-12"))
        .isEqualTo(ExitCode.NEGATIVE);
    assertThat(stricter.toString())
        .contains("Only in the recording", "ACCEPTED", "Not the same decisions");
  }

  @Test
  void mistakesAreSaidInWords() throws Exception {
    StringWriter out = new StringWriter();
    Path text = Files.writeString(folder.resolve("notes.txt"), "no recording");

    assertThat(run(out, "replay", text.toString())).isEqualTo(ExitCode.MISUSE);
    assertThat(run(out, "replay", folder.resolve("missing").toString())).isEqualTo(ExitCode.MISUSE);
    assertThat(run(out, "record", folder.resolve("new").toString()))
        .isEqualTo(ExitCode.OUTSIDE_MISSING);
    assertThat(err.toString())
        .contains("is no recording of face-login", "There is no file", "No site runs on")
        .doesNotContain("\tat ");
  }

  /** A copy, since the recording itself goes with somebody who is in it. */
  private Path recordASite() throws Exception {
    Path recording = folder.resolve("site.recording");
    Path coming = comingAndGoing(folder.resolve("coming.mp4"), Person.ADA, Person.STRANGER);
    Path other = comingAndGoing(folder.resolve("other.mp4"), Person.BEA);
    SiteSettings settings =
        SiteSettings.onAnyPort(folder.resolve("data"))
            .withCameras(List.of(coming.toString(), other.toString()));
    try (Site site = Site.start(settings)) {
      SiteClient client = new SiteClient(site.url(), site.runToken());
      String id = client.enrol("Ada", TestFaces.photograph(Person.ADA, 0)).get("id").asString();
      await("she is named")
          .atMost(SOON)
          .until(() -> client.decisions().toString().contains("ACCEPTED"));
      StringWriter out = new StringWriter();
      assertThat(run(out, "record", recording.toString(), "--seconds", "14"))
          .isEqualTo(ExitCode.DONE);
      assertThat(out.toString()).contains("frames", "embeddings", "decisions", "gallery");
      Path copy = Files.copy(recording, folder.resolve("copy.recording"));
      client.delete("/api/v1/people/" + id);
      await("it is deleted with her").atMost(SOON).until(() -> Files.notExists(recording));
      return copy;
    }
  }

  private int run(StringWriter out, String... arguments) {
    PrintWriter writer = new PrintWriter(out);
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    int code = FaceLogin.run(all, Map.of(), writer, new PrintWriter(err, true));
    writer.flush();
    return code;
  }

  /** Each person for two seconds, then nobody for three: every round is a new track. */
  private static Path comingAndGoing(Path file, Person... people) throws IOException {
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 640, 480);
        Java2DFrameConverter converter = new Java2DFrameConverter()) {
      recorder.setFormat("mp4");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(FRAMES_PER_SECOND);
      recorder.setVideoBitrate(4_000_000);
      recorder.start();
      for (Person person : people) {
        byte[] jpeg = TestFaces.photograph(person, TestFaces.photographs(person) - 1);
        BufferedImage face = ImageIO.read(new ByteArrayInputStream(jpeg));
        for (int i = 0; i < 5 * FRAMES_PER_SECOND; i++) {
          recorder.record(converter.convert(moment(face, i, i < 2 * FRAMES_PER_SECOND)));
        }
      }
      recorder.stop();
    }
    return file;
  }

  private static BufferedImage moment(BufferedImage face, int step, boolean present) {
    BufferedImage frame = new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = frame.createGraphics();
    graphics.setColor(new Color(96, 104, 112));
    graphics.fillRect(0, 0, 640, 480);
    if (present) {
      graphics.drawImage(face, 130 + step, 60, 360, 360, null);
    }
    graphics.dispose();
    return frame;
  }
}
