package io.facelogin.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Trace;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Somebody enrolled before a browser; the test plays the pipeline that recognises the face. */
final class FaceVisitor {

  static final byte[] JPEG = new byte[20_000];

  static {
    JPEG[0] = (byte) 0xff;
    JPEG[1] = (byte) 0xd8;
    JPEG[2] = (byte) 0xff;
  }

  private FaceVisitor() {}

  static UUID enrolled(TestSite site, String name, String mail) throws Exception {
    UUID id = UUID.randomUUID();
    DataKey key = site.personKey(id);
    DatabaseConnection database = site.database();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into person (id, sealed_name, sealed_mail, created_at, enrolled_at)"
                    + " values (?, ?, ?, now(), now())")) {
      insert.setObject(1, id);
      insert.setBytes(2, key.seal("name", id.toString(), name.getBytes(UTF_8)));
      insert.setBytes(3, key.seal("mail", id.toString(), mail.getBytes(UTF_8)));
      insert.executeUpdate();
    }
    return id;
  }

  /** Until the session of this client is that of the person. */
  static void logsIn(Client client, URI site, TestPipeline pipeline, UUID person) throws Exception {
    try (Browser page = Browser.open(client, site, "login")) {
      Frame frame = pipeline.frameShownBy(page, JPEG);
      pipeline.publish(
          Topics.DECISIONS,
          page.camera(),
          Decision.newBuilder()
              .setDecisionId(page.camera() + "/1")
              .setFrame(frame.getRef())
              .setTrackId(1)
              .setRevision(1)
              .setOutcome(Outcome.ACCEPTED)
              .addReasons(Reason.MATCHED)
              .setPersonId(person.toString())
              .setCosineSimilarity(0.8f)
              .setThreshold(0.5f)
              .setFramesUsed(3)
              .setAttackScore(0.1f)
              .setTrace(
                  Trace.newBuilder()
                      .setDecidedUs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())))
              .build());
      assertThat(page.next("decision").path("outcome").asString()).isEqualTo("ACCEPTED");
    }
  }
}
