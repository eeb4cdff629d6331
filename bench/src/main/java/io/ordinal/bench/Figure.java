package io.ordinal.bench;

/// One measured number.
///
/// @param name what was measured, unique within a benchmark
/// @param unit such as `/s`, `ms`, `MB`, `%`
record Figure(String name, double value, String unit) {}
