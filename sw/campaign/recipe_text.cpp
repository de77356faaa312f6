// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/recipe_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace airnn {

namespace {

/// 0 is the elbow.
std::string clusters_text(const ClusterSpec& spec) {
  std::string text = std::to_string(spec.network.clusters);
  for (const auto& [layer, count] : spec.layers) {
    text += fmt::format(",{}={}", layer, count.clusters);
  }
  return text;
}

}  // namespace

std::string clustering_text(const CompileOptions& options) {
  const std::uint64_t seed = options.init == InitMethod::random ? options.seed : 0;
  return fmt::format("precision {}, indices {}, clusters {}, order {}, init {}, seed {}, always {}",
                     options.precision, options.index_width, clusters_text(options.clusters),
                     static_cast<int>(options.order), static_cast<int>(options.init), seed,
                     fmt::join(options.always_loaded, ","));
}

std::string scheme_text(const CompileOptions& options) {
  if (options.scheme != Scheme::interleaved) {
    return to_string(options.scheme);
  }
  const InterleaveOptions& how = options.interleave;
  return fmt::format("{}, policy {}, blocks {}, grouping {}, iterations {}",
                     to_string(options.scheme), static_cast<int>(how.policy), how.blocks,
                     static_cast<int>(how.grouping), how.iterations);
}

}  // namespace airnn
