// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "hw/link/wiring.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"

namespace airnn::test {

/// What every link keeps, seen at sockets only: items arrive once, in order, unaltered and not
/// before they are ready; a train is the same as its items one by one, in every arrival and in the
/// last credit; the rows of a map are as late as the map. `stage` null: the direct binding.
class LinkContract {
 public:
  LinkContract(const ClockDomain& clock, WiringStage* stage);

  /// Sends everything; in a process of the simulation.
  void drive();
  /// What was not kept; empty if all was. Behind the simulation.
  std::vector<std::string> broken() const;

 private:
  static constexpr Cycle kLatency = 2;
  static constexpr unsigned kSlots = 4;

  void check_singles(std::vector<std::string>& broken) const;
  void check_train(std::vector<std::string>& broken) const;
  void check_map(std::vector<std::string>& broken) const;

  const ClockDomain& clock_;
  Wiring wiring_;
  StreamSource<BatchPlaced> single_source_{"single_source", clock_, kSlots, kLatency};
  StreamSink<BatchPlaced> single_sink_{"single_sink", clock_};
  StreamSource<BatchPlaced> train_source_{"train_source", clock_, kSlots, kLatency};
  StreamSink<BatchPlaced> train_sink_{"train_sink", clock_, StallPolicy::never(), Trains::taken};
  StreamSource<FeatureMap> map_source_{"map_source", clock_, 1, kLatency};
  StreamSink<FeatureMap> map_sink_{"map_sink", clock_};
  std::array<Cycle, 2> row_ready_{};
  Cycle singles_idle_ = 0;  ///< first cycle in which all slots of single items were back
  Cycle train_idle_ = 0;    ///< what the train's sender was told
  Train<BatchPlaced> items_;
};

}  // namespace airnn::test
