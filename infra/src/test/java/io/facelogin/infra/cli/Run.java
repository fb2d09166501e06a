package io.facelogin.infra.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command as a shell sees it, run in this process. */
public record Run(int exitCode, String out, String err) {

  private static final JsonMapper JSON = new JsonMapper();

  public static Run of(String... args) {
    return of(Map.of(), args);
  }

  public static Run of(Map<String, String> environment, String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        FaceLogin.run(List.of(args), environment, new PrintWriter(out), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }

  /** What it printed, which must be one JSON value. */
  public JsonNode json() {
    return JSON.readTree(out);
  }
}
