package io.facelogin.jannoy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Index files written by the original, with the vectors they were made of. */
record ReferenceFiles(Path folder) {

  static ReferenceFiles orSkip() {
    Path data =
        Optional.ofNullable(System.getenv("FACE_LOGIN_DATA"))
            .map(Path::of)
            .orElse(Path.of("../../shared"));
    Path folder = data.resolve("annoy/ref");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "left out: no reference index files at " + folder);
    return new ReferenceFiles(folder);
  }

  Path index(String name) {
    return folder.resolve(name + ".ann");
  }

  JsonNode expected(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve(name + ".json")));
  }

  Metric metric(JsonNode expected) {
    return expected.get("metric").asString().equals("angular") ? Metric.ANGULAR : Metric.EUCLIDEAN;
  }

  float[][] vectors(String set, int dimension) throws IOException {
    return rows(set + ".vec.f32", dimension);
  }

  float[][] queries(String set, int dimension) throws IOException {
    return rows(set + ".query.f32", dimension);
  }

  /** Ids of the rows: from a file where they have gaps. */
  int[] ids(String name, int rows) throws IOException {
    return name.contains("gaps")
        ? Files.readAllLines(folder.resolve("f8_gaps.ids")).stream()
            .mapToInt(line -> Integer.parseInt(line.strip()))
            .toArray()
        : IntStream.range(0, rows).toArray();
  }

  private float[][] rows(String file, int dimension) throws IOException {
    var floats =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    float[][] rows = new float[floats.remaining() / dimension][dimension];
    for (float[] row : rows) {
      floats.get(row);
    }
    return rows;
  }
}
