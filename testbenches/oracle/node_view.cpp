// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/node_view.h"

#include <onnx/onnx_pb.h>

#include <stdexcept>

#include "testbenches/oracle/tensor_values.h"

namespace airnn::oracle {

void NodeView::fail(const std::string& what) const {
  throw std::runtime_error("oracle: node '" + node_.name() + "' (" + node_.op_type() +
                           "): " + what);
}

const Array& NodeView::input(std::size_t place) const {
  if (!has_input(place)) {
    fail("input " + std::to_string(place) + " is missing");
  }
  return *inputs_[place];
}

Dims NodeView::list(std::size_t place) const {
  const Array& from = input(place);
  if (!from.is_integer) {
    fail("input " + std::to_string(place) + " must be integers");
  }
  Dims result;
  for (const double value : from.values) {
    // The ends of a Slice may be the largest integers, which no double has.
    constexpr double most = 9.0e18;
    result.push_back(static_cast<std::int64_t>(value > most    ? most
                                               : value < -most ? -most
                                                               : value));
  }
  return result;
}

const onnx::AttributeProto* NodeView::find(const std::string& attribute) const {
  for (const auto& candidate : node_.attribute()) {
    if (candidate.name() == attribute) {
      return &candidate;
    }
  }
  return nullptr;
}

std::int64_t NodeView::integer(const std::string& attribute, std::int64_t otherwise) const {
  const auto* found = find(attribute);
  return found == nullptr ? otherwise : found->i();
}

double NodeView::number(const std::string& attribute, double otherwise) const {
  const auto* found = find(attribute);
  return found == nullptr ? otherwise : static_cast<double>(found->f());
}

std::string NodeView::text(const std::string& attribute, const std::string& otherwise) const {
  const auto* found = find(attribute);
  return found == nullptr ? otherwise : found->s();
}

Dims NodeView::integers(const std::string& attribute, const Dims& otherwise) const {
  const auto* found = find(attribute);
  return found == nullptr ? otherwise : Dims(found->ints().begin(), found->ints().end());
}

std::vector<double> NodeView::numbers(const std::string& attribute) const {
  const auto* found = find(attribute);
  return found == nullptr ? std::vector<double>()
                          : std::vector<double>(found->floats().begin(), found->floats().end());
}

Array NodeView::tensor(const std::string& attribute) const {
  const auto* found = find(attribute);
  if (found == nullptr) {
    fail("attribute " + attribute + " is missing");
  }
  return values_of(found->t());
}

std::int64_t NodeView::axis(std::int64_t given, std::int64_t rank) const {
  if (given < -rank || given >= rank) {
    fail("axis " + std::to_string(given));
  }
  return given < 0 ? given + rank : given;
}

Dims NodeView::axes(std::size_t place, std::int64_t rank) const {
  Dims given = has_input(place) ? list(place) : integers("axes", {});
  for (std::int64_t& one : given) {
    one = axis(one, rank);
  }
  return given;
}

}  // namespace airnn::oracle
