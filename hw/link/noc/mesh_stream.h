// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "hw/common/clock_domain.h"
#include "hw/link/binding.h"
#include "hw/link/interposer.h"

namespace airnn {

class MeshStream;

/// Where a stream's items and credits go.
class MeshStreamCarrier {
 public:
  virtual ~MeshStreamCarrier() = default;
  /// An item of this stream is ready, and waits in it, from its `ready` on.
  virtual void item_ready(MeshStream& stream) = 0;
  /// The receiver gives a credit back that is on its way from `cycle` on.
  virtual void credit_ready(MeshStream& stream, Cycle cycle) = 0;
  /// Answers Settle.
  virtual Cycle settle() = 0;
};

/// Lies on a binding whose ends are on different nodes of a mesh: holds items and credits until
/// they have crossed it. Trains are refused.
class MeshStream final : public Interposer {
 public:
  MeshStream(const sc_core::sc_module_name& module_name, std::size_t number, const Binding& binding,
             MeshStreamCarrier& carrier);

  /// That of its channel.
  std::size_t number() const { return number_; }
  const Binding& binding() const { return binding_; }
  /// Items that came in, ever.
  std::uint64_t received() const { return received_; }
  /// The first cycle in which item `number`, counted from 0, could be taken without a mesh; and its
  /// bits. It must be held still.
  Cycle ready(std::uint64_t number) const { return held(number).ready; }
  std::uint64_t bits(std::uint64_t number) const { return held(number).bits; }

  /// The oldest item that is held is at the receiver in `cycle`.
  void deliver_item(Cycle cycle);
  /// The oldest credit that is held is at the sender in `cycle`.
  void deliver_credit(Cycle cycle);

 private:
  struct Held {
    Payload* payload = nullptr;
    Cycle ready = 0;
    std::uint64_t bits = 0;
  };

  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  const Held& held(std::uint64_t number) const {
    return items_[static_cast<std::size_t>(number - (received_ - items_.size()))];
  }

  const std::size_t number_;
  const Binding binding_;
  MeshStreamCarrier& carrier_;
  const ClockDomain& clock_;
  std::uint64_t (*bits_of_)(const Payload& payload, const WireFormat& wires);
  std::deque<Held> items_;
  std::deque<Payload*> credits_;
  std::uint64_t received_ = 0;
};

}  // namespace airnn
