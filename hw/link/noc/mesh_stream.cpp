// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_stream.h"

#include "hw/common/check.h"
#include "hw/common/settle.h"

namespace airnn {

namespace {

using BitsOf = std::uint64_t (*)(const tlm::tlm_generic_payload& payload, const WireFormat& wires);

template <typename T>
std::uint64_t bits_of_item(const tlm::tlm_generic_payload& payload, const WireFormat& wires) {
  return wire_bits(reinterpret_cast<const Timed<T>*>(payload.get_data_ptr())->item, wires);
}

BitsOf bits_of(ItemKind items) {
  switch (items) {
    case ItemKind::weight_beat:
      return bits_of_item<WeightBeat>;
    case ItemKind::placed_weights:
      return bits_of_item<PlacedWeights>;
    case ItemKind::batch_placed:
      return bits_of_item<BatchPlaced>;
    case ItemKind::control_message:
      return bits_of_item<ControlMessage>;
    case ItemKind::input_beat:
      return bits_of_item<InputBeat>;
    case ItemKind::feature_map:
      return bits_of_item<FeatureMap>;
    case ItemKind::decision:
      return bits_of_item<Decision>;
    case ItemKind::input_job:
      return bits_of_item<InputJob>;
    case ItemKind::input_result:
      return bits_of_item<InputResult>;
    case ItemKind::memory_access:
      break;
  }
  return nullptr;
}

}  // namespace

MeshStream::MeshStream(const sc_core::sc_module_name& module_name, std::size_t number,
                       const Binding& binding, MeshStreamCarrier& carrier)
    : Interposer(module_name),
      number_(number),
      binding_(binding),
      carrier_(carrier),
      clock_(binding.stream->clock()),
      bits_of_(bits_of(binding.items)) {}

tlm::tlm_sync_enum MeshStream::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                               sc_core::sc_time& delay) {
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
    return tlm::TLM_COMPLETED;
  }
  items_.push_back({&payload, clock_.next_edge(sc_core::sc_time_stamp() + delay),
                    bits_of_(payload, binding_.wires)});
  ++received_;
  phase = tlm::END_REQ;
  carrier_.item_ready(*this);
  return tlm::TLM_UPDATED;
}

tlm::tlm_sync_enum MeshStream::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                               sc_core::sc_time& delay) {
  MODEL_CHECK(phase == tlm::BEGIN_RESP, name(), "the receiver sent another phase than BEGIN_RESP");
  credits_.push_back(&payload);
  phase = tlm::END_RESP;
  carrier_.credit_ready(*this, clock_.next_edge(sc_core::sc_time_stamp() + delay));
  return tlm::TLM_COMPLETED;
}

void MeshStream::b_transport(Payload& payload, sc_core::sc_time& delay) {
  auto* const settle = payload.get_extension<Settle>();
  if (settle == nullptr) {
    Interposer::b_transport(payload, delay);
    return;
  }
  settle->ready = carrier_.settle();
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

void MeshStream::deliver_item(Cycle cycle) {
  MODEL_CHECK(!items_.empty() && cycle > clock_.now(), name(),
              "an item came out of the mesh that did not go in, or too early");
  const Held item = items_.front();
  items_.pop_front();
  if (binding_.items == ItemKind::feature_map) {
    reinterpret_cast<Timed<FeatureMap>*>(item.payload->get_data_ptr())->item.link_cycles +=
        cycle - item.ready;
  }
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_core::sc_time delay = clock_.until(cycle);
  to_target->nb_transport_fw(*item.payload, phase, delay);
}

void MeshStream::deliver_credit(Cycle cycle) {
  MODEL_CHECK(!credits_.empty() && cycle > clock_.now(), name(),
              "a credit came out of the mesh that did not go in, or too early");
  Payload& payload = *credits_.front();
  credits_.pop_front();
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay = clock_.until(cycle);
  from_initiator->nb_transport_bw(payload, phase, delay);
}

}  // namespace airnn
