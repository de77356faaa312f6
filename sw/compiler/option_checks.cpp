// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/option_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "sw/compiler/layer_names.h"
#include "sw/compiler/line_coding.h"
#include "sw/format/bin_tables.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Where a number does not fit into an index, or nothing.
std::string misfit(const Network& network, std::int64_t limit) {
  if (static_cast<std::int64_t>(network.layers.size()) > limit) {
    return fmt::format("the network has {} layers", network.layers.size());
  }
  for (const Layer& layer : network.layers) {
    if (layer.columns > limit) {
      return fmt::format("layer '{}' has {} columns", layer.name, layer.columns);
    }
    if (layer.kernels > limit) {
      return fmt::format("layer '{}' has {} rows", layer.name, layer.kernels);
    }
  }
  return {};
}

bool is_pointwise(const Layer& layer) {
  return layer.kind == LayerKind::convolution && layer.window.area() == 1;
}

void check_match_rows_of(const CompileOptions& options) {
  const int rows = options.rows;
  if (rows == 0) {
    return;
  }
  if (rows < 0 || rows > static_cast<int>(kMaxMatchRows) || (rows & (rows - 1)) != 0) {
    throw UserError(
        fmt::format("--rows: {}; expected 0 or a power of two from 1 to {}", rows, kMaxMatchRows));
  }
  if (options.bins == 0) {
    throw UserError("--rows: a row is of a bin, and the weights have none; expected --bins");
  }
  if (options.precision == 8) {
    throw UserError(
        "--rows: a search costs more than a multiplication of 8 bits; expected --precision 32 or "
        "16, or --rows 0");
  }
  if (options.calibration.empty()) {
    throw UserError(
        "--rows: the rows are those that images need most often; expected --calibrate IMAGES, or "
        "--rows 0");
  }
  if (options.match.kind == MatchClasses::Kind::fixed && options.match.bits >= options.precision) {
    throw UserError(fmt::format("--match: fixed:{} leaves nothing of {} bits; expected at most {}",
                                options.match.bits, options.precision, options.precision - 1));
  }
}

void check_lines_of(const CompileOptions& options, const Network& network) {
  if (options.weights != WeightForm::line) {
    return;
  }
  if (!(options.lines.delta >= 0 && options.lines.delta <= 100)) {
    throw UserError(
        fmt::format("--delta: {}; expected a percentage, 0 to 100", options.lines.delta));
  }
  if (options.bins != 0) {
    throw UserError("--weights: a line has no bins; expected --weights plain, or --bins 0");
  }
  if (std::any_of(options.tuned_for.begin(), options.tuned_for.end(),
                  [](const auto& table) { return table != nullptr; })) {
    throw UserError(
        "--weights: a line gives other weights than those that are tuned; expected --weights "
        "plain, "
        "or --tune-weights none");
  }
  const std::vector<bool> coded = line_layers(options.lines, network);
  const bool is_dense = options.scheme == Scheme::base && !options.sparse;
  for (std::size_t i = 0; !is_dense && i < coded.size(); ++i) {
    if (network.layers[i].has_weights() && !coded[i]) {
      throw UserError(fmt::format(
          "--line-layers: a cluster has the weights of all layers in one array; expected all, or "
          "--scheme base, not {}",
          to_string(options.scheme)));
    }
  }
}

constexpr const char* kNoLayers = "none";
constexpr const char* kEveryLayer = "all";

/// Those of the layers with weights that an option names; `word` stands alone, and names none.
std::vector<bool> named_layers(const std::vector<std::string>& names, const Network& network,
                               const char* option, const char* word) {
  std::vector<bool> named(network.layers.size(), false);
  std::vector<std::size_t> weighted;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].has_weights()) {
      weighted.push_back(i);
    }
  }
  for (const std::string& name : names) {
    const bool kind = name == "pointwise" || name == "depthwise";
    if (name == word) {
      if (names.size() > 1) {
        throw UserError(
            fmt::format("{}: '{}' does not go together with other layers", option, word));
      }
    } else if ((name == "first" || name == "last") && !weighted.empty()) {
      named[name == "first" ? weighted.front() : weighted.back()] = true;
    } else if (kind) {
      for (const std::size_t i : weighted) {
        const Layer& layer = network.layers[i];
        named[i] = named[i] ||
                   (name == "pointwise" ? is_pointwise(layer) : layer.kind == LayerKind::depthwise);
      }
    } else {
      named[find_weighted_layer(network, name, option)] = true;
    }
  }
  return named;
}

}  // namespace

std::vector<bool> always_loaded_layers(const CompileOptions& options, const Network& network) {
  if (options.clustered == std::vector<std::string>{kEveryLayer}) {
    return named_layers(options.always_loaded, network, "--always-loaded", kNoLayers);
  }
  if (options.always_loaded != std::vector<std::string>{kNoLayers}) {
    throw UserError("--clustered: says the same as --always-loaded; expected one of them");
  }
  std::vector<bool> always = named_layers(options.clustered, network, "--clustered", kEveryLayer);
  for (std::size_t i = 0; i < always.size(); ++i) {
    always[i] = network.layers[i].has_weights() && !always[i];
  }
  return always;
}

int index_bytes(const CompileOptions& options, const Network& network) {
  const int bits = options.index_width;
  if (bits != 0 && bits != 8 && bits != 16 && bits != 32) {
    throw UserError(fmt::format("--index-width: {}; expected 8, 16, 32, or 0 for automatic", bits));
  }
  if (bits == 0) {
    return misfit(network, std::int64_t{1} << 16).empty() ? 2 : 4;
  }
  const std::string reason = misfit(network, std::int64_t{1} << bits);
  if (!reason.empty()) {
    throw UserError(
        fmt::format("--index-width: {} bits count up to {}, but {}; leave the width out "
                    "or take the next larger one",
                    bits, std::int64_t{1} << bits, reason));
  }
  return bits / 8;
}

void check_options(const CompileOptions& options, const Network& network,
                   const std::vector<bool>& always_loaded) {
  const int blocks = options.interleave.blocks;
  if (blocks != 0 &&
      (blocks < 0 || blocks > static_cast<int>(kMaxBlocks) || (blocks & (blocks - 1)) != 0)) {
    throw UserError(fmt::format("--blocks: {}; expected auto or a power of two from 1 to {}",
                                blocks, kMaxBlocks));
  }
  if (options.interleave.iterations < 1) {
    throw UserError(fmt::format("--interleaved-iterations: {}; expected at least 1",
                                options.interleave.iterations));
  }
  if (options.precision != 32 && options.precision != 16 && options.precision != 8) {
    throw UserError(fmt::format("--precision: {} bits; expected 32, 16 or 8", options.precision));
  }
  if (options.bins != 0 && (options.bins < 2 || options.bins > static_cast<int>(kMaxBins))) {
    throw UserError(
        fmt::format("--bins: {}; expected 2 to {}, or 0 for none", options.bins, kMaxBins));
  }
  check_match_rows_of(options);
  check_lines_of(options, network);
  for (std::size_t i = 0; options.bins != 0 && i < network.layers.size(); ++i) {
    if (network.layers[i].product_table != 0) {
      throw UserError(fmt::format(
          "--bins: the multipliers of layer '{}' are a table of products; expected exact "
          "ones beside bins",
          network.layers[i].name));
    }
  }
  for (const auto& [name, count] : options.clusters.layers) {
    if (always_loaded[find_weighted_layer(network, name, "--clusters")]) {
      throw UserError(
          fmt::format("--clusters: layer '{}' is always loaded and therefore not clustered", name));
    }
  }
}

}  // namespace airnn
