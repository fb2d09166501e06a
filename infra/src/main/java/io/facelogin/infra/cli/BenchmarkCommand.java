package io.facelogin.infra.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures parts of face-login on this machine. */
@Command(
    name = "benchmark",
    description = "Measure face-login on this machine.",
    subcommands = {
      BenchmarkDetectCommand.class,
      BenchmarkEncodeCommand.class,
      BenchmarkFpirCommand.class,
      BenchmarkIndexCommand.class,
      BenchmarkPipelineCommand.class,
      BenchmarkSealCommand.class,
      BenchmarkSoakCommand.class
    },
    footer = {"", "Example: face-login benchmark pipeline --video lobby.mp4"})
final class BenchmarkCommand {

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;
}
