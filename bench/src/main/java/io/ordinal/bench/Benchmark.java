package io.ordinal.bench;

import java.util.List;

/// Something to measure, in steps: two clusters are measured step by step in turn, so that both see
/// the same moods of the machine.
interface Benchmark {

  /// What it does and on what, in one sentence for the reader of its figures.
  String what();

  List<Step> steps();

  /// One part that is measured for each cluster before the next one begins.
  interface Step {
    List<Figure> measure() throws Exception;
  }
}
