// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace airnn::test {

/// How far an imported network is from the graph in its file.
struct Deviation {
  double in_float = 0;   ///< imported, run by golden::FloatInference
  double in_fixed = 0;   ///< imported, compiled to 32 bits, run by golden::FixedInference
  double magnitude = 0;  ///< largest element of the result
};

/// Runs the ONNX file at `path` through the importer, and through the evaluator of graphs in double
/// precision, on one input of multiples of 1/128 from -1 to 1 drawn from `seed`. Deviations are
/// largest differences of an element of the result, relative to its largest element (or to `floor`,
/// where all are smaller). Throws what the importer and the evaluator throw.
Deviation check_import(const std::string& path, std::uint32_t seed, double floor = 0.01);

/// The same for an encoded model.
Deviation check_import_of_bytes(const std::string& bytes, std::uint32_t seed, double floor = 0.01);

}  // namespace airnn::test
