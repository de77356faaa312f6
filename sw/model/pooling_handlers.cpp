// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sw/model/node_handlers.h"
#include "sw/model/window_attributes.h"
#include "sw/model/window_shape.h"

namespace airnn::graph {
namespace {

void finish_pool(NodeReader* node, const MapValue& map, const Window& window, PoolKind kind) {
  Operator made = node->start(OperatorKind::pooling, 0);
  const bool ceil = node->integer("ceil_mode", 0) != 0;
  made.window = window;
  made.pool = kind;
  made.count_include_pad = kind == PoolKind::average && node->integer("count_include_pad", 0) != 0;
  made.output = slide(window, map.shape, ceil ? Rounding::ceil : Rounding::floor);
  if (made.output.height < 1 || made.output.width < 1) {
    node->fail("its window of shape " + to_string({window.kernel_h, window.kernel_w}) +
               " is larger than the padded map of shape " + to_string(map.dims));
  }
  if (!every_window_meets_map(window, map.shape, made.output)) {
    node->fail(
        "a window that lies in the padding alone is not supported; supported are pads smaller "
        "than the window");
  }
  const MapShape output = made.output;
  node->finish(std::move(made), spatial_dims(output, map));
}

void read_pool(NodeReader* node, PoolKind kind) {
  const MapValue map = read_spatial_map(*node);
  finish_pool(node, map, read_window(*node, {}, map.shape), kind);
}

}  // namespace

void read_max_pool(NodeReader* node) {
  node->refuse_second_output("indices of the maxima");
  read_pool(node, PoolKind::max);
}

void read_average_pool(NodeReader* node) {
  read_pool(node, PoolKind::average);
}

void read_global_average_pool(NodeReader* node) {
  const MapValue map = read_spatial_map(*node);
  if (map.shape.height == 1 && map.shape.width == 1) {
    node->deliver({map, nullptr});
    return;
  }
  Window window;
  window.kernel_h = map.shape.height;
  window.kernel_w = map.shape.width;
  finish_pool(node, map, window, PoolKind::average);
}

void read_pad(NodeReader* node) {
  const std::string mode = node->text("mode", "constant");
  if (mode != "constant") {
    node->fail("mode '" + mode + "' is not supported; supported is constant");
  }
  const float filler = node->has_input(2) ? node->scalar(2, "value") : node->number("value", 0.0F);
  if (filler != 0.0F || node->has_input(3)) {
    node->fail(
        "padding with a value other than zero, or along chosen axes, is not supported; "
        "supported is zero along all");
  }
  const std::string name = node->has_attribute("paddings") ? "paddings" : "pads";
  const std::vector<std::int64_t> pads = node->attribute_or_input(name, 1);
  if (std::all_of(pads.begin(), pads.end(), [](std::int64_t pad) { return pad == 0; })) {
    node->deliver({node->map(0), nullptr});
    return;
  }
  const MapValue map = read_spatial_map(*node);
  const std::size_t rank = map.dims.size();
  if (pads.size() != 2 * rank) {
    node->fail("pads " + to_string(pads) + " do not fit a map of shape " + to_string(map.dims));
  }
  for (std::size_t i = 0; i < pads.size(); ++i) {
    const bool spatial = i % rank + 2 >= rank;
    if (pads[i] < 0 || (pads[i] > 0 && !spatial)) {
      node->fail("pads " + to_string(pads) +
                 " are not supported; supported are positive ones along height and width");
    }
  }
  Operator made = node->start(OperatorKind::padding, 0);
  made.window.pad_top = checked_side(*node, pads[rank - 2] + 1) - 1;
  made.window.pad_left = checked_side(*node, pads[rank - 1] + 1) - 1;
  made.window.pad_bottom = checked_side(*node, pads[2 * rank - 2] + 1) - 1;
  made.window.pad_right = checked_side(*node, pads[2 * rank - 1] + 1) - 1;
  made.output = slide(made.window, map.shape, Rounding::floor);
  const MapShape output = made.output;
  node->finish(std::move(made), spatial_dims(output, map));
}

}  // namespace airnn::graph
