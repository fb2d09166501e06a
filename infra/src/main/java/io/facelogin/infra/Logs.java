package io.facelogin.infra;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go. A short command prints warnings of our own on stderr (logback.xml); a site
 * keeps a file in its data directory, so that the terminal stays readable; a worker prints
 * everything, because a container's platform collects it.
 */
public final class Logs {

  private static final String OURS = "io.facelogin";
  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{0} - %msg%n";
  private static final FileSize FILE_SIZE = FileSize.valueOf("20MB");

  private Logs() {}

  /** Spring Boot would otherwise set up logging anew, for the whole process. */
  public static void keepFromSpring() {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
  }

  /** For a site: all into the file, our own errors on stderr too. */
  public static void toFile(Path file) {
    LoggerContext context = context();
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context));
    var rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(4);
    rolling.start();
    var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    size.setContext(context);
    size.setMaxFileSize(FILE_SIZE);
    size.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(size);
    appender.start();
    replaceAppenders(appender);
    context.getLogger(OURS).addAppender(console(context, Level.ERROR));
  }

  /** For a worker: all on stderr. */
  public static void toConsole() {
    replaceAppenders(console(context(), Level.TRACE));
  }

  private static void replaceAppenders(Appender<ILoggingEvent> appender) {
    keepFromSpring();
    Logger root = context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    context().getLogger(OURS).setLevel(Level.INFO);
    // Kafka repeats itself while a broker is away; our own health says it once.
    context().getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
  }

  private static Appender<ILoggingEvent> console(LoggerContext context, Level from) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context));
    var filter = new ThresholdFilter();
    filter.setLevel(from.levelStr);
    filter.start();
    appender.addFilter(filter);
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
