// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sw/compiler/compile_options.h"
#include "sw/compiler/compile_report.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What `airnn compile` reports on.
struct CompiledModel {
  std::string model_file;  ///< without folders, as is the other
  std::string image_file;
  const CompileOptions& options;
  const CompileReport& report;
  const MemoryImage& image;
};

/// Tables of layers and batches for people.
std::string compile_text(const CompiledModel& compiled);
/// The same, and the curves of the elbow method, for programs.
nlohmann::ordered_json compile_json(const CompiledModel& compiled);

}  // namespace airnn
