package io.facelogin.infra.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The option {@code --json}: one JSON value on a line of standard output, and nothing else there.
 */
final class JsonOutput {

  // The writer belongs to the whole program: closing it would end it.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  boolean isWanted() {
    return json;
  }

  void print(Object value, PrintWriter out) {
    out.println(MAPPER.writeValueAsString(value));
  }

  static double rounded(double value, int decimals) {
    double scale = Math.pow(10, decimals);
    return Math.round(value * scale) / scale;
  }
}
