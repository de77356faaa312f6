// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/cluster_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "sw/compiler/kmeans.h"
#include "sw/compiler/layer_names.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr const char* kOption = "--clusters";

ClusterCount parse_count(const std::string& text, const std::string& item) {
  if (text == "elbow") {
    return {};
  }
  const bool digits =
      !text.empty() && text.size() <= 4 &&
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  const int clusters = digits ? std::stoi(text) : 0;
  if (clusters < 1 || clusters > kMaxClusters) {
    throw UserError(fmt::format(
        "{}: '{}' in '{}' is no number of clusters; expected elbow or a number from 1 to {}",
        kOption, text, item, kMaxClusters));
  }
  return {clusters, false};
}

}  // namespace

ClusterSpec parse_cluster_spec(const std::string& text) {
  ClusterSpec spec;
  bool network_given = false;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string item = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t equals = item.rfind('=');
    if (equals == std::string::npos) {
      const ClusterCount count = parse_count(item, text);
      if (network_given) {
        throw UserError(
            fmt::format("{}: '{}' is a second number for the whole network; for one layer write "
                        "layer={}",
                        kOption, item, item));
      }
      spec.network = count;
      network_given = true;
      continue;
    }
    const std::string layer = item.substr(0, equals);
    if (layer.empty()) {
      throw UserError(fmt::format("{}: '{}' lacks the name of a layer", kOption, item));
    }
    ClusterCount count = parse_count(item.substr(equals + 1), item);
    count.own_curve = count.is_elbow();
    if (!spec.layers.emplace(layer, count).second) {
      throw UserError(fmt::format("{}: layer '{}' comes twice", kOption, layer));
    }
  }
  return spec;
}

std::string cluster_spec_text(const ClusterSpec& spec) {
  const auto text_of = [](const ClusterCount& count) {
    return count.is_elbow() ? "elbow" : std::to_string(count.clusters);
  };
  std::string text = text_of(spec.network);
  for (const auto& [layer, count] : spec.layers) {
    text += fmt::format(",{}={}", layer, text_of(count));
  }
  return text;
}

std::vector<ClusterCount> counts_per_layer(const ClusterSpec& spec, const Network& network) {
  std::vector<ClusterCount> counts(network.layers.size(), spec.network);
  for (const auto& [name, count] : spec.layers) {
    counts[find_weighted_layer(network, name, kOption)] = count;
  }
  return counts;
}

}  // namespace airnn
