// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "hw/common/cycle_timer.h"
#include "hw/top/unit_factory.h"

namespace airnn::test {

/// Buffer Address Calculation as a translated RTL unit would be: no probes, no trains, a beat per
/// cycle.
class PlainAddresses final : public AddressPorts {
 public:
  /// May alter a word that is placed; the number counts all words.
  using Alter = std::function<void(std::uint64_t number, PlacedWord& word)>;

  PlainAddresses(const sc_core::sc_module_name& name, const BufferAddressCalculationParams& params,
                 const ClockDomain& clock, Alter alter = {});

  bool has_probes() const override { return false; }

 private:
  using Words = std::vector<PlacedWord>;

  void step();
  bool place();
  void acknowledge();

  const BufferAddressCalculationParams params_;
  const Alter alter_;
  std::vector<std::size_t> ports_;            ///< by layer
  std::vector<std::deque<Words>> in_flight_;  ///< by port: as many as have a slot
  std::uint64_t placed_ = 0;
  std::uint64_t batch_words_ = 0;
  bool has_ended_ = false;
  Cycle next_ = 0;
  CycleTimer timer_{"timer", clock_};
};

/// Score Calculation likewise: it takes the outputs, and sends its decision in the last cycle of
/// its pipeline.
class PlainScore final : public ScorePorts {
 public:
  /// May alter a decision.
  using Alter = std::function<void(Decision& decision)>;

  PlainScore(const sc_core::sc_module_name& name, const ScoreCalculationParams& params,
             const ClockDomain& clock, Alter alter = {});

  bool has_probes() const override { return false; }

 private:
  void step();

  const ScoreCalculationParams params_;
  const Alter alter_;
  std::optional<Decision> decision_;
  Cycle due_ = 0;
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn::test
