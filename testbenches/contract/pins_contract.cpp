// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <utility>

#include "testbenches/contract/engine_contract.h"

namespace airnn::test {

namespace {

/// What the pins show at present.
class ShownPins final : public PinSink {
 public:
  explicit ShownPins(std::size_t pins) : values_(pins, 0) {}

  void set(std::size_t pin, std::int64_t value) override { values_.at(pin) = value; }
  void set_all(std::size_t first, const std::vector<std::int64_t>& values) override {
    for (std::size_t i = 0; i < values.size(); ++i) {
      values_.at(first + i) = values[i];
    }
  }
  std::int64_t operator[](std::size_t pin) const { return values_[pin]; }

 private:
  std::vector<std::int64_t> values_;
};

/// Places of pins by scope and name.
using PinPlaces = std::map<std::pair<std::string, std::string>, std::size_t>;

struct Multiplier {
  std::size_t weight;
  std::size_t pixel;
  std::size_t product;
};

struct Output {
  std::size_t valid;
  std::size_t kernel;
  std::size_t position;
  std::size_t result;
};

std::vector<Multiplier> multipliers_of(const PinPlaces& places) {
  std::vector<Multiplier> multipliers;
  for (const auto& [path, place] : places) {
    if (path.second.rfind("product", 0) == 0) {
      const std::string number = path.second.substr(7);
      multipliers.push_back({places.at({path.first, "weight" + number}),
                             places.at({path.first, "pixel" + number}), place});
    }
  }
  return multipliers;
}

std::vector<Output> outputs_of(const PinPlaces& places) {
  std::vector<Output> outputs;
  for (const auto& [path, place] : places) {
    if (path.second == "valid") {
      outputs.push_back({place, places.at({path.first, "kernel"}),
                         places.at({path.first, "position"}), places.at({path.first, "result"})});
    }
  }
  return outputs;
}

/// The layer's map before its pooling stage.
std::vector<std::int32_t> unpooled(const EngineCase& drawn) {
  RandomLayer layer = drawn.drawn;
  layer.layer.pool = PoolKind::none;
  layer.layer.output = layer.layer.result;
  return layer.expected_output([&](std::int32_t weight, std::int32_t pixel) {
    return drawn.params.product->product(weight, pixel);
  });
}

}  // namespace

std::string broken_pins(LayerEngine& engine, const EngineCase& drawn) {
  const std::unique_ptr<EnginePins> pins = engine.pins();
  if (pins == nullptr) {
    return "";
  }
  PinPlaces places;
  for (std::size_t i = 0; i < pins->pins().size(); ++i) {
    const EnginePin& pin = pins->pins()[i];
    if (!places.try_emplace({pin.scope, pin.name}, i).second) {
      return "two pins are called " + pin.scope + "." + pin.name;
    }
  }
  const std::vector<Multiplier> multipliers = multipliers_of(places);
  const std::vector<Output> outputs = outputs_of(places);
  const std::vector<std::int32_t> due = unpooled(drawn);
  const std::vector<Cycle> ready(
      static_cast<std::size_t>(
          std::max(drawn.params.layer.input.height, drawn.params.layer.result.height)),
      0);
  const LayerRun run = engine.schedule(
      drawn.operands(), {0, ready.data(), drawn.drawn.skip.empty() ? nullptr : ready.data()},
      nullptr);
  const std::int64_t positions =
      std::int64_t{drawn.params.layer.result.height} * drawn.params.layer.result.width;
  std::set<std::int64_t> seen;
  std::set<std::int64_t> kernels;
  ShownPins shown(pins->pins().size());
  pins->begin(drawn.operands());
  for (std::uint64_t slot = 0; slot < run.slots; ++slot) {
    for (std::size_t stage = 0; stage < pins->stages(); ++stage) {
      pins->show(stage, slot, shown);
    }
    for (const Multiplier& multiplier : multipliers) {
      const auto weight = static_cast<std::int32_t>(shown[multiplier.weight]);
      const auto pixel = static_cast<std::int32_t>(shown[multiplier.pixel]);
      if (shown[multiplier.product] !=
          (weight == 0 ? 0 : drawn.params.product->product(weight, pixel))) {
        return "a multiplier shows another product in slot " + std::to_string(slot);
      }
    }
    for (const Output& output : outputs) {
      if (shown[output.valid] == 0) {
        continue;
      }
      const std::int64_t element = shown[output.kernel] * positions + shown[output.position];
      if (!seen.insert(element).second) {
        return "element " + std::to_string(element) + " is shown twice";
      }
      if (shown[output.result] != due.at(static_cast<std::size_t>(element))) {
        return "element " + std::to_string(element) + " is shown as " +
               std::to_string(shown[output.result]);
      }
      kernels.insert(shown[output.kernel]);
    }
  }
  if (kernels.size() < drawn.drawn.nonzero_kernels() ||
      seen.size() != kernels.size() * static_cast<std::size_t>(positions)) {
    return "not every output is shown";
  }
  return "";
}

}  // namespace airnn::test
