// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/selection_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sw/cli/option_values.h"
#include "sw/config/config_node.h"
#include "sw/config/nearest_name.h"
#include "sw/config/scalar_parser.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

std::size_t find_layer(const Network& network, const std::string& text) {
  std::vector<std::string> names;
  for (const Layer& layer : network.layers) {
    names.push_back(layer.name);
  }
  // A number is an index even where a layer is called so: every layer can be named by one.
  const auto index = parse_integer(text);
  if (index && *index >= 0 && *index < static_cast<std::int64_t>(names.size())) {
    return static_cast<std::size_t>(*index);
  }
  const auto found = std::find(names.begin(), names.end(), text);
  if (found != names.end()) {
    return static_cast<std::size_t>(found - names.begin());
  }
  throw UserError(
      fmt::format("--layer: no layer is called {}; expected a name or an index from 0 to {}{}",
                  quoted(text), names.size() - 1, did_you_mean(text, names)));
}

}  // namespace

ImageSelection select_from(const MemoryImage& image, const SelectionOptions& options) {
  ImageSelection selection;
  selection.crs = options.crs;
  selection.interleaving = options.interleaving;
  selection.lines = options.lines;
  if (!options.layer.empty()) {
    selection.layer = find_layer(image.network(), options.layer);
  }
  if (!options.batch.empty()) {
    selection.batch =
        static_cast<int>(integer_option("--batch", options.batch, 1, image.info().iterations));
  }
  if (options.interleaving && image.info().scheme != Scheme::interleaved) {
    throw UserError(
        fmt::format("--interleaving: the image has scheme {}; it holds no groups of kernels",
                    to_string(image.info().scheme)));
  }
  if (options.lines && !image.has_lines()) {
    throw UserError("--lines: the weights of the image are plain; it holds no lines");
  }
  if (options.crs && image.info().is_dense()) {
    throw UserError("--crs: the image has scheme base; it holds dense weights and no such arrays");
  }
  return selection;
}

}  // namespace airnn
