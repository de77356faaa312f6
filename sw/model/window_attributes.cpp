// SPDX-License-Identifier: Apache-2.0
#include "sw/model/window_attributes.h"

#include <algorithm>

#include "sw/model/message_text.h"
#include "sw/model/window_shape.h"

namespace airnn::graph {
namespace {

AutoPad read_auto_pad(const NodeReader& node) {
  const std::string mode = node.text("auto_pad", "NOTSET");
  if (mode == "NOTSET" || mode.empty()) {
    return AutoPad::notset;
  }
  if (mode == "VALID") {
    return AutoPad::valid;
  }
  if (mode == "SAME_UPPER") {
    return AutoPad::same_upper;
  }
  if (mode == "SAME_LOWER") {
    return AutoPad::same_lower;
  }
  node.fail("auto_pad '" + shown(mode) +
            "' is not supported; supported are NOTSET, SAME_UPPER, SAME_LOWER and VALID");
}

// A list of one number per side (or per end), each from `lowest` on.
std::vector<std::int32_t> read_sides(const NodeReader& node, const std::string& name,
                                     const std::vector<std::int64_t>& values, std::size_t count,
                                     std::int64_t lowest) {
  const bool good =
      values.size() == count && std::all_of(values.begin(), values.end(), [&](std::int64_t value) {
        return value >= lowest && value <= kLargestWindow;
      });
  if (!good) {
    node.fail(name + " " + to_string(values) + " is not supported; supported are " +
              std::to_string(count) + " numbers from " + std::to_string(lowest) +
              " on (two-dimensional windows)");
  }
  return {values.begin(), values.end()};
}

}  // namespace

Window read_window(const NodeReader& node, const std::vector<std::int64_t>& kernel,
                   const MapShape& map) {
  if (kernel.empty() && !node.has_attribute("kernel_shape")) {
    node.fail("attribute 'kernel_shape' is missing");
  }
  const std::vector<std::int64_t> declared = node.integers("kernel_shape", kernel);
  if (!kernel.empty() && declared != kernel) {
    node.fail("kernel_shape " + to_string(declared) +
              " contradicts the weights, whose kernels are " + to_string(kernel));
  }
  const std::vector<std::int64_t> dilations = node.integers("dilations", {1, 1});
  if (std::any_of(dilations.begin(), dilations.end(), [](std::int64_t d) { return d != 1; })) {
    node.fail("dilations " + to_string(dilations) + " are not supported; supported is 1");
  }
  const auto size = read_sides(node, "kernel_shape", declared, 2, 1);
  const auto stride = read_sides(node, "strides", node.integers("strides", {1, 1}), 2, 1);
  const auto pads = read_sides(node, "pads", node.integers("pads", {0, 0, 0, 0}), 4, 0);
  Window window;
  window.kernel_h = size[0];
  window.kernel_w = size[1];
  window.stride_h = stride[0];
  window.stride_w = stride[1];
  window.pad_top = pads[0];
  window.pad_left = pads[1];
  window.pad_bottom = pads[2];
  window.pad_right = pads[3];
  apply_auto_pad(read_auto_pad(node), map, &window);
  return window;
}

const MapValue& read_unflattened_map(const NodeReader& node) {
  const MapValue& map = node.map(0);
  if (map.dims.size() < 3 || !map.is_unflattened()) {
    node.fail("reads a map of shape " + to_string(map.dims) +
              "; supported are channels x height x width, not flattened, with batch 1");
  }
  return map;
}

const MapValue& read_spatial_map(const NodeReader& node) {
  const MapValue& map = read_unflattened_map(node);
  if (map.dims.size() != 4) {
    node.fail("reads a map of shape " + to_string(map.dims) +
              "; supported is [1, channels, height, width]");
  }
  return map;
}

std::vector<std::int64_t> spatial_dims(const MapShape& shape, const MapValue& like) {
  std::vector<std::int64_t> dims = {shape.channels, shape.height, shape.width};
  dims.insert(dims.begin(), like.dims.size() - dims.size(), 1);
  return dims;
}

}  // namespace airnn::graph
