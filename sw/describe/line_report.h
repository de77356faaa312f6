// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sw/compiler/compile_report.h"
#include "sw/describe/image_selection.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Lines of a layer: how many weights they have, how many they are, and the longest.
struct LineCounts {
  std::int64_t weights = 0;
  std::int64_t segments = 0;
  std::int64_t longest = 0;

  LineCounts& operator+=(const LineCounts& other);
};

/// Of each layer in what an iteration fetches; all zero where weights are plain.
std::vector<LineCounts> line_counts(const MemoryImage& image, int iteration);

/// A row per layer with weights, and one of all: weights, lines, their lengths, and how many times
/// fewer bits they have than words of the same precision, and than words of 32 bits. Plain layers
/// have no lines, but count in the sum. The compiler also knows the tolerance and the errors.
/// Empty if the weights are plain.
std::string lines_table(const CompileReport& report, const MemoryImage& image);
std::string lines_table(const MemoryImage& image, const ImageSelection& selection);
/// The same; null if the weights are plain.
nlohmann::ordered_json lines_json(const CompileReport& report, const MemoryImage& image);
nlohmann::ordered_json lines_json(const MemoryImage& image, const ImageSelection& selection);

}  // namespace airnn
