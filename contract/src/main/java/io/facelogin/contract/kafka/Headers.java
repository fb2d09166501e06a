package io.facelogin.contract.kafka;

/** Names of the record headers. */
public final class Headers {

  /** Version of the value's schema, a decimal number in UTF-8. */
  public static final String SCHEMA = "schema";

  /** Trace id, born in capture or in the browser's session, carried to the browser. */
  public static final String TRACE = "trace";

  /** Id of the network that made the value. */
  public static final String MODEL = "model";

  /** On dead letters: the kind of error, a constant name. */
  public static final String ERROR_KIND = "error-kind";

  /** On dead letters: {@code topic-partition@offset} of the record that could not be read. */
  public static final String ORIGIN = "origin";

  private Headers() {}
}
