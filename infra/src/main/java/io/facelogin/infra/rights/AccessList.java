package io.facelogin.infra.rights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourceType;

/** The rights of all stages, as {@code infra/kafka-acls.csv} has them. */
public final class AccessList {

  private static final String FILE = "kafka-acls.csv";
  private static final String ANY_HOST = "*";

  private final List<Right> rights;

  private AccessList(List<Right> rights) {
    this.rights = rights;
  }

  /** The list that belongs to this version. */
  public static AccessList packaged() {
    try (InputStream in = Objects.requireNonNull(AccessList.class.getResourceAsStream(FILE))) {
      return new AccessList(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .skip(1)
              .map(AccessList::right)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the packaged " + FILE, e);
    }
  }

  private static Right right(String line) {
    String[] cells = line.split(",");
    ResourceType resource =
        switch (cells[1]) {
          case "topic" -> ResourceType.TOPIC;
          case "group" -> ResourceType.GROUP;
          case "transaction" -> ResourceType.TRANSACTIONAL_ID;
          default -> throw new IllegalArgumentException("No resource " + cells[1] + " in " + line);
        };
    boolean prefix = cells[2].endsWith("*");
    return new Right(
        cells[0],
        resource,
        prefix ? cells[2].substring(0, cells[2].length() - 1) : cells[2],
        prefix,
        Arrays.stream(cells[3].split(" ")).map(AclOperation::valueOf).collect(Collectors.toSet()));
  }

  /** In the order of the data. */
  public List<String> stages() {
    return rights.stream().map(Right::stage).distinct().toList();
  }

  public List<Right> of(String stage) {
    return rights.stream().filter(right -> right.stage().equals(stage)).toList();
  }

  /**
   * The lines for Kafka's own tool that give each stage's user its rights.
   *
   * @param userPrefix before the stage's word in the user's name
   */
  public List<String> commands(String bootstrapServers, String userPrefix) {
    List<String> lines = new ArrayList<>();
    for (Right right : rights) {
      String option =
          switch (right.resource()) {
            case GROUP -> "--group";
            case TRANSACTIONAL_ID -> "--transactional-id";
            default -> "--topic";
          };
      Set<String> operations = new TreeSet<>();
      right.operations().forEach(operation -> operations.add("--operation " + word(operation)));
      var pattern = right.pattern();
      lines.add(
          "kafka-acls.sh --bootstrap-server %s --command-config admin.properties --add"
                  .formatted(bootstrapServers)
              + " --allow-principal User:%s%s %s %s '%s' --resource-pattern-type %s"
                  .formatted(
                      userPrefix,
                      right.stage(),
                      String.join(" ", operations),
                      option,
                      pattern.name(),
                      pattern.patternType().name().toLowerCase(java.util.Locale.ROOT)));
    }
    return lines;
  }

  /** As Kafka's tool writes it: {@code DescribeConfigs}. */
  private static String word(AclOperation operation) {
    return Arrays.stream(operation.name().split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining());
  }

  /**
   * Gives the users their rights; those that they have already stay.
   *
   * @return how many rules there are
   */
  public int apply(Admin admin, String userPrefix)
      throws java.util.concurrent.ExecutionException, InterruptedException {
    List<AclBinding> rules =
        rights.stream()
            .flatMap(
                right ->
                    right.operations().stream()
                        .map(
                            operation ->
                                new AclBinding(
                                    right.pattern(),
                                    new AccessControlEntry(
                                        "User:" + userPrefix + right.stage(),
                                        ANY_HOST,
                                        operation,
                                        AclPermissionType.ALLOW))))
            .toList();
    admin.createAcls(rules).all().get();
    return rules.size();
  }
}
