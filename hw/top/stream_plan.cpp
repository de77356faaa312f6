// SPDX-License-Identifier: Apache-2.0
#include "hw/top/stream_plan.h"

#include "hw/common/buffer_map.h"
#include "hw/common/ceil_log2.h"
#include "hw/common/check.h"
#include "hw/top/layer_scopes.h"
#include "sw/format/unit_names.h"

namespace airnn {

namespace {

template <typename Port>
Port& port_of_type(sc_core::sc_object& object) {
  auto* const port = dynamic_cast<Port*>(&object);
  MODEL_CHECK(port != nullptr, object.name(), "this is no port of the type of its stream");
  return *port;
}

template <typename T>
void connect_ports(Wiring& wiring, sc_core::sc_object& from, sc_core::sc_object& to,
                   const WireFormat& wires) {
  wiring.connect(port_of_type<StreamOut<T>>(from), port_of_type<StreamIn<T>>(to), wires);
}

std::string numbered(const char* ports, std::size_t number) {
  return std::string(ports) + "_" + std::to_string(number);
}

/// Writes the plan of a network.
class Planner {
 public:
  Planner(const Network& network, const WireFormat& words)
      : network_(network),
        words_(words),
        scopes_(layer_scopes(network)),
        sent_(network.layers.size() + 1, 0) {}

  std::vector<PlannedStream> plan() {
    plan_units();
    plan_control();
    plan_maps();
    return std::move(streams_);
  }

 private:
  template <typename T>
  void add(const std::string& sender, const std::string& out, const std::string& receiver,
           const std::string& in, const WireFormat& wires) {
    streams_.push_back({sender + "." + out, receiver + "." + in, wires, &connect_ports<T>});
  }

  void plan_units() {
    const WireFormat scores = wires_of_map(last());
    add<InputJob>(kHostName, "out_jobs", kControllerName, "in_jobs", {});
    add<InputResult>(kControllerName, "out_results", kHostName, "in_results", scores);
    add<WeightBeat>(kControllerName, "out_weights", kAddressesName, "in_weights", words_);
    add<BatchPlaced>(kAddressesName, "out_batch_placed", kControllerName, "in_placed", {});
    add<InputBeat>(kControllerName, "out_input", kInputBufferName, "in_input",
                   wires_of_map(kNetworkInput));
    add<Decision>(kScoreName, "out_decision", kControllerName, "in_decision", scores);
  }

  void plan_control() {
    add<ControlMessage>(kControllerName, numbered("out_control", 0), kInputBufferName, "in_control",
                        {});
    std::size_t weighted = 0;
    for (std::size_t i = 0; i < scopes_.size(); ++i) {
      add<ControlMessage>(kControllerName, numbered("out_control", i + 1), scopes_[i], "in_control",
                          words_);
      if (network_.layers[i].has_weights()) {
        add<PlacedWeights>(kAddressesName, numbered("out_placed", weighted++), scopes_[i],
                           numbered("in_weights", 0), wires_of(network_.layers[i]));
      }
    }
  }

  void plan_maps() {
    for (std::size_t i = 0; i < scopes_.size(); ++i) {
      const Layer& layer = network_.layers[i];
      add_map(layer.source, scopes_[i], "in_map");
      if (layer.skip != kNoSource) {
        add_map(layer.skip, scopes_[i], numbered("in_skip", 0));
      }
    }
    add_map(last(), kScoreName, "in_outputs");
    add_map(last(), kControllerName, "in_outputs");
  }

  /// Every consumer has a port of its own at the source.
  void add_map(std::int32_t source, const std::string& receiver, const std::string& in) {
    const auto place = static_cast<std::size_t>(source + 1);
    add<FeatureMap>(source == kNetworkInput ? kInputBufferName : scopes_[place - 1],
                    numbered("out_maps", sent_[place]++), receiver, in, wires_of_map(source));
  }

  std::int32_t last() const { return static_cast<std::int32_t>(scopes_.size()) - 1; }

  WireFormat wires_of_map(std::int32_t source) const {
    WireFormat wires;
    wires.element_bits = static_cast<unsigned>(network_.format_of(source).bits);
    return wires;
  }

  /// Of words on their way to the layer's weight buffer.
  WireFormat wires_of(const Layer& layer) const {
    const BufferMap map(layer);
    WireFormat wires = words_;
    wires.pitch = map.pitch();
    wires.slots = map.slots();
    wires.slot_bits = ceil_log2(map.slots());
    return wires;
  }

  const Network& network_;
  const WireFormat words_;
  const std::vector<std::string> scopes_;
  std::vector<std::size_t> sent_;  ///< maps planned of each source, the input first
  std::vector<PlannedStream> streams_;
};

}  // namespace

std::vector<PlannedStream> plan_streams(const Network& network, const WireFormat& words) {
  return Planner(network, words).plan();
}

std::vector<std::string> stream_names(const Network& network) {
  std::vector<std::string> names;
  for (const PlannedStream& stream : plan_streams(network)) {
    names.push_back(stream.from);
  }
  return names;
}

unsigned consumers_of(const Network& network, std::int32_t source) {
  unsigned count = source + 1 == static_cast<std::int32_t>(network.layers.size()) ? 2U : 0U;
  for (const Layer& layer : network.layers) {
    count += (layer.source == source ? 1U : 0U) + (layer.skip == source ? 1U : 0U);
  }
  return count;
}

}  // namespace airnn
