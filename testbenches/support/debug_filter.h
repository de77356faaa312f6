// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "hw/link/interposer.h"

namespace airnn::test {

/// What a fetch is told ahead of time.
enum class Prediction { right, missing, wrong };

/// Sits between an initiator and a memory, hands all transactions on, and spoils what transport_dbg
/// tells.
class DebugFilter final : public Interposer {
 public:
  /// `distort` changes the bytes that transport_dbg read at an address; null: it reads nothing.
  using Distortion =
      std::function<void(std::uint64_t address, std::uint8_t* bytes, unsigned count)>;
  DebugFilter(const sc_core::sc_module_name& module_name, Distortion distort)
      : Interposer(module_name), distort_(std::move(distort)) {}

 private:
  unsigned transport_dbg(Payload& payload) override {
    if (!distort_) {
      return 0;
    }
    const unsigned count = to_target->transport_dbg(payload);
    distort_(payload.get_address(), payload.get_data_ptr(), count);
    return count;
  }

  const Distortion distort_;
};

}  // namespace airnn::test
