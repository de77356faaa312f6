// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "sw/model/message_text.h"
#include "sw/model/node_handlers.h"
#include "sw/model/window_attributes.h"
#include "sw/model/window_shape.h"

namespace airnn::graph {
namespace {

void check_window(const NodeReader& node, const Window& window) {
  if (window.kernel_h > kLargestWindow || window.kernel_w > kLargestWindow) {
    node.fail("its window of shape " + to_string({window.kernel_h, window.kernel_w}) +
              " is too large; supported are sides up to " + std::to_string(kLargestWindow));
  }
}

void finish_pool(NodeReader* node, const MapValue& map, const Window& window, PoolKind kind) {
  Operator made = node->start(OperatorKind::pooling, 0);
  const bool ceil = node->integer("ceil_mode", 0) != 0;
  check_window(*node, window);
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
  if (ceil && node->text("auto_pad", "") == "VALID" &&
      !(made.output == slide(window, map.shape, Rounding::floor))) {
    node->fail(
        "auto_pad VALID with ceil_mode=1 is not supported where rounding matters: its definition "
        "contradicts itself; use pads");
  }
  const MapShape output = made.output;
  node->finish(std::move(made), spatial_dims(output, map));
}

struct Sides {
  bool rows = true;
  bool columns = true;
};

// One element of all rows, or columns, or both; the map gets ONNX shape `dims`.
void pool_whole(NodeReader* node, const MapValue& map, PoolKind kind, Sides sides,
                const std::vector<std::int64_t>& dims) {
  Operator made = node->start(OperatorKind::pooling, 0);
  made.pool = kind;
  made.window.kernel_h = sides.rows ? map.shape.height : 1;
  made.window.kernel_w = sides.columns ? map.shape.width : 1;
  if (made.window.kernel_h == 1 && made.window.kernel_w == 1) {
    MapValue view = map;
    view.dims = dims;
    node->deliver({view, nullptr});
    return;
  }
  check_window(*node, made.window);
  made.output = slide(made.window, map.shape, Rounding::floor);
  node->finish(std::move(made), dims);
}

void read_global_pool(NodeReader* node, PoolKind kind) {
  const MapValue map = read_spatial_map(*node);
  pool_whole(node, map, kind, {}, {1, map.shape.channels, 1, 1});
}

constexpr int kNoSide = -1;

// Which side of the map each dimension of its ONNX shape is: 0, 1, 2 for channels, height, width;
// kNoSide for dimensions of 1.
std::vector<int> sides_of(const NodeReader& node, const MapValue& map) {
  const std::int64_t shape[] = {map.shape.channels, map.shape.height, map.shape.width};
  std::vector<int> sides;
  int next = 0;
  for (const std::int64_t dim : map.dims) {
    while (dim != 1 && next < 3 && shape[next] == 1) {
      ++next;
    }
    if (dim != 1 && (next == 3 || shape[next] != dim)) {
      node.fail("reads a flattened map of shape " + to_string(map.dims) +
                "; supported are channels x height x width, not flattened");
    }
    sides.push_back(dim == 1 ? kNoSide : next++);
  }
  return sides;
}

void read_pool(NodeReader* node, PoolKind kind) {
  const MapValue map = read_spatial_map(*node);
  finish_pool(node, map, read_window(*node, {}, map.shape), kind);
}

// Beginnings of all axes, then ends; where axes are chosen, the others have none.
std::vector<std::int64_t> pads_of_all_axes(const NodeReader& node) {
  const std::size_t rank = node.map(0).dims.size();
  const std::string name = node.opset() < 2 ? "paddings" : "pads";
  const std::vector<std::int64_t> given = node.required_list(name, 1, 11);
  std::vector<std::int64_t> axes;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    axes.push_back(static_cast<std::int64_t>(axis));
  }
  node.check_moved("axes", 3, 18);
  if (node.has_input(3)) {
    axes = checked_axes(node, node.integer_list(3, "axes"), rank);
  }
  if (given.size() != 2 * axes.size()) {
    node.fail("pads " + to_string(given) + " do not fit a map of shape " +
              to_string(node.map(0).dims) + " along " + std::to_string(axes.size()) + " axes");
  }
  std::vector<std::int64_t> pads(2 * rank, 0);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<std::size_t>(axes[i]);
    pads[axis] = given[i];
    pads[axis + rank] = given[i + axes.size()];
  }
  return pads;
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
  read_global_pool(node, PoolKind::average);
}

void read_global_max_pool(NodeReader* node) {
  read_global_pool(node, PoolKind::max);
}

void read_reduce_mean(NodeReader* node) {
  const MapValue map = node->map(0);
  const std::size_t rank = map.dims.size();
  std::vector<bool> reduced(rank, false);
  const std::vector<std::int64_t> axes = checked_axes(*node, node->moved_list("axes", 1, 18), rank);
  for (const std::int64_t axis : axes) {
    reduced[static_cast<std::size_t>(axis)] = true;
  }
  if (axes.empty() && node->integer("noop_with_empty_axes", 0) == 0) {
    reduced.assign(rank, true);
  }
  const std::vector<int> sides = sides_of(*node, map);
  bool along[3] = {};  // channels, height, width
  const bool keeps = node->integer("keepdims", 1) != 0;
  std::vector<std::int64_t> dims;
  for (std::size_t i = 0; i < rank; ++i) {
    if (reduced[i] && sides[i] != kNoSide) {
      along[sides[i]] = true;
    }
    if (!reduced[i] || keeps) {
      dims.push_back(reduced[i] ? 1 : map.dims[i]);
    }
  }
  if (along[0]) {
    node->fail("along the channels of a map of shape " + to_string(map.dims) +
               " is not supported; supported is along height and width");
  }
  pool_whole(node, map, PoolKind::average, {along[1], along[2]}, dims);
}

void read_pad(NodeReader* node) {
  const std::string mode = node->text("mode", "constant");
  if (mode != "constant") {
    node->fail("mode '" + shown(mode) + "' is not supported; supported is constant");
  }
  node->check_moved("value", 2, 11);
  const float filler = node->has_input(2) ? node->scalar(2, "value") : node->number("value", 0.0F);
  if (filler != 0.0F) {
    node->fail("padding with a value other than zero is not supported");
  }
  const std::vector<std::int64_t> pads = pads_of_all_axes(*node);
  if (std::all_of(pads.begin(), pads.end(), [](std::int64_t pad) { return pad == 0; })) {
    node->deliver({node->map(0), nullptr});
    return;
  }
  const MapValue map = read_unflattened_map(*node);
  const std::size_t rank = map.dims.size();
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
