// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <tlm>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// One 64-byte read of a train: requested at `cycle`, expected to be complete at `completion` with
/// these bytes.
struct TimedRead {
  Cycle cycle = 0;
  Cycle completion = 0;
  std::uint64_t address = 0;
  const std::uint8_t* expected = nullptr;
};

/// The same burst at the same times; what it is expected to hold may differ.
inline bool goes_alike(const TimedRead& one, const TimedRead& other) {
  return one.cycle == other.cycle && one.completion == other.completion &&
         one.address == other.address;
}

/// Reads as they are issued. Nobody can change them: whoever holds on to them may remember what was
/// found of them by their address alone.
using KeptReads = std::shared_ptr<const std::vector<TimedRead>>;

/// Many reads in one transaction, for an initiator that knows from an equal fetch before when it
/// will issue them, if the memory answers as it did then. A blocking call with TLM_IGNORE_COMMAND,
/// so that a memory which does not know it does nothing. A memory that does takes the train only if
/// it would complete every read at the cycle and with the bytes expected; then it has served all of
/// them. Cycles count from the cycle of the call. Where the initiator does not know the reads yet,
/// the call tells that some begin which may come again, so that a memory can watch how they go.
class ReadTrain final : public tlm::tlm_extension<ReadTrain> {
 public:
  KeptReads reads;  ///< null: not known yet
  bool taken = false;

  tlm::tlm_extension_base* clone() const override { return new ReadTrain(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override {
    *this = static_cast<const ReadTrain&>(other);
  }
};

}  // namespace airnn
