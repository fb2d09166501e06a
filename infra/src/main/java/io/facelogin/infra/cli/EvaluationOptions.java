package io.facelogin.infra.cli;

import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.store.ModelStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code evaluate} compares: networks, and ways to use them. */
final class EvaluationOptions {

  /** About 1 % and 5 % of press photographs lie below. */
  private static final List<Double> COMPARED_QUALITIES = List.of(0.3, 0.4);

  @Option(
      names = "--model",
      paramLabel = "NAME",
      split = Settings.LIST_SEPARATOR,
      description =
          "encoder, by name or by the path of its manifest; repeatable: all go into one table and"
              + " one plot (default: "
              + ModelStore.DEFAULT_ENCODER
              + ")")
  private List<String> models = List.of(ModelStore.DEFAULT_ENCODER);

  @Option(
      names = "--alignment",
      paramLabel = "TEMPLATE",
      description = "template that faces are aligned to (default: the encoder's own)")
  private @Nullable String alignment;

  @Option(names = "--no-mirror", description = "encode without the mirror image")
  private boolean withoutMirror;

  @Option(
      names = "--min-quality",
      paramLabel = "0..1",
      defaultValue = "0",
      description = "leave out pairs with a face of lower quality")
  private double minQuality;

  @Option(
      names = "--good-only",
      description = "leave out pairs with a face that has something wrong with it")
  private boolean goodOnly;

  @Option(
      names = "--compare",
      description =
          "say what alignment, mirror image and quality gate do to the result, in one table")
  private boolean compare;

  /** In the order of the table. */
  List<Variant> variants(ModelStore store) throws UnusableManifestException {
    if (!(minQuality >= 0 && minQuality < 1)) {
      throw new MisuseException("--min-quality must be 0 to 1, got " + minQuality);
    }
    if (compare && (alignment != null || withoutMirror || minQuality > 0 || goodOnly)) {
      throw new MisuseException(
          "--compare goes through alignments, mirror image and gates itself: give it alone");
    }
    List<Variant> variants = new ArrayList<>();
    for (String model : models) {
      String own = store.manifest(model).alignmentOrThrow();
      if (compare) {
        variants.addAll(compared(model, AlignmentTemplate.named(own)));
      } else {
        var gate = new Variant.Gate(goodOnly, minQuality);
        variants.add(new Variant(model, template(own).name(), !withoutMirror, gate));
      }
    }
    return variants.stream().distinct().toList();
  }

  private AlignmentTemplate template(String own) {
    try {
      return AlignmentTemplate.named(alignment == null ? own : alignment);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private static List<Variant> compared(String model, AlignmentTemplate own) {
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant(model, own.name(), true, Variant.Gate.NONE));
    variants.add(new Variant(model, own.name(), false, Variant.Gate.NONE));
    AlignmentTemplate.ALL.stream()
        .filter(other -> other.sidePx() == own.sidePx() && !other.equals(own))
        .forEach(other -> variants.add(new Variant(model, other.name(), true, Variant.Gate.NONE)));
    variants.add(new Variant(model, own.name(), true, new Variant.Gate(true, 0)));
    for (double quality : COMPARED_QUALITIES) {
      variants.add(new Variant(model, own.name(), true, new Variant.Gate(false, quality)));
    }
    return variants;
  }
}
