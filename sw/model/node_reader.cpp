// SPDX-License-Identifier: Apache-2.0
#include "sw/model/node_reader.h"

#include <cmath>
#include <utility>

#include "sw/model/message_text.h"

namespace airnn::graph {
namespace {

constexpr std::int64_t kLongestSide = std::int64_t{1} << 20;  // as the memory image allows
constexpr std::int64_t kLargestMap = std::int64_t{1} << 31;

// A file of a few kilobytes can share its constants among many nodes; these bounds keep what it
// makes of them below two gigabytes, and are above any network of this machine.
constexpr std::int64_t kMostNumbers = std::int64_t{1} << 28;
constexpr std::int64_t kMostIntegers = std::int64_t{1} << 24;
constexpr std::int64_t kMostChannelFactors = std::int64_t{1} << 23;

const char* expected(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::integer:
      return "an integer";
    case AttributeKind::number:
      return "a number";
    case AttributeKind::text:
      return "a text";
    case AttributeKind::integers:
      return "a list of integers";
    case AttributeKind::numbers:
      return "a list of numbers";
    case AttributeKind::tensor:
      return "a tensor";
    case AttributeKind::other:
      break;
  }
  return "another type";
}

}  // namespace

bool MapValue::is_unflattened() const {
  std::vector<std::int64_t> sides = dims;
  while (sides.size() > 3 && sides.front() == 1) {
    sides.erase(sides.begin());
  }
  return sides == std::vector<std::int64_t>{shape.channels, shape.height, shape.width};
}

void NodeReader::fail(const std::string& what) const {
  fail_at(graph_.path, node_.name, node_.type, what);
}

const Attribute& NodeReader::attribute(const std::string& name, AttributeKind kind) const {
  const Attribute& found = node_.attributes.at(name);
  if (found.kind != kind) {
    fail("attribute '" + name + "' must be " + expected(kind));
  }
  return found;
}

std::int64_t NodeReader::integer(const std::string& name, std::int64_t otherwise) const {
  return has_attribute(name) ? attribute(name, AttributeKind::integer).integer : otherwise;
}

float NodeReader::number(const std::string& name, float otherwise) const {
  return has_attribute(name) ? attribute(name, AttributeKind::number).number : otherwise;
}

std::string NodeReader::text(const std::string& name, const std::string& otherwise) const {
  return has_attribute(name) ? attribute(name, AttributeKind::text).text : otherwise;
}

std::vector<std::int64_t> NodeReader::integers(const std::string& name,
                                               const std::vector<std::int64_t>& otherwise) const {
  return has_attribute(name) ? attribute(name, AttributeKind::integers).integers : otherwise;
}

std::string NodeReader::operand(std::size_t place) const {
  return "'" + shown(node_.inputs.at(place)) + "'";
}

void NodeReader::refuse_training() const {
  // Operators of older sets are in training unless they say otherwise.
  if (opset() < 7 && integer("is_test", 0) == 0) {
    fail("is_test is not 1; supported is inference");
  }
}

bool NodeReader::has_input(std::size_t place) const {
  return place < node_.inputs.size() && !node_.inputs[place].empty();
}

const Value& NodeReader::value(std::size_t place) const {
  if (!has_input(place)) {
    fail("input " + std::to_string(place) + " is missing");
  }
  const auto found = import_.values.find(node_.inputs[place]);
  if (found == import_.values.end()) {
    fail("input '" + shown(node_.inputs[place]) +
         "' has no value: it is a second input of the graph or an output that is not supported "
         "(weights must be in the file)");
  }
  return found->second;
}

bool NodeReader::is_constant(std::size_t place) const {
  return value(place).constant != nullptr;
}

const MapValue& NodeReader::map(std::size_t place) const {
  const Value& found = value(place);
  if (!found.map) {
    fail("input '" + shown(node_.inputs[place]) + "' is a constant; a feature map is expected");
  }
  if (found.map->is_probability) {
    fail("reads the output of Softmax, which is supported only as the last operator");
  }
  return *found.map;
}

const Tensor& NodeReader::constant(std::size_t place, const std::string& role) const {
  const Value& found = value(place);
  if (!found.constant) {
    fail(role + " '" + shown(node_.inputs[place]) + "' must be a constant of the file");
  }
  if (!found.constant->problem.empty()) {
    fail(role + " '" + shown(node_.inputs[place]) + "' " + found.constant->problem);
  }
  return *found.constant;
}

const Tensor& NodeReader::numbers(std::size_t place, const std::string& role) const {
  const Tensor& found = constant(place, role);
  if (found.is_integer) {
    fail(role + " '" + shown(node_.inputs[place]) + "' are integers; real numbers are expected");
  }
  for (std::size_t i = 0; i < found.numbers.size(); ++i) {
    if (!std::isfinite(found.numbers[i])) {
      fail(role + " '" + shown(node_.inputs[place]) + "' contain " +
           (std::isnan(found.numbers[i]) ? "NaN" : "an infinite value") + " at element " +
           std::to_string(i));
    }
  }
  return found;
}

float NodeReader::scalar(std::size_t place, const std::string& role) const {
  const Tensor& found = constant(place, role);
  if (found.size() != 1) {
    fail(role + " '" + shown(node_.inputs[place]) + "' must be a single number");
  }
  return found.is_integer ? static_cast<float>(found.integers.front()) : found.numbers.front();
}

const std::vector<std::int64_t>& NodeReader::integer_list(std::size_t place,
                                                          const std::string& role) const {
  const Tensor& found = constant(place, role);
  if (!found.is_integer || found.dims.size() > 1) {
    fail(role + " '" + shown(node_.inputs[place]) + "' must be a list of integers");
  }
  return found.integers;
}

void NodeReader::check_moved(const std::string& name, std::size_t place, std::int64_t since) const {
  const std::string set = "operator set " + std::to_string(since);
  if (opset() >= since && has_attribute(name)) {
    fail("attribute '" + name + "' is an input from " + set + " on; the file names set " +
         std::to_string(opset()));
  }
  if (opset() < since && has_input(place)) {
    fail("input " + std::to_string(place) + ", " + name + ", is an attribute before " + set +
         "; the file names set " + std::to_string(opset()));
  }
}

std::vector<std::int64_t> NodeReader::moved_list(const std::string& name, std::size_t place,
                                                 std::int64_t since) const {
  check_moved(name, place, since);
  return has_input(place) ? integer_list(place, name) : integers(name, {});
}

const Tensor& NodeReader::small(std::size_t place) const {
  const Tensor& found = constant(place, "operand");
  if (found.size() > kMostComputed) {
    fail("operand '" + shown(node_.inputs[place]) + "' has " + std::to_string(found.size()) +
         " elements; supported in arithmetic of constants are up to " +
         std::to_string(kMostComputed));
  }
  return found;
}

std::vector<std::int64_t> NodeReader::required_list(const std::string& name, std::size_t place,
                                                    std::int64_t since) const {
  if (!has_input(place) && !has_attribute(name)) {
    fail("has no " + name);
  }
  return moved_list(name, place, since);
}

Operator NodeReader::start(OperatorKind kind, std::size_t place) const {
  const MapValue& read = map(place);
  Operator made;
  made.kind = kind;
  made.name = node_.name;
  made.type = node_.type;
  made.source = read.producer;
  made.input = read.shape;
  made.output = read.shape;
  return made;
}

void NodeReader::count(std::int64_t more, std::int64_t most, const char* what,
                       std::int64_t* sum) const {
  *sum += more;
  if (*sum > most) {
    fail(std::string("brings the graph to more than ") + std::to_string(most) + " " + what +
         ", which is not supported");
  }
}

MapSource NodeReader::append(Operator made) {
  const std::int64_t area = std::int64_t{made.output.height} * made.output.width;
  if (area > kLargestMap || area * made.output.channels > kLargestMap) {
    fail("makes a map of " +
         to_string({made.output.channels, made.output.height, made.output.width}) +
         " (channels, height, width), which is too large");
  }
  count(static_cast<std::int64_t>(made.weights.size()), kMostNumbers, "weights",
        &import_.computed_numbers);
  count(static_cast<std::int64_t>(made.scale.size()), kMostChannelFactors, "scaled channels",
        &import_.channel_factors);
  return import_.operators.append(std::move(made));
}

void NodeReader::finish(Operator made, const std::vector<std::int64_t>& dims) {
  MapValue produced;
  produced.shape = made.output;
  produced.dims = dims;
  produced.producer = append(std::move(made));
  deliver({produced, nullptr});
}

void NodeReader::deliver(const Value& value) {
  if (node_.outputs.empty() || node_.outputs.front().empty()) {
    fail("has no output");
  }
  import_.values.emplace(node_.outputs.front(), value);
}

void NodeReader::deliver(Tensor made) {
  if (made.dims.size() > kMostDimensions) {
    fail("makes a constant of " + std::to_string(made.dims.size()) +
         " dimensions; supported are up to " + std::to_string(kMostDimensions));
  }
  if (made.is_integer && made.integers.size() > kMostComputed) {
    fail("makes a constant of " + std::to_string(made.integers.size()) +
         " integers; supported are up to " + std::to_string(kMostComputed));
  }
  count(static_cast<std::int64_t>(made.numbers.size()), kMostNumbers, "computed numbers",
        &import_.computed_numbers);
  count(static_cast<std::int64_t>(made.integers.size()), kMostIntegers, "computed integers",
        &import_.computed_integers);
  deliver({std::nullopt, std::make_shared<const Tensor>(std::move(made))});
}

void NodeReader::refuse_second_output(const std::string& what) const {
  for (std::size_t i = 1; i < node_.outputs.size(); ++i) {
    if (!node_.outputs[i].empty()) {
      fail("output '" + shown(node_.outputs[i]) + "' (" + what + ") is not supported");
    }
  }
}

std::int64_t checked_axis(const NodeReader& node, std::int64_t axis, std::size_t rank) {
  const auto count = static_cast<std::int64_t>(rank);
  if (axis < -count || axis >= count) {
    node.fail("axis " + std::to_string(axis) + " does not exist in " + std::to_string(rank) +
              " dimensions");
  }
  return axis < 0 ? axis + count : axis;
}

std::vector<std::int64_t> checked_axes(const NodeReader& node, std::vector<std::int64_t> axes,
                                       std::size_t rank) {
  std::vector<bool> named(rank, false);
  for (std::int64_t& axis : axes) {
    axis = checked_axis(node, axis, rank);
    if (named[static_cast<std::size_t>(axis)]) {
      node.fail("axes name dimension " + std::to_string(axis) + " twice");
    }
    named[static_cast<std::size_t>(axis)] = true;
  }
  return axes;
}

std::int32_t checked_side(const NodeReader& node, std::int64_t side) {
  if (side < 1 || side > kLongestSide) {
    node.fail("makes a map with a side of " + std::to_string(side) + "; supported are 1 to " +
              std::to_string(kLongestSide));
  }
  return static_cast<std::int32_t>(side);
}

}  // namespace airnn::graph
