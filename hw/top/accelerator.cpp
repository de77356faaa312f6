// SPDX-License-Identifier: Apache-2.0
#include "hw/top/accelerator.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "hw/common/ceil_log2.h"
#include "hw/compute/mac/layer_schedule.h"
#include "hw/top/layer_scopes.h"
#include "sw/format/unit_names.h"

namespace airnn {

namespace {

constexpr std::uint64_t aligned(std::uint64_t bytes) {
  return (bytes + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

/// How many units read the map that layer `source` delivers.
unsigned consumers_of(const Network& network, std::int32_t source) {
  unsigned count = 0;
  for (const Layer& layer : network.layers) {
    count += (layer.source == source ? 1U : 0U) + (layer.skip == source ? 1U : 0U);
  }
  return count;
}

/// The outputs go to the score and, as a signal, to the controller.
unsigned consumers_of_layer(const Network& network, std::size_t index) {
  const bool is_output = index + 1 == network.layers.size();
  return consumers_of(network, static_cast<std::int32_t>(index)) + (is_output ? 2U : 0U);
}

Cycle default_softmax_cycles(std::int64_t classes) {
  return 1 + Cycle{ceil_log2(static_cast<std::uint64_t>(classes))} + 2;
}

}  // namespace

std::vector<std::string> stream_names(const Network& network) {
  std::vector<std::string> names;
  const auto add_one = [&names](const std::string& unit, const std::string& port) {
    names.push_back(unit + "." + port);
  };
  const auto add = [&](const std::string& unit, const std::string& ports, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      add_one(unit, ports + "_" + std::to_string(i));
    }
  };
  add_one(kHostName, "out_jobs");
  add_one(kControllerName, "out_results");
  add_one(kControllerName, "out_weights");
  add_one(kControllerName, "out_input");
  add(kControllerName, "out_control", static_cast<unsigned>(network.layers.size()) + 1);
  add_one(kAddressesName, "out_batch_placed");
  add_one(kScoreName, "out_decision");
  add(kInputBufferName, "out_maps", consumers_of(network, kNetworkInput));
  const std::vector<std::string> scopes = layer_scopes(network);
  unsigned weighted = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    weighted += network.layers[i].has_weights() ? 1U : 0U;
    add(scopes[i], "out_maps", consumers_of_layer(network, i));
  }
  add(kAddressesName, "out_placed", weighted);
  return names;
}

ScoreCalculationParams score_params(const AcceleratorParams& params, const MemoryImage& image) {
  const Network& network = image.network();
  ScoreCalculationParams score;
  score.mode = params.score;
  score.classes = static_cast<std::size_t>(network.classes());
  score.fraction_bits = network.output_layer().output_format.fraction_bits;
  score.softmax_cycles =
      params.softmax_cycles > 0 ? params.softmax_cycles : default_softmax_cycles(network.classes());
  score.margin_cycles = params.margin_cycles;
  score.threshold = quantised_threshold(params.threshold, score.fraction_bits, params.score);
  score.min_iterations = params.min_iterations;
  score.iterations = static_cast<std::uint32_t>(image.info().iterations);
  if (params.max_iterations > 0 && params.max_iterations < score.iterations) {
    score.iterations = params.max_iterations;
  }
  return score;
}

Accelerator::Accelerator(const sc_core::sc_module_name& module_name,
                         const AcceleratorParams& params, const MemoryImage& image,
                         Host::InputSource inputs, const std::vector<std::size_t>& build_order,
                         Wiring* wiring)
    : sc_module(module_name),
      params_(params),
      fabric_(sc_core::sc_time(static_cast<double>(params.fabric_period_ps), sc_core::SC_PS)),
      layers(image.network().layers.size()),
      image_(image),
      network_(image.network()),
      scopes_(layer_scopes(network_)),
      wiring_(wiring != nullptr ? *wiring : direct_wiring_) {
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
  const WireFormat scores = wires_of_map(static_cast<std::int32_t>(layers.size()) - 1);
  wiring_.connect(host->out_jobs, controller->in_jobs, {});
  wiring_.connect(controller->out_results, host->in_results, scores);
  wiring_.connect(controller->out_weights, addresses->in_weights, wires_of_words());
  wiring_.connect(addresses->out_batch_placed, controller->in_placed, {});
  wiring_.connect(controller->out_input, input_buffer->in_input, wires_of_map(kNetworkInput));
  wiring_.connect(score->out_decision, controller->in_decision, scores);
  bind_control();
  bind_maps();
}

void Accelerator::build(std::size_t unit, Host::InputSource& inputs) {
  const std::uint64_t input_bytes = aligned(static_cast<std::uint64_t>(network_.input.size()) * 4);
  const std::uint64_t input_address = aligned(image_.bytes().size);
  switch (unit) {
    case 0:
      host = std::make_unique<Host>(kHostName,
                                    HostParams{input_address, input_bytes, params_.first_input},
                                    fabric_, image_.bytes(), std::move(inputs));
      break;
    case 1: {
      ReadWeightControllerParams reading = params_.controller;
      reading.max_iterations = params_.max_iterations;
      controller = build_unit(params_.factory.controller, params_.units.controller, kControllerName,
                              {reading, FetchPlanner(image_, reading.lanes, params_.assemblers),
                               static_cast<unsigned>(layers.size()) + 1},
                              fabric_);
      break;
    }
    case 2: {
      BufferAddressCalculationParams addressing;
      addressing.latency_cycles = params_.address_latency_cycles;
      for (const Layer& layer : network_.layers) {
        addressing.layers.push_back(layer.has_weights() ? BufferMap(layer) : BufferMap());
      }
      addresses = build_unit(params_.factory.addresses, params_.units.addresses, kAddressesName,
                             addressing, fabric_);
      break;
    }
    case 3:
      input_buffer =
          build_unit(params_.factory.input_buffer, params_.units.input_buffer, kInputBufferName,
                     {network_.input, consumers_of(network_, kNetworkInput)}, fabric_);
      break;
    case 4:
      score = build_unit(params_.factory.score, params_.units.score, kScoreName,
                         score_params(params_, image_), fabric_);
      break;
    case 5:
      memory = params_.memory.make(params_.memory.unit.c_str(), input_address + 2 * input_bytes,
                                   fabric_);
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
  compute.skips_zero_kernels = image_.info().scheme != Scheme::base;
  compute.policy = image_.info().policy;
  // With a tree for each tag, `position` has no blocks.
  compute.blocks = compute.policy == InterleavePolicy::position
                       ? 1
                       : image_.blocks(static_cast<std::uint16_t>(index));
  const EngineChoice choice = params_.engines.empty() ? EngineChoice() : params_.engines[index];
  if (choice.array >= 0) {
    unit.array = arrays_.at(choice.array).get();
    compute.array_multipliers = array_multipliers_.at(choice.array);
  }
  layers[index] = std::make_unique<LayerUnit>(scopes_[index].c_str(), unit, fabric_,
                                              consumers_of_layer(network_, index),
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
  wires.is_dense = image_.info().scheme == Scheme::base;
  return wires;
}

WireFormat Accelerator::wires_of(const Layer& layer) const {
  const BufferMap map(layer);
  WireFormat wires = wires_of_words();
  wires.pitch = map.pitch();
  wires.slot_bits = ceil_log2(map.slots());
  return wires;
}

WireFormat Accelerator::wires_of_map(std::int32_t source) const {
  WireFormat wires;
  wires.element_bits = static_cast<unsigned>(network_.format_of(source).bits);
  return wires;
}

void Accelerator::bind_control() {
  wiring_.connect(controller->out_control[0], input_buffer->in_control, {});
  std::size_t port = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    wiring_.connect(controller->out_control[i + 1], layers[i]->in_control, wires_of_words());
    if (network_.layers[i].has_weights()) {
      wiring_.connect(addresses->out_placed[port++], layers[i]->in_weights[0],
                      wires_of(network_.layers[i]));
    }
  }
}

void Accelerator::bind_maps() {
  std::vector<std::size_t> next(layers.size() + 1, 0);  // next free port of each source
  const auto source_port = [&](std::int32_t source) -> StreamOut<FeatureMap>& {
    const std::size_t port = next[static_cast<std::size_t>(source + 1)]++;
    return source == kNetworkInput ? input_buffer->out_maps[port]
                                   : layers[static_cast<std::size_t>(source)]->out_maps[port];
  };
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Layer& layer = network_.layers[i];
    wiring_.connect(source_port(layer.source), layers[i]->in_map, wires_of_map(layer.source));
    if (layer.skip != kNoSource) {
      wiring_.connect(source_port(layer.skip), layers[i]->in_skip[0], wires_of_map(layer.skip));
    }
  }
  const auto output = static_cast<std::int32_t>(layers.size()) - 1;
  wiring_.connect(source_port(output), score->in_outputs, wires_of_map(output));
  wiring_.connect(source_port(output), controller->in_outputs, wires_of_map(output));
}

}  // namespace airnn
