// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/random_graph.h"

#include <algorithm>
#include <numeric>

namespace airnn::test {
namespace {

std::int64_t product(const OnnxBuilder::Dims& dims) {
  return std::accumulate(dims.begin(), dims.end(), std::int64_t{1}, std::multiplies<>());
}

}  // namespace

RandomGraph::RandomGraph(std::uint32_t seed)
    : random_(seed), opset_(pick(9, 20)), builder_(opset_, seed) {
  if (chance(10)) {
    now_ = {"x", {1, pick(3, 20)}};
  } else {
    now_ = {"x", {1, pick(1, 4), pick(4, 11), pick(4, 11)}};
  }
  Dims declared = now_.dims;
  declared[0] = chance(30) ? -1 : 1;
  builder_.input("x", declared);
  if (!is_flat()) {
    earlier_.push_back(now_);
    for (std::int64_t steps = pick(2, 9); steps > 0; --steps) {
      map_step();
    }
    if (chance(25)) {
      return;  // a map is the result
    }
    if (chance(40)) {
      means(true);
    }
    flatten();
    earlier_.clear();
  }
  for (std::int64_t layers = pick(1, 3); layers > 0; --layers) {
    connect();
  }
  if (chance(15)) {
    same_shape("Softmax", {}, {{"axis", opset_ < 11 || chance(50) ? 1 : -1}});
  }
}

void RandomGraph::step(const std::string& type, std::vector<std::string> operands,
                       const Attributes& attributes, const Dims& dims) {
  operands.insert(operands.begin(), now_.name);
  builder_.node(type, operands, attributes);
  now_ = {builder_.current(), dims};
  earlier_.push_back(now_);
}

void RandomGraph::map_step() {
  switch (pick(0, 11)) {
    case 0:
    case 1:
      return convolve();
    case 2:
    case 3:
      convolve_same();
      return chance(60) ? add_earlier_map() : activate();
    case 4:
      return pool(chance(50));
    case 5:
      return normalise();
    case 6:
      return activate();
    case 7:
      return broadcast();
    case 8:
      return add_earlier_map();
    case 9:
      return pad_and_slide();
    case 10:
      return chance(30) ? means(false) : pass();
    default:
      return chance(50) ? normalise() : activate();
  }
}

// Attributes of a window that fits the present map; `dims` becomes the shape it makes.
RandomGraph::Attributes RandomGraph::draw_window(const Dims& kernel, const Dims& strides,
                                                 bool may_round_up, Dims* dims) {
  Attributes attributes = {{"strides", strides}};
  const std::int64_t mode = pick(0, 5);
  const bool rounds_up = may_round_up && mode != 0 && chance(40);
  if (mode < 3) {
    attributes.push_back({"auto_pad", mode == 0   ? "VALID"
                                      : mode == 1 ? "SAME_UPPER"
                                                  : "SAME_LOWER"});
  }
  Dims pads(4, 0);
  for (std::size_t side = 0; mode > 3 && side < 4; ++side) {
    pads[side] = pick(0, kernel[side % 2] - 1);
  }
  if (mode > 3) {
    attributes.push_back({"pads", pads});
  }
  if (rounds_up) {
    attributes.push_back({"ceil_mode", 1});
  }
  for (std::size_t axis = 0; axis < 2; ++axis) {
    std::int64_t& side = (*dims)[2 + axis];
    const std::int64_t stride = strides[axis];
    const std::int64_t span = side + pads[axis] + pads[axis + 2] - kernel[axis];
    std::int64_t windows = (rounds_up ? span + stride - 1 : span) / stride + 1;
    if (rounds_up && (windows - 1) * stride >= side + pads[axis]) {
      --windows;
    }
    side = mode == 1 || mode == 2 ? (side + stride - 1) / stride : windows;
  }
  return attributes;
}

void RandomGraph::convolve() {
  const Dims kernel = {pick(1, std::min<std::int64_t>(4, now_.dims[2])),
                       pick(1, std::min<std::int64_t>(4, now_.dims[3]))};
  std::int64_t groups = 1;
  if (chance(30)) {
    groups = channels();
  } else if (channels() % 2 == 0 && chance(30)) {
    groups = 2;
  }
  const std::int64_t kernels = groups * pick(1, groups > 2 ? 2 : 4);
  Dims dims = now_.dims;
  Attributes attributes = draw_window(kernel, {pick(1, 2), pick(1, 2)}, false, &dims);
  if (groups > 1 || chance(50)) {
    attributes.push_back({"group", static_cast<int>(groups)});
  }
  if (chance(50)) {
    attributes.push_back({"kernel_shape", kernel});
  }
  std::vector<std::string> operands = {
      builder_.random({kernels, channels() / groups, kernel[0], kernel[1]}, 0.5F)};
  if (chance(70)) {
    operands.push_back(chance(20) ? "" : builder_.random({kernels}, 0.3F));
  }
  dims[1] = kernels;
  step("Conv", operands, attributes, dims);
}

void RandomGraph::convolve_same() {
  const std::int64_t pad = pick(0, 1);
  const std::string weights =
      builder_.random({channels(), channels(), 2 * pad + 1, 2 * pad + 1}, 0.4F);
  same_shape("Conv", {weights, builder_.random({channels()}, 0.3F)}, {{"pads", Dims(4, pad)}});
}

void RandomGraph::pool(bool maximum) {
  const Dims kernel = {pick(1, std::min<std::int64_t>(3, now_.dims[2])),
                       pick(1, std::min<std::int64_t>(3, now_.dims[3]))};
  Dims dims = now_.dims;
  Attributes attributes = draw_window(kernel, {pick(1, 3), pick(1, 3)}, opset_ >= 10, &dims);
  attributes.push_back({"kernel_shape", kernel});
  if (!maximum && chance(60)) {
    attributes.push_back({"count_include_pad", chance(70) ? 1 : 0});
  }
  step(maximum ? "MaxPool" : "AveragePool", {}, attributes, dims);
}

// Zeros around the map, and the operator behind them that takes them in.
void RandomGraph::pad_and_slide() {
  const Dims sides = {pick(0, 2), pick(0, 2), pick(0, 2), pick(0, 2)};
  const Dims pads = {0, 0, sides[0], sides[1], 0, 0, sides[2], sides[3]};
  const std::int64_t kind = pick(0, 3);
  if (kind == 2) {
    same_shape("Relu", {});
  }
  Dims dims = now_.dims;
  dims[2] += sides[0] + sides[2];
  dims[3] += sides[1] + sides[3];
  const bool among_axes = opset_ >= 18 && chance(40);
  if (opset_ < 11) {
    step("Pad", {}, {{"pads", pads}}, dims);
  } else if (among_axes) {
    step("Pad", {builder_.integers(sides), "", builder_.integers({-2, 3})}, {}, dims);
  } else if (chance(50)) {
    step("Pad", {builder_.integers(pads)}, {{"mode", "constant"}}, dims);
  } else {
    step("Pad", {builder_.integers(pads), chance(50) ? "" : builder_.scalar(0.0F)}, {}, dims);
  }
  earlier_.pop_back();  // a padded map is no map of the machine
  if (kind < 2 || std::min(dims[2], dims[3]) < 3) {
    convolve();
    return;
  }
  dims[2] -= 2;  // a window of three by three is larger than the pads
  dims[3] -= 2;
  step(kind == 2 ? "MaxPool" : "AveragePool", {}, {{"kernel_shape", Dims{3, 3}}}, dims);
}

void RandomGraph::means(bool both_axes) {
  Dims dims = now_.dims;
  const std::int64_t first = both_axes ? 2 : pick(2, 3);
  for (std::int64_t axis = first; axis < (both_axes ? 4 : first + 1); ++axis) {
    dims[static_cast<std::size_t>(axis)] = 1;
  }
  if (both_axes && chance(50)) {
    step("GlobalAveragePool", {}, {}, dims);
    return;
  }
  const Dims axes = both_axes ? (chance(50) ? Dims{2, 3} : Dims{-1, -2}) : Dims{first};
  const bool flattens = both_axes && chance(50);
  Attributes attributes;
  std::vector<std::string> operands;
  if (opset_ < 18) {
    const Dims positive = both_axes ? Dims{2, 3} : axes;
    attributes.push_back({"axes", opset_ < 11 ? positive : axes});
  } else {
    operands.push_back(builder_.integers(axes));
  }
  if (flattens || chance(50)) {
    attributes.push_back({"keepdims", flattens ? 0 : 1});
  }
  step("ReduceMean", operands, attributes, flattens ? Dims{1, channels()} : dims);
}

void RandomGraph::normalise() {
  const auto positive = [&] {
    std::vector<float> values;
    for (std::int64_t c = 0; c < channels(); ++c) {
      values.push_back(static_cast<float>(pick(30, 200)) / 100);
    }
    return builder_.floats({channels()}, values);
  };
  Attributes attributes;
  if (chance(50)) {
    attributes.push_back({"epsilon", 0.01F});
  }
  same_shape("BatchNormalization",
             {builder_.random({channels()}, 1.5F), builder_.random({channels()}, 0.5F),
              builder_.random({channels()}, 0.5F), positive()},
             attributes);
}

void RandomGraph::activate() {
  const std::int64_t kind = pick(0, 4);
  if (kind < 2) {
    same_shape("Relu", {});
    return;
  }
  // Sometimes far from zero, so that everything is clipped.
  const float shift = chance(10) ? static_cast<float>(pick(-30, 30)) : 0.0F;
  const float low = static_cast<float>(pick(-10, 2)) / 10 + shift;
  const float high = static_cast<float>(pick(5, 60)) / 10 + shift;
  const bool has_low = kind != 3;
  const bool has_high = kind != 4;
  if (opset_ < 11) {
    Attributes bounds;
    if (has_low) {
      bounds.push_back({"min", low});
    }
    if (has_high) {
      bounds.push_back({"max", high});
    }
    same_shape("Clip", {}, bounds);
  } else if (has_high) {
    same_shape("Clip", {has_low ? builder_.scalar(low) : "", builder_.scalar(high)});
  } else {
    same_shape("Clip", {builder_.scalar(low)});
  }
}

// A constant of one value, or of one per channel, on either side of the operator.
void RandomGraph::broadcast() {
  const bool multiplies = chance(50);
  const char* const type = multiplies ? (chance(70) ? "Mul" : "Div") : (chance(70) ? "Add" : "Sub");
  const bool turnable = std::string(type) != "Div";
  std::vector<Dims> shapes = {{}, {1}, {1, 1}, {1, 1, 1}};
  if (is_flat()) {
    shapes = {{}, {1}, {1, 1}, {channels()}, {1, channels()}};
  } else {
    shapes.insert(shapes.end(), {{channels(), 1, 1}, {1, channels(), 1, 1}, {1, 1, 1, 1}});
  }
  const Dims shape =
      shapes[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(shapes.size()) - 1))];
  std::vector<float> values(static_cast<std::size_t>(product(shape)));
  std::generate(values.begin(), values.end(), [&] { return factor(); });
  const std::string constant = builder_.floats(shape, values);
  if (turnable && chance(40)) {
    const std::string map = now_.name;
    now_.name = constant;
    same_shape(type, {map});
  } else {
    same_shape(type, {constant});
  }
}

void RandomGraph::add_earlier_map() {
  std::vector<std::string> fitting;
  for (const Map& map : earlier_) {
    if (map.dims == now_.dims) {
      fitting.push_back(map.name);
    }
  }
  if (fitting.empty()) {
    return activate();
  }
  // The input, if it fits, is the first.
  const auto last = static_cast<std::int64_t>(fitting.size()) - 1;
  const std::string other = fitting[static_cast<std::size_t>(chance(35) ? 0 : pick(0, last))];
  if (chance(50)) {
    const std::string map = now_.name;
    now_.name = other;
    same_shape("Add", {map});
  } else {
    same_shape("Add", {other});
  }
}

void RandomGraph::pass() {
  if (chance(50)) {
    same_shape("Identity", {});
  } else if (opset_ < 12) {
    same_shape("Dropout", {}, {{"ratio", 0.3F}});
  } else {
    same_shape("Dropout", {builder_.scalar(0.3F)});
  }
}

void RandomGraph::flatten() {
  if (is_flat()) {
    return;
  }
  const Dims flat = {1, product(now_.dims)};
  const std::string one = builder_.integers({1});
  switch (pick(0, 3)) {
    case 0:
      return step("Flatten", {}, {{"axis", opset_ >= 11 && chance(30) ? -3 : 1}}, flat);
    case 1:
      return step("Reshape", {builder_.integers({chance(50) ? 0 : 1, -1})}, {}, flat);
    case 2:
      return step("Reshape", {builder_.integers({-1, flat[1]})}, {}, flat);
    default: {
      const std::string shape = builder_.node("Shape", {now_.name}).current();
      const std::string batch = builder_.node("Gather", {shape, builder_.integers({0})}).current();
      const std::string target =
          builder_.node("Concat", {batch, builder_.integers({-1})}, {{"axis", 0}}).current();
      return step("Reshape", {target}, {}, flat);
    }
  }
}

void RandomGraph::connect() {
  multiply_matrix(chance(30) ? channels() : pick(2, 12));
  if (chance(40)) {
    normalise();
  }
  if (chance(30)) {
    broadcast();
  }
  if (chance(30)) {
    add_earlier_map();
  }
  if (chance(50)) {
    activate();
  }
}

void RandomGraph::multiply_matrix(std::int64_t outputs) {
  const std::int64_t inputs = channels();
  const Dims dims = {1, outputs};
  if (chance(25)) {
    step("MatMul", {builder_.random({inputs, outputs}, 0.5F)}, {}, dims);
    return;
  }
  Attributes attributes;
  if (chance(30)) {
    // A column instead of a row: Gemm turns it back.
    step("Reshape", {builder_.integers({-1, 1})}, {}, {inputs, 1});
    earlier_.pop_back();
    attributes.push_back({"transA", 1});
  }
  const bool turned = chance(60);
  if (turned || chance(30)) {
    attributes.push_back({"transB", turned ? 1 : 0});
  }
  if (chance(40)) {
    attributes.push_back({"alpha", factor()});
  }
  if (chance(40)) {
    attributes.push_back({"beta", factor()});
  }
  std::vector<std::string> operands = {
      builder_.random(turned ? Dims{outputs, inputs} : Dims{inputs, outputs}, 0.5F)};
  if (opset_ < 11 || chance(70)) {
    const std::vector<Dims> shapes = {{outputs}, {1, outputs}, {}, {1}, {1, 1}};
    operands.push_back(builder_.random(shapes[static_cast<std::size_t>(pick(0, 4))], 0.5F));
  }
  step("Gemm", operands, attributes, dims);
}

}  // namespace airnn::test
