// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/associative_pins.h"

#include <string>
#include <utility>

#include "hw/compute/layer_engine.h"

namespace airnn {

namespace {

constexpr const char* kProduct = "product";

EngineParams with_product(EngineParams params, std::shared_ptr<const Product> product) {
  params.product = std::move(product);
  return params;
}

}  // namespace

AssociativePins::AssociativePins(EngineParams params)
    : product_(std::make_shared<AssociativeProduct>()),
      params_(with_product(std::move(params), product_)),
      mac_(params_),
      pins_(mac_.pins()),
      first_match_(pins_.size()) {
  for (const EnginePin& pin : mac_.pins()) {
    if (pin.name.rfind(kProduct, 0) == 0) {
      const std::string number = pin.name.substr(std::string(kProduct).size());
      pins_.push_back({pin.scope, "bin" + number, {PinKind::number, 8}});
      pins_.push_back({pin.scope, "match" + number, {PinKind::bit, 1}});
      pins_.push_back({pin.scope, "row" + number, {PinKind::number, 10}});
    }
  }
  shown_.assign(pins_.size() - first_match_, 0);
}

void AssociativePins::begin(const LayerOperands& operands) {
  table_ = operands.rows;
  product_->set_table(table_);
  mac_.begin(operands);
  operands_ = std::make_unique<ComputePins>(
      params_, operands.groups == nullptr ? KernelGroups() : *operands.groups, *operands.kernels,
      operands.map, operands.skip);
}

void AssociativePins::show(std::size_t stage, std::uint64_t slot, PinSink& sink) {
  if (stage == kMatchStage) {
    show_matches(slot, sink);
    return;
  }
  mac_.show(stage < kMatchStage ? stage : stage - 1, slot, sink);
}

void AssociativePins::show_matches(std::uint64_t slot, PinSink& sink) {
  const auto put = [&](std::size_t pin, std::int64_t value) {
    if (shown_[pin] != value) {
      shown_[pin] = value;
      sink.set(first_match_ + pin, value);
    }
  };
  const std::vector<MultiplierPins>& multipliers = operands_->of_slot(slot).operands.multipliers;
  for (std::size_t i = 0; i < multipliers.size(); ++i) {
    const MultiplierPins& pins = multipliers[i];
    // A multiplier without a weight searches nothing, nor does one whose pixel is zero.
    const std::uint8_t bin = pins.weight == 0 ? 0 : table_->bin_of(pins.weight);
    const std::int32_t row =
        pins.weight == 0 || pins.pixel == 0 ? MatchTable::kNoRow : table_->find(bin, pins.pixel);
    put(3 * i, bin);
    put(3 * i + 1, row == MatchTable::kNoRow ? 0 : 1);
    put(3 * i + 2, row == MatchTable::kNoRow ? 0 : row);
  }
}

}  // namespace airnn
