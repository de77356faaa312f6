// SPDX-License-Identifier: Apache-2.0
#include "hw/top/accelerator.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "hw/common/ceil_log2.h"
#include "hw/common/check.h"
#include "hw/compute/mac/layer_schedule.h"
#include "hw/top/layer_scopes.h"
#include "hw/top/stream_plan.h"
#include "sw/format/unit_names.h"

namespace airnn {

namespace {

constexpr std::uint64_t aligned(std::uint64_t bytes) {
  return (bytes + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

ClockDomain fabric_clock(const AcceleratorParams& params) {
  return ClockDomain(
      sc_core::sc_time(static_cast<double>(params.fabric_period_ps), sc_core::SC_PS));
}

}  // namespace

Cycle softmax_cycles(const AcceleratorParams& params, const Network& network) {
  const auto classes = static_cast<std::uint64_t>(network.classes());
  return params.softmax_cycles > 0 ? params.softmax_cycles : 1 + Cycle{ceil_log2(classes)} + 2;
}

ScoreCalculationParams score_params(const AcceleratorParams& params, const MemoryImage& image) {
  const Network& network = image.network();
  ScoreCalculationParams score;
  score.mode = params.score;
  score.classes = static_cast<std::size_t>(network.classes());
  score.fraction_bits = network.output_layer().output_format.fraction_bits;
  score.softmax_cycles = softmax_cycles(params, network);
  score.margin_cycles = params.margin_cycles;
  score.threshold = quantised_threshold(params.threshold, score.fraction_bits, params.score);
  score.min_iterations = params.min_iterations;
  score.iterations = static_cast<std::uint32_t>(image.info().iterations);
  if (params.max_iterations > 0 && params.max_iterations < score.iterations) {
    score.iterations = params.max_iterations;
  }
  return score;
}

BufferAddressCalculationParams address_params(const AcceleratorParams& params,
                                              const Network& network) {
  BufferAddressCalculationParams addressing;
  addressing.latency_cycles = params.address_latency_cycles;
  for (const Layer& layer : network.layers) {
    addressing.layers.push_back(layer.has_weights() ? BufferMap(layer) : BufferMap());
  }
  return addressing;
}

std::unique_ptr<Link> make_link(const AcceleratorParams& params, const Network& network) {
  if (!params.link.make) {
    return nullptr;
  }
  std::vector<std::string> names;
  for (const Layer& layer : network.layers) {
    names.push_back(layer.name);
  }
  return params.link.make(
      {fabric_clock(params), layer_scopes(network), std::move(names), params.memory.unit});
}

Accelerator::Accelerator(const sc_core::sc_module_name& module_name,
                         const AcceleratorParams& params, const MemoryImage& image,
                         Host::InputSource inputs, const std::vector<std::size_t>& build_order,
                         Wiring* wiring)
    : sc_module(module_name),
      params_(params),
      fabric_(fabric_clock(params)),
      layers(image.network().layers.size()),
      image_(image),
      network_(image.network()),
      scopes_(layer_scopes(network_)),
      wiring_(wiring != nullptr ? *wiring : own_wiring_) {
  if (wiring == nullptr) {
    link_ = make_link(params_, network_);
    if (link_ != nullptr) {
      own_wiring_.add(*link_);
    }
  }
  std::vector<std::size_t> order = build_order;
  if (order.empty()) {
    order.resize(6 + layers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  size_arrays();
  for (const std::size_t unit : order) {
    build(unit, inputs);
  }
  bind_memory();
  for (const PlannedStream& stream : plan_streams(network_, wires_of_words())) {
    stream.connect(wiring_, part(stream.from), part(stream.to), stream.wires);
  }
}

void Accelerator::build(std::size_t unit, Host::InputSource& inputs) {
  const std::uint64_t input_bytes = aligned(static_cast<std::uint64_t>(network_.input.size()) * 4);
  const std::uint64_t input_address = aligned(image_.bytes().size);
  const InputGroupParams& group = params_.controller.group;
  switch (unit) {
    case 0:
      host = std::make_unique<Host>(
          kHostName,
          HostParams{input_address, input_bytes, group.inputs_per_batch, params_.first_input},
          fabric_, image_.bytes(), std::move(inputs));
      break;
    case 1: {
      ReadWeightControllerParams reading = params_.controller;
      reading.max_iterations = params_.max_iterations;
      reading.links_are_shared = params_.link.is_shared;
      reading.group.map_pitch = input_bytes;
      controller = build_unit(params_.factory.controller, params_.units.controller, kControllerName,
                              {reading, FetchPlanner(image_, reading.lanes, params_.assemblers),
                               static_cast<unsigned>(layers.size()) + 1},
                              fabric_);
      break;
    }
    case 2:
      addresses = build_unit(params_.factory.addresses, params_.units.addresses, kAddressesName,
                             address_params(params_, network_), fabric_);
      break;
    case 3:
      input_buffer = build_unit(
          params_.factory.input_buffer, params_.units.input_buffer, kInputBufferName,
          {network_.input, consumers_of(network_, kNetworkInput), group.places()}, fabric_);
      break;
    case 4:
      score = build_unit(params_.factory.score, params_.units.score, kScoreName,
                         score_params(params_, image_), fabric_);
      break;
    case 5:
      memory =
          params_.memory.make(params_.memory.unit.c_str(),
                              input_address + 2 * group.inputs_per_batch * input_bytes, fabric_);
      break;
    default:
      build_layer(unit - 6);
  }
}

/// Of the arrays that layers share: each has as many multipliers as the layer that needs most.
void Accelerator::size_arrays() {
  for (std::size_t i = 0; i < params_.engines.size(); ++i) {
    const std::int32_t array = params_.engines[i].array;
    if (array < 0) {
      continue;
    }
    const LayerSchedule schedule(network_.layers[i], params_.parallelism[i], params_.handoff);
    std::uint64_t& multipliers = array_multipliers_[array];
    multipliers = std::max(multipliers, schedule.multipliers());
    if (arrays_.count(array) == 0) {
      arrays_[array] = std::make_unique<SharedArray>();
    }
  }
}

void Accelerator::build_layer(std::size_t index) {
  const Layer& layer = network_.layers[index];
  const bool is_output = index + 1 == layers.size();
  LayerUnitParams unit;
  unit.index = static_cast<std::uint32_t>(index);
  unit.delivers_rows = params_.handoff == Handoff::row && !is_output;
  EngineParams& compute = unit.compute;
  compute.layer = layer;
  compute.input_format = network_.format_of(layer.source);
  compute.skip_format =
      layer.skip == kNoSource ? compute.input_format : network_.format_of(layer.skip);
  compute.parallelism = params_.parallelism[index];
  compute.handoff = params_.handoff;
  compute.skips_zero_kernels = !image_.info().is_dense();
  compute.policy = image_.info().policy;
  // With a tree for each tag, `position` has no blocks.
  compute.blocks = compute.policy == InterleavePolicy::position
                       ? 1
                       : image_.blocks(static_cast<std::uint16_t>(index));
  if (layer.has_lines) {
    unit.decompressor = DecompressorParams{params_.decompressor, image_.info().widths};
  }
  const EngineChoice choice =
      params_.engines.empty() ? usual_choice(layer) : params_.engines[index];
  if (choice.array >= 0) {
    unit.array = arrays_.at(choice.array).get();
    compute.array_multipliers = array_multipliers_.at(choice.array);
  }
  layers[index] =
      std::make_unique<LayerUnit>(scopes_[index].c_str(), unit, fabric_,
                                  consumers_of(network_, static_cast<std::int32_t>(index)),
                                  make_engine(params_.engine_table, choice, compute));
}

void Accelerator::bind_memory() {
  wiring_.connect({&host->memory, &memory->backdoor, ItemKind::memory_access, {}, nullptr});
  wiring_.connect({&controller->bus(), &memory->bus, ItemKind::memory_access, {}, nullptr});
}

WireFormat Accelerator::wires_of_words() const {
  const CrsWidths& widths = image_.info().widths;
  WireFormat wires;
  wires.word_bits = static_cast<unsigned>(widths.value_bytes) * 8;
  wires.index_bits = static_cast<unsigned>(widths.index_bytes) * 8;
  wires.is_dense = image_.info().is_dense();
  wires.segment_bits = image_.has_lines() ? static_cast<unsigned>(segment_bytes(widths)) * 8 : 0;
  return wires;
}

sc_core::sc_object& Accelerator::part(const std::string& path) const {
  sc_core::sc_object* const found = sc_core::sc_find_object((name() + ("." + path)).c_str());
  MODEL_CHECK(found != nullptr, name(), "no unit has the port " + path);
  return *found;
}

}  // namespace airnn
