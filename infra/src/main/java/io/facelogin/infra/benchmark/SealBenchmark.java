package io.facelogin.infra.benchmark;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Template;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.gallery.TemplateRecords;
import io.facelogin.matcher.lmdb.LmdbGalleryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** What sealing costs: opening a gallery from disk, and single records. */
public final class SealBenchmark {

  private static final int TEMPLATES_OF_A_PERSON = 3;
  private static final int BATCH = 1_000;
  private static final int ROUNDS = 2_000;
  private static final int FRAME_BYTES = 100_000;
  private static final long MAP_BYTES = 8L << 30;

  private final int templates;
  private final int dimension;

  public SealBenchmark(int templates, int dimension) {
    this.templates = templates;
    this.dimension = dimension;
  }

  /**
   * @param openingMs of the gallery, whole
   * @param plainMs the same records parsed only, as if they were not sealed
   * @param sealTemplateUs of one template; the others likewise
   */
  public record Result(
      double openingMs,
      double plainMs,
      double sealTemplateUs,
      double openTemplateUs,
      double sealFrameUs,
      double openFrameUs) {}

  /**
   * @param folder empty; the caller removes it
   */
  public Result run(Path folder) throws IOException {
    Map<PersonId, Optional<DataKey>> made = new ConcurrentHashMap<>();
    PersonKeys keys = id -> made.computeIfAbsent(id, key -> Optional.of(DataKey.fresh()));
    Random random = new Random(1);
    try (LmdbGalleryStore store = open(folder, keys)) {
      List<GalleryChange> batch = new ArrayList<>();
      for (int i = 0; i < templates; i++) {
        batch.add(new GalleryChange.Enrolled(reference(i, random)));
        if (batch.size() == BATCH || i == templates - 1) {
          store.apply(batch, Map.of());
          batch.clear();
        }
      }
    }
    double openingMs = 0;
    for (int warm = 0; warm < 2; warm++) {
      long begin = System.nanoTime();
      try (LmdbGalleryStore store = open(folder, keys)) {
        store.forEach(reference -> {});
      }
      openingMs = (System.nanoTime() - begin) / 1e6;
    }
    Template template = TemplateRecords.toRecord(reference(0, random));
    byte[] plain = template.toByteArray();
    DataKey key = DataKey.fresh();
    Template sealed = PersonSeals.seal(template, key);
    MasterKeys masters = MasterKeys.passing();
    byte[] frame = new byte[FRAME_BYTES];
    random.nextBytes(frame);
    byte[] sealedFrame = masters.seal("frames", "", frame);
    return new Result(
        openingMs,
        micros(i -> parse(plain)) * templates / 1_000,
        micros(i -> PersonSeals.seal(template, key)),
        micros(i -> PersonSeals.open(sealed, key)),
        micros(i -> masters.seal("frames", "", frame)),
        micros(i -> masters.open("frames", "", sealedFrame)));
  }

  private static void parse(byte[] plain) {
    try {
      TemplateRecords.toReference(Template.parseFrom(plain));
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LmdbGalleryStore open(Path folder, PersonKeys keys) throws IOException {
    return LmdbGalleryStore.open(folder, "benchmark", MAP_BYTES, keys, Clock.systemUTC());
  }

  private Reference reference(int number, Random random) {
    float[] vector = new float[dimension];
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
      square += (double) vector[i] * vector[i];
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return new Reference(
        new TemplateId("template-" + number),
        new PersonId("person-" + number / TEMPLATES_OF_A_PERSON),
        new ModelId("benchmark"),
        vector,
        Quality.getDefaultInstance(),
        "benchmark",
        Instant.EPOCH,
        false);
  }

  private static double micros(IntConsumer work) {
    double micros = 0;
    for (int warm = 0; warm < 3; warm++) {
      long begin = System.nanoTime();
      for (int i = 0; i < ROUNDS; i++) {
        work.accept(i);
      }
      micros = (System.nanoTime() - begin) / 1e3 / ROUNDS;
    }
    return micros;
  }
}
